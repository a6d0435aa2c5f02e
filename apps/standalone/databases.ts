import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import type { Environment } from '#platform/config/environment.js';
import { prepareServer, type RolePasswords, urlAs, withClient } from '#platform/database/set-up.js';
import { PRIVATE_DATABASE } from '#platform/private-postgres/running-database.js';
import { startPrivatePostgres } from '#platform/private-postgres/start-private-postgres.js';
import { DATABASE_ROLES } from '../../migrations/security.js';

/** The addresses of one database under its four roles, and how to end a server that this process started. */
export interface DatabaseUrls {
  owner: string;
  app: string;
  worker: string;
  auditor: string;
  description: string;
  stop: () => Promise<void>;
}

const passwordsSchema = z.object({ owner: z.string(), app: z.string(), worker: z.string(), auditor: z.string() });

/** Each URL decides for itself (design, section 4): none → a private PostgreSQL in the data folder; set → that server, or a loud failure. */
export async function openDatabases(environment: Environment, log: (line: string) => void): Promise<DatabaseUrls> {
  if (environment.databaseUrl === undefined) return openPrivate(environment, log);
  const { databaseUrl, databaseOwnerUrl, databaseWorkerUrl, databaseAuditorUrl } = environment;
  if (databaseOwnerUrl !== undefined && databaseWorkerUrl !== undefined && databaseAuditorUrl !== undefined)
    return {
      owner: databaseOwnerUrl,
      app: databaseUrl,
      worker: databaseWorkerUrl,
      auditor: databaseAuditorUrl,
      description: 'served database',
      stop: async () => undefined,
    };
  return setUpServed(environment, databaseUrl);
}

async function openPrivate(environment: Environment, log: (line: string) => void): Promise<DatabaseUrls> {
  const server = await startPrivatePostgres({ dataDir: environment.dataDir, log, binDir: environment.pgBin });
  try {
    const passwords = rolePasswords(environment.dataDir);
    await prepareServer(
      { url: server.superuserUrl, variable: 'HUIYING_DATA_DIR' },
      PRIVATE_DATABASE,
      DATABASE_ROLES,
      passwords,
    );
    return {
      ...urlsFor(server.superuserUrl, PRIVATE_DATABASE, passwords),
      description: `private PostgreSQL ${server.version}`,
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Only `DATABASE_URL` is set: when its role may create roles, the four roles are made; otherwise the missing variables are named. */
async function setUpServed(environment: Environment, adminUrl: string): Promise<DatabaseUrls> {
  const database = decodeURIComponent(new URL(adminUrl).pathname.slice(1)) || PRIVATE_DATABASE;
  const mayCreate = await withClient(adminUrl, 'DATABASE_URL', async (client) => {
    const { rows } = await client.query<{ may: boolean; version: number }>(
      `SELECT rolsuper AS may, current_setting('server_version_num')::int / 10000 AS version FROM pg_roles WHERE rolname = current_user`,
    );
    if (rows[0]!.version < 15)
      throw new ConfigError('DATABASE_URL', `PostgreSQL ${rows[0]!.version} is too old; 15 or newer is needed`);
    return rows[0]!.may;
  });
  if (!mayCreate)
    throw new ConfigError(
      'DATABASE_OWNER_URL, DATABASE_WORKER_URL, DATABASE_AUDITOR_URL',
      'set all three, or let DATABASE_URL be an administrator that may create the roles (docs/operations.md)',
    );
  const passwords = rolePasswords(environment.dataDir);
  await prepareServer({ url: adminUrl, variable: 'DATABASE_URL' }, database, DATABASE_ROLES, passwords);
  return {
    ...urlsFor(adminUrl, database, passwords),
    description: 'served database, roles made here',
    stop: async () => undefined,
  };
}

const urlsFor = (adminUrl: string, database: string, passwords: RolePasswords) => ({
  owner: urlAs(adminUrl, DATABASE_ROLES.owner, passwords.owner, database),
  app: urlAs(adminUrl, DATABASE_ROLES.app, passwords.app, database),
  worker: urlAs(adminUrl, DATABASE_ROLES.worker, passwords.worker, database),
  auditor: urlAs(adminUrl, DATABASE_ROLES.auditor, passwords.auditor, database),
});

/** Passwords of the four roles, made once and kept for their owner's eyes only. */
function rolePasswords(dataDir: string): RolePasswords {
  const file = path.join(dataDir, 'database-roles.json');
  if (existsSync(file)) {
    const parsed = passwordsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.success)
      throw new ConfigError(file, 'is not the file that this program wrote; delete it and new passwords are made');
    return parsed.data;
  }
  const make = () => randomBytes(24).toString('base64url');
  const passwords = { owner: make(), app: make(), worker: make(), auditor: make() };
  writeFileSync(file, `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return passwords;
}
