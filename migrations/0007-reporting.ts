import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from './security.js';

/** Frozen reports: what was published stays as it was published. */
export class Reporting1764000000007 implements MigrationInterface {
  readonly name = 'Reporting1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // `content` is text, not jsonb: the hash is of exactly these bytes.
      `CREATE TABLE report_snapshots (
         id uuid PRIMARY KEY, number text NOT NULL UNIQUE, kind text NOT NULL CHECK (kind IN ('bulletin')), period text NOT NULL,
         membership text NOT NULL CHECK (membership IN ('due', 'dispatched')), jurisdiction text NOT NULL, body_ids text[] NOT NULL, as_of timestamptz NOT NULL, content text NOT NULL,
         sha256 text NOT NULL, frozen_at timestamptz NOT NULL, frozen_by text NOT NULL, frozen_by_name text NOT NULL)`,
      'CREATE INDEX report_snapshots_frozen ON report_snapshots (frozen_at DESC)',
      `CREATE FUNCTION report_snapshots_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION 'a frozen report is never changed (% on %)', TG_OP, TG_TABLE_NAME USING ERRCODE = 'HY001'; END $$`,
      `CREATE TRIGGER report_snapshots_append_only BEFORE UPDATE OR DELETE ON report_snapshots FOR EACH ROW EXECUTE FUNCTION report_snapshots_are_final()`,
      `CREATE TRIGGER report_snapshots_no_truncate BEFORE TRUNCATE ON report_snapshots FOR EACH STATEMENT EXECUTE FUNCTION report_snapshots_are_final()`,
      // Whom it names may read it: that is whom the office sends it to.
      ...secureTable('report_snapshots', {
        app: { using: 'huiying_in_scope(jurisdiction, body_ids)', verbs: 'SELECT, INSERT' },
      }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
