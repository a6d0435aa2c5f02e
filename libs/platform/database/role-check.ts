import type { Database } from './database.js';
import { ConfigError } from '#kernel/error.js';

interface RoleFacts {
  role: string;
  superuser: boolean;
  bypasses: boolean;
  owns: string | null;
  version: number;
}

/** PostgreSQL versions from which `security_invoker` views exist (design, section 8). */
const OLDEST_POSTGRES_MAJOR = 15;

/**
 * Refuses a connection whose role could see past row-level security: a superuser, a role with BYPASSRLS, or the owner
 * of a table. `variable` is the setting to name in the message.
 */
export async function refuseUnsafeRole(database: Database, variable: string): Promise<void> {
  const facts = await database.asSystem((tx) =>
    tx.one<RoleFacts>(`
      SELECT current_user AS role, rolsuper AS superuser, rolbypassrls AS bypasses,
             (SELECT string_agg(relname, ', ' ORDER BY relname) FROM (SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_has_role(current_user, c.relowner, 'USAGE') LIMIT 3) owned) AS owns,
             current_setting('server_version_num')::int / 10000 AS version
        FROM pg_roles WHERE rolname = current_user`),
  );
  if (facts === undefined) throw new ConfigError(variable, 'the database does not know its own role');
  if (facts.version < OLDEST_POSTGRES_MAJOR)
    throw new ConfigError(
      variable,
      `PostgreSQL ${facts.version} is too old; ${OLDEST_POSTGRES_MAJOR} or newer is needed`,
    );
  if (facts.superuser)
    throw new ConfigError(variable, `role ${facts.role} is a superuser: row-level security would not bind it`);
  if (facts.bypasses)
    throw new ConfigError(variable, `role ${facts.role} has BYPASSRLS: row-level security would not bind it`);
  if (facts.owns !== null)
    throw new ConfigError(
      variable,
      `role ${facts.role} owns tables (${facts.owns} …): connect as the role that the set-up made for this purpose`,
    );
}
