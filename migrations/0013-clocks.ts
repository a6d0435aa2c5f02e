import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ANY_SCOPE, DATABASE_ROLES, OF_VISIBLE_INCIDENT, secureTable } from './security.js';

/** Numbers of documents (文号) are given once; a case keeps the pack and the ladder of its first day; heartbeats of processes that are gone are cleared away. */
export class ClockCourse1764000000013 implements MigrationInterface {
  readonly name = 'ClockCourse1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // The number carries its series and year: 通网舆催〔2026〕1号.
      'ALTER TABLE escalations ADD CONSTRAINT escalations_number_once UNIQUE (number)',
      // An edited file must not silently change a running case (design, section 1): the text that a case began under is kept.
      `CREATE TABLE policy_texts (digest text PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('clocks', 'ladder')), content jsonb NOT NULL, first_used_at timestamptz NOT NULL)`,
      `CREATE TABLE incident_policies (
         incident_id uuid NOT NULL REFERENCES incidents (id), kind text NOT NULL CHECK (kind IN ('clocks', 'ladder')), digest text NOT NULL REFERENCES policy_texts (digest),
         frozen_at timestamptz NOT NULL, PRIMARY KEY (incident_id, kind))`,
      ...secureTable('policy_texts', { app: { using: ANY_SCOPE, verbs: 'SELECT' }, worker: 'SELECT, INSERT' }),
      ...secureTable('incident_policies', {
        app: { using: OF_VISIBLE_INCIDENT, verbs: 'SELECT' },
        worker: 'SELECT, INSERT',
      }),
      `GRANT DELETE ON heartbeats TO ${DATABASE_ROLES.worker}`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
