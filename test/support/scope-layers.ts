import { SCOPE_PREDICATES, type ScopedTable } from '#platform/database/scope.js';
import type { TestDatabase } from './test-database.js';

/** Tables in scope, as the repository layer knows them. */
export const SCOPED_TABLES = Object.keys(SCOPE_PREDICATES) as ScopedTable[];

/** A predicate that lets every row pass. */
export const OPEN_PREDICATE = () => ({ sql: 'true', values: [] });

export const EVERY_PREDICATE_OPEN = Object.fromEntries(
  SCOPED_TABLES.map((table) => [table, OPEN_PREDICATE]),
) as unknown as typeof SCOPE_PREDICATES;

/** The row policies of the scoped role on the tables in scope, to be taken away and put back. */
export class Policies {
  private constructor(
    private readonly db: TestDatabase,
    private readonly using: ReadonlyMap<string, string>,
  ) {}

  static async of(db: TestDatabase): Promise<Policies> {
    const rows = await db.asOwner<{ table: string; using: string }>(
      `SELECT tablename AS table, qual AS using FROM pg_policies WHERE schemaname = 'public' AND policyname = tablename || '_app' AND tablename = ANY($1)`,
      [SCOPED_TABLES],
    );
    return new Policies(db, new Map(rows.map((row) => [row.table, row.using])));
  }

  get tables(): string[] {
    return [...this.using.keys()];
  }

  async open(table: string): Promise<void> {
    await this.db.asOwner(`ALTER POLICY ${table}_app ON ${table} USING (true)`);
  }

  async close(table: string): Promise<void> {
    await this.db.asOwner(`ALTER POLICY ${table}_app ON ${table} USING (${this.using.get(table)!})`);
  }

  async openAll(): Promise<void> {
    for (const table of this.tables) await this.open(table);
  }

  async closeAll(): Promise<void> {
    for (const table of this.tables) await this.close(table);
  }
}
