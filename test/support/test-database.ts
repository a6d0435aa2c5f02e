import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { DATABASE_ROLES } from '../../migrations/security.js';
import { MIGRATIONS } from '../../migrations/all.js';
import { Database } from '#platform/database/database.js';
import { migrate, prepareServer, urlAs, withClient } from '#platform/database/set-up.js';
import { migrateQueue } from '#platform/queue/backend.js';

const PASSWORD = 'test-only';
const PASSWORDS = { owner: PASSWORD, app: PASSWORD, worker: PASSWORD, auditor: PASSWORD };
const VARIABLE = 'TEST_DATABASE_SUPERUSER_URL';

/** A database of one suite, cloned from a migrated template, with the three connected roles and a movable clock. */
export interface TestDatabase {
  name: string;
  urls: { superuser: string; owner: string; app: string; worker: string; auditor: string };
  app: Database;
  worker: Database;
  auditor: Database;
  /** Runs SQL as the owner, who alone may move time or change the schema. */
  asOwner<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Moves the database's time to an instant (it goes on running from there) or by a span. */
  setNow(instant: string | Date): Promise<void>;
  advance(milliseconds: number): Promise<void>;
  drop(): Promise<void>;
}

function superuserUrl(): string {
  const url = process.env[VARIABLE];
  if (url === undefined)
    throw new Error(`${VARIABLE} is not set: run through npm test, which starts a private PostgreSQL`);
  return url;
}

/** The template is named after the migrations, so that a changed one makes a new template. */
function templateName(): string {
  const folder = path.resolve('migrations');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort())
    if (file.endsWith('.ts')) hash.update(readFileSync(path.join(folder, file)));
  return `huiying_template_${hash.digest('hex').slice(0, 12)}`;
}

/** Design, invariant 12: only an owner can replace the time of SQL. Test databases get an offset that their owner moves. */
const MOVABLE_TIME = `
  CREATE TABLE test_time (offset_ms double precision NOT NULL);
  INSERT INTO test_time VALUES (0);
  GRANT SELECT ON test_time TO ${DATABASE_ROLES.app}, ${DATABASE_ROLES.worker}, ${DATABASE_ROLES.auditor};
  CREATE OR REPLACE FUNCTION huiying_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
    $$ SELECT clock_timestamp() + (SELECT offset_ms FROM test_time) * interval '1 millisecond' $$`;

async function ensureTemplate(template: string, admin: string): Promise<void> {
  await withClient(admin, VARIABLE, async (client) => {
    await client.query('SELECT pg_advisory_lock(722119309)');
    const ready = await client.query(`SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate`, [template]);
    if (ready.rowCount === 1) return;
    await client.query(`DROP DATABASE IF EXISTS "${template}"`);
    await prepareServer({ url: admin, variable: VARIABLE }, template, DATABASE_ROLES, PASSWORDS);
    const ownerUrl = urlAs(admin, DATABASE_ROLES.owner, PASSWORD, template);
    await migrate(ownerUrl, MIGRATIONS);
    await migrateQueue(ownerUrl, DATABASE_ROLES);
    await withClient(ownerUrl, VARIABLE, (owner) => owner.query(MOVABLE_TIME));
    await client.query(`ALTER DATABASE "${template}" WITH is_template true`);
  });
}

/** On the server of the suites, or on one that a suite started for itself. */
export async function createTestDatabase(serverUrl = superuserUrl()): Promise<TestDatabase> {
  const template = templateName();
  await ensureTemplate(template, serverUrl);
  const name = `huiying_test_${randomBytes(6).toString('hex')}`;
  await withClient(serverUrl, VARIABLE, async (client) => {
    await client.query('SELECT pg_advisory_lock(722119309)');
    await client.query(`CREATE DATABASE "${name}" OWNER ${DATABASE_ROLES.owner} TEMPLATE "${template}"`);
    await client.query(`REVOKE ALL ON DATABASE "${name}" FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE "${name}" TO ${Object.values(DATABASE_ROLES).join(', ')}`);
    await client.query(`GRANT CREATE ON DATABASE "${name}" TO ${DATABASE_ROLES.owner}`);
  });
  const admin = new URL(serverUrl);
  const as = (role: string) => urlAs(serverUrl, role, PASSWORD, name);
  const urls = {
    superuser: urlAs(serverUrl, admin.username, decodeURIComponent(admin.password), name),
    owner: as(DATABASE_ROLES.owner),
    app: as(DATABASE_ROLES.app),
    worker: as(DATABASE_ROLES.worker),
    auditor: as(DATABASE_ROLES.auditor),
  };
  const connect = (url: string, role: string) =>
    Database.connect({ url, applicationName: `test-${role}`, poolSize: 4 });
  const [app, worker, auditor] = await Promise.all([
    connect(urls.app, 'app'),
    connect(urls.worker, 'worker'),
    connect(urls.auditor, 'auditor'),
  ]);
  const owner = new pg.Pool({ connectionString: urls.owner, max: 2 });
  // A server that is killed on purpose ends idle connections; without a listener that would fail the suite.
  owner.on('error', () => undefined);
  const asOwner = async <Row extends object>(sql: string, parameters: unknown[] = []) =>
    (await owner.query<Row>(sql, parameters)).rows;
  return {
    name,
    urls,
    app,
    worker,
    auditor,
    asOwner,
    setNow: async (instant) => {
      await asOwner(
        `UPDATE test_time SET offset_ms = extract(epoch FROM ($1::timestamptz - clock_timestamp())) * 1000`,
        [instant],
      );
    },
    advance: async (milliseconds) => {
      await asOwner('UPDATE test_time SET offset_ms = offset_ms + $1', [milliseconds]);
    },
    drop: async () => {
      await Promise.all([app.close(), worker.close(), auditor.close(), owner.end()]);
      await withClient(serverUrl, VARIABLE, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
    },
  };
}
