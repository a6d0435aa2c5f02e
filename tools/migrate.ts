/**
 * `npm run migrate`: prepares a served database. With `DATABASE_ADMIN_URL`, a role that may create roles and databases, the
 * four roles and the database of the other URLs are made first. Then the schema and the queue's tables are brought up to date,
 * and the bodies of the city are put in place.
 */
import { loadCity } from '#directory/load-city.js';
import { ConfigError } from '#kernel/error.js';
import { readEnvironment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { migrate, prepareServer } from '#platform/database/set-up.js';
import { migrateQueue } from '#platform/queue/backend.js';
import { seedReferenceData } from '../apps/standalone/reference-data.js';
import { MIGRATIONS } from '../migrations/all.js';
import { DATABASE_ROLES } from '../migrations/security.js';

function required(url: string | undefined, variable: string): URL {
  if (url === undefined) throw new ConfigError(variable, 'is not set');
  return new URL(url);
}

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const urls = {
    owner: required(environment.databaseOwnerUrl, 'DATABASE_OWNER_URL'),
    app: required(environment.databaseUrl, 'DATABASE_URL'),
    worker: required(environment.databaseWorkerUrl, 'DATABASE_WORKER_URL'),
    auditor: required(environment.databaseAuditorUrl, 'DATABASE_AUDITOR_URL'),
  };
  const adminUrl = process.env.DATABASE_ADMIN_URL;
  if (adminUrl !== undefined && adminUrl !== '') {
    const password = (url: URL) => decodeURIComponent(url.password);
    await prepareServer(
      { url: adminUrl, variable: 'DATABASE_ADMIN_URL' },
      urls.owner.pathname.slice(1),
      DATABASE_ROLES,
      {
        owner: password(urls.owner),
        app: password(urls.app),
        worker: password(urls.worker),
        auditor: password(urls.auditor),
      },
    );
  }
  const ran = await migrate(urls.owner.href, MIGRATIONS);
  await migrateQueue(urls.owner.href, DATABASE_ROLES);
  const city = loadCity(environment.configDir, environment.city);
  const worker = await Database.connect({ url: urls.worker.href, applicationName: 'huiying-set-up', poolSize: 1 });
  try {
    await worker.asSystem((tx) => seedReferenceData(tx, city, false));
  } finally {
    await worker.close();
  }
  console.log(ran.length === 0 ? 'schema up to date' : `${ran.length} migrations ran: ${ran.join(', ')}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
