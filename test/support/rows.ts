import { newId } from '#kernel/ids.js';
import type { TestDatabase } from './test-database.js';

interface Column {
  column_name: string;
  data_type: string;
  is_nullable: string;
  column_default: string | null;
}

const BY_TYPE: Record<string, () => unknown> = {
  uuid: newId,
  text: () => newId(),
  numeric: () => 1,
  integer: () => 1,
  bigint: () => 1,
  smallint: () => 1,
  'double precision': () => 0,
  boolean: () => false,
  jsonb: () => '{}',
  bytea: () => Buffer.alloc(0),
  ARRAY: () => [],
  'timestamp with time zone': () => new Date('2026-11-26T08:00:00+08:00'),
  date: () => '2026-11-26',
};

/** Writes one row as the owner. Columns that must be filled and are not given get any value of their type. */
export async function insertRow(db: TestDatabase, table: string, given: Record<string, unknown>): Promise<void> {
  const columns = await db.asOwner<Column>(
    `SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
    [table],
  );
  const row = columns.flatMap(
    ({ column_name: name, data_type: type, is_nullable: nullable, column_default: standard }): [string, unknown][] => {
      if (name in given) return [[name, given[name]]];
      return nullable === 'YES' || standard !== null ? [] : [[name, BY_TYPE[type]!()]];
    },
  );
  const places = row.map((_, index) => `$${index + 1}`).join(', ');
  await db.asOwner(
    `INSERT INTO ${table} (${row.map(([name]) => name).join(', ')}) VALUES (${places})`,
    row.map(([, value]) => value),
  );
}

/** Lets rows stand that only show who may see what: their other columns need not fit together. */
export async function dropConstraints(db: TestDatabase): Promise<void> {
  const constraints = await db.asOwner<{ table: string; name: string }>(
    `SELECT conrelid::regclass::text AS table, conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f')`,
  );
  for (const { table, name } of constraints) await db.asOwner(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`);
}
