import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { type Scope, SCOPE_PREDICATES, type ScopedTable } from '#platform/database/scope.js';
import { dropConstraints, insertRow } from '../support/rows.js';
import { EVERY_PREDICATE_OPEN, OPEN_PREDICATE, Policies, SCOPED_TABLES as TABLES } from '../support/scope-layers.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

const COUNTY: Scope = { purpose: 'case', jurisdictions: ['990121'], bodies: [] };
const BODY: Scope = { purpose: 'case', jurisdictions: [], bodies: ['990121-ENV'] };
/** What hangs on a place alone: a body that takes part in a case sees nothing of them. */
const OF_PLACE = new Set<ScopedTable>([
  'sources',
  'imports',
  'rejections',
  'source_gaps',
  'source_hours',
  'monitoring_modes',
  'known_events',
  'watches',
]);

let db: TestDatabase;
let policies: Policies;

/** One case, item and source in each of two counties, and a row of every table that hangs on them. */
async function plant(county: string): Promise<void> {
  const [incident_id, item_id, source_id] = [newId(), newId(), newId()];
  await insertRow(db, 'sources', { id: source_id, jurisdiction: county });
  await insertRow(db, 'incidents', { id: incident_id, jurisdiction: county, body_ids: [`${county}-ENV`] });
  await insertRow(db, 'items', { id: item_id, jurisdiction: county, source_id });
  await insertRow(db, 'incident_items', { incident_id, item_id });
  for (const table of TABLES) {
    // The rows of reports bring their acts along: one of them is enough.
    if (table === 'report_acts') await db.asOwner('DELETE FROM report_acts WHERE incident_id = $1', [incident_id]);
    if (!['sources', 'incidents', 'items', 'incident_items'].includes(table))
      await insertRow(db, table, {
        incident_id,
        source_id,
        jurisdiction: county,
        body_ids: [`${county}-ENV`],
        body_id: `${county}-ENV`,
      });
  }
}

/** How many rows of each table a scope shows, read as every store does. */
async function shown(scope: Scope): Promise<Map<ScopedTable, number>> {
  return db.app.inScope(scope, async (tx) => {
    const counts = new Map<ScopedTable, number>();
    for (const table of TABLES) {
      const parameters: unknown[] = [];
      const row = await tx.one<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${tx.visible(table, parameters)} v`,
        parameters,
      );
      counts.set(table, row!.n);
    }
    return counts;
  });
}

/** The tables of which the sweep sees something foreign, or not its own. Empty: the sweep is green. */
async function leaks(): Promise<ScopedTable[]> {
  const [county, body] = [await shown(COUNTY), await shown(BODY)];
  return TABLES.filter((table) => county.get(table) !== 1 || body.get(table) !== (OF_PLACE.has(table) ? 0 : 1));
}

beforeAll(async () => {
  db = await createTestDatabase();
  await dropConstraints(db);
  await plant('990121');
  await plant('990122');
  policies = await Policies.of(db);
});
afterAll(() => db.drop());

describe('scope in two places', () => {
  it('shows own rows of every table and no foreign one', async () => {
    expect(policies.tables.sort()).toEqual([...TABLES].sort());
    expect(await leaks()).toEqual([]);
  });

  it('stands on the repository layer alone, and each of its predicates is needed', async () => {
    await policies.openAll();
    try {
      expect(await leaks()).toEqual([]);
      for (const table of TABLES) {
        db.app.predicates = { ...SCOPE_PREDICATES, [table]: OPEN_PREDICATE } as typeof SCOPE_PREDICATES;
        expect(await leaks()).toEqual([table]);
      }
    } finally {
      db.app.predicates = SCOPE_PREDICATES;
      await policies.closeAll();
    }
  });

  it('stands on row-level security alone, and each of its policies is needed', async () => {
    db.app.predicates = EVERY_PREDICATE_OPEN;
    try {
      expect(await leaks()).toEqual([]);
      for (const table of policies.tables) {
        await policies.open(table);
        // The policy of incidents and of sources carries those of the tables that hang on them.
        expect(await leaks()).toContain(table);
        await policies.close(table);
        expect(await leaks()).toEqual([]);
      }
    } finally {
      db.app.predicates = SCOPE_PREDICATES;
    }
  });

  it('knows every table of a case or place that the scoped role may read', async () => {
    // Reference data, and tables that another purpose than a case opens, or that only hang on a scoped one.
    const elsewhere = [
      'bodies',
      'channels',
      'duties',
      'category_corrections',
      'raw_documents',
      'sign_links',
      'item_provenances',
      'incident_policies',
      'tokens',
    ];
    const rows = await db.asOwner<{ table: string }>(
      `SELECT DISTINCT c.table_name AS table FROM information_schema.columns c JOIN pg_class t ON t.relname = c.table_name AND t.relkind = 'r'
        WHERE c.table_schema = 'public' AND c.column_name IN ('incident_id', 'jurisdiction', 'source_id')
          AND has_table_privilege('huiying_app', t.oid, 'SELECT')`,
    );
    const unknown = rows
      .map((row) => row.table)
      .filter((table) => !(TABLES as string[]).includes(table) && !elsewhere.includes(table));
    expect(unknown).toEqual([]);
  });

  it('binds every table: row-level security is forced, but for plumbing that holds nobody’s rows', async () => {
    const plumbing = ['report_stale', 'ledger_unsealed', 'ledger_cursors', 'number_series', 'migrations', 'test_time'];
    const rows = await db.asOwner<{ table: string }>(
      `SELECT relname AS table FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)`,
    );
    expect(rows.map((row) => row.table).filter((table) => !plumbing.includes(table))).toEqual([]);
  });
});
