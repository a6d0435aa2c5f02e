import pg from 'pg';
import { DataSource } from 'typeorm';
import { ConfigError } from '#kernel/error.js';

/** The names of the four roles; the migrations grant to these. */
export interface RoleNames {
  owner: string;
  app: string;
  worker: string;
  auditor: string;
}

export type RolePasswords = Record<keyof RoleNames, string>;

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A URL for the same server with another user, password and database. */
export function urlAs(url: string, user: string, password: string, database: string): string {
  const result = new URL(url);
  result.username = encodeURIComponent(user);
  result.password = encodeURIComponent(password);
  result.pathname = `/${encodeURIComponent(database)}`;
  return result.toString();
}

/** Opens one connection, names the variable when the server can't be reached, and closes it in the end. */
export async function withClient<T>(
  url: string,
  variable: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new ConfigError(variable, `can't connect to the database: ${(error as Error).message}`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes or updates the four roles and the database that belongs to the owner. Needs a role that may create both. */
export async function prepareServer(
  admin: { url: string; variable: string },
  database: string,
  roles: RoleNames,
  passwords: RolePasswords,
): Promise<void> {
  const { url: adminUrl, variable } = admin;
  await withClient(adminUrl, variable, async (client) => {
    for (const key of Object.keys(roles) as (keyof RoleNames)[]) {
      const name = roles[key];
      const exists = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
      const verb = exists.rowCount === 0 ? 'CREATE' : 'ALTER';
      await client.query(
        `${verb} ROLE ${quote(name)} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${literal(passwords[key])}`,
      );
    }
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0)
      await client.query(
        `CREATE DATABASE ${quote(database)} OWNER ${quote(roles.owner)} TEMPLATE template0 ENCODING 'UTF8'`,
      );
  });
  await withClient(
    urlAs(adminUrl, new URL(adminUrl).username, decodeURIComponent(new URL(adminUrl).password), database),
    variable,
    async (client) => {
      await client.query(`ALTER SCHEMA public OWNER TO ${quote(roles.owner)}`);
      await client.query(`REVOKE ALL ON DATABASE ${quote(database)} FROM PUBLIC`);
      await client.query(
        `GRANT CONNECT ON DATABASE ${quote(database)} TO ${Object.values(roles).map(quote).join(', ')}`,
      );
      await client.query(`GRANT CREATE ON DATABASE ${quote(database)} TO ${quote(roles.owner)}`);
    },
  );
}

type MigrationClass = new () => { up: unknown; down: unknown };

/** Key of the advisory lock under which migrations run, so that two starts at once do not race. */
const MIGRATION_LOCK = 722_119_301;

/** Brings the schema up to date as the owner, one transaction a migration, and returns the names of those that ran. */
export async function migrate(ownerUrl: string, migrations: readonly MigrationClass[]): Promise<string[]> {
  return withClient(ownerUrl, 'DATABASE_OWNER_URL', async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const source = new DataSource({
      type: 'postgres',
      url: ownerUrl,
      entities: [],
      migrations: [...migrations],
      migrationsTransactionMode: 'each',
      synchronize: false,
      poolSize: 1,
      extra: { lock_timeout: 5_000 },
    });
    try {
      await source.initialize();
      return (await source.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
    } finally {
      if (source.isInitialized) await source.destroy();
      await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  });
}
