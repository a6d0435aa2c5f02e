import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The orders of the incident list as columns and indexes: a page of a list of 100,000 is read, not sorted. */
export class IncidentList1764000000014 implements MigrationInterface {
  readonly name = 'IncidentList1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `ALTER TABLE incidents
         ADD COLUMN grade_rank smallint GENERATED ALWAYS AS (CASE grade WHEN 'I' THEN 1 WHEN 'II' THEN 2 WHEN 'III' THEN 3 WHEN 'IV' THEN 4 ELSE 5 END) STORED,
         ADD COLUMN category_rank smallint GENERATED ALWAYS AS (CASE category WHEN 'C5' THEN 1 WHEN 'C7' THEN 2 WHEN 'C7-suspected' THEN 3 WHEN 'C6' THEN 4 WHEN 'C4' THEN 5
           WHEN 'C3' THEN 6 WHEN 'C1' THEN 7 WHEN 'C2' THEN 8 WHEN 'SR' THEN 9 ELSE 10 END) STORED`,
      'CREATE INDEX incidents_gravity ON incidents (state, grade_rank, category_rank, detected_at, id)',
      'CREATE INDEX incidents_newest ON incidents (state, detected_at, id)',
      'CREATE INDEX incidents_heat ON incidents (state, heat_score, id)',
      'CREATE INDEX incident_deadlines_due ON incident_deadlines (coalesce(first_overdue_at, next_due_at), incident_id)',
      'CREATE INDEX incident_deadlines_overdue ON incident_deadlines (incident_id) WHERE overdue_count > 0',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
