import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from './security.js';

/** What others measured (第三方评估, NT19 Art.42): each value with its raw counts, of which file and which row. A newer file of the same evaluator and period takes its place. */
export class ThirdPartyEvaluations1764000000040 implements MigrationInterface {
  readonly name = 'ThirdPartyEvaluations1764000000040';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE third_party_values (
         id uuid PRIMARY KEY, import_id uuid NOT NULL, evaluator text NOT NULL, period text NOT NULL, row int NOT NULL, sheet text NOT NULL,
         jurisdiction text NOT NULL, body_id text NOT NULL REFERENCES bodies (id), body_ids text[] NOT NULL, indicator text NOT NULL,
         numerator numeric(14, 4) NOT NULL CHECK (numerator >= 0), denominator numeric(14, 4) NOT NULL CHECK (denominator >= numerator), weight numeric(6, 2), note text NOT NULL,
         sha256 text NOT NULL, imported_at timestamptz NOT NULL, imported_by text NOT NULL, imported_by_name text NOT NULL, replaced_by uuid)`,
      `CREATE UNIQUE INDEX third_party_values_live ON third_party_values (evaluator, period, body_id, indicator) WHERE replaced_by IS NULL`,
      // A body sees what was measured of it, and nothing of its neighbours.
      ...secureTable('third_party_values', {
        app: { using: 'huiying_in_scope(jurisdiction, body_ids)', verbs: 'SELECT, INSERT, UPDATE' },
      }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
