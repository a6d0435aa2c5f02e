import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OF_VISIBLE_INCIDENT, secureTable } from './security.js';

const caseTable = (table: string): string[] =>
  secureTable(table, {
    app: { using: OF_VISIBLE_INCIDENT, verbs: 'SELECT, INSERT, UPDATE' },
    worker: 'SELECT, INSERT, UPDATE',
  });

/** Lease of a draft, wording sheet, confirmed channels, later looks at evidence, files, hand-overs, evaluation and archive. */
export class ResponseCourse1764000000011 implements MigrationInterface {
  readonly name = 'ResponseCourse1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // The lease ends by the database's clock; whoever saves without it is told who holds it.
      `ALTER TABLE statements ADD COLUMN editor_until timestamptz, ADD COLUMN assessment jsonb, ADD COLUMN privacy jsonb`,
      `CREATE TABLE wording_sheets (
         incident_id uuid PRIMARY KEY REFERENCES incidents (id), entries jsonb NOT NULL DEFAULT '[]', note text NOT NULL DEFAULT '',
         updated_by text NOT NULL, updated_by_name text NOT NULL, updated_at timestamptz NOT NULL, version int NOT NULL DEFAULT 1)`,
      `ALTER TABLE channels ADD COLUMN jurisdiction text, ADD COLUMN first_platform boolean NOT NULL DEFAULT false, ADD COLUMN registered_by text,
         ADD COLUMN registered_by_name text, ADD COLUMN registered_at timestamptz, ADD COLUMN confirmed_by text, ADD COLUMN confirmed_by_name text,
         ADD COLUMN confirmed_at timestamptz, ADD COLUMN ended_at timestamptz, ADD COLUMN ended_by_name text, ADD COLUMN ended_reason text`,
      `UPDATE channels SET jurisdiction = b.jurisdiction FROM bodies b WHERE b.id = channels.body_id`,
      `ALTER TABLE evidence ADD COLUMN checks_done int NOT NULL DEFAULT 0`,
      `CREATE INDEX evidence_next_check ON evidence (next_check_at) WHERE next_check_at IS NOT NULL`,
      `CREATE TABLE evidence_checks (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), evidence_id uuid NOT NULL REFERENCES evidence (id), ordinal int NOT NULL,
         planned_at timestamptz NOT NULL, checked_at timestamptz NOT NULL, result text NOT NULL CHECK (result IN ('unchanged', 'changed', 'gone', 'unreachable')),
         sha256 text, detail jsonb NOT NULL DEFAULT '{}', UNIQUE (evidence_id, ordinal))`,
      `CREATE TABLE attachments (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), statement_id uuid REFERENCES statements (id), file_name text NOT NULL,
         media_type text NOT NULL, size_bytes int NOT NULL, sha256 text NOT NULL, content bytea NOT NULL, uploaded_by text NOT NULL,
         uploaded_by_name text NOT NULL, uploaded_at timestamptz NOT NULL)`,
      'CREATE INDEX attachments_incident ON attachments (incident_id)',
      `CREATE TABLE conference_steps (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), conference_id uuid NOT NULL REFERENCES press_conferences (id), step text NOT NULL,
         due_at timestamptz NOT NULL, done_at timestamptz, done_by_name text, note text, UNIQUE (conference_id, step))`,
      // `content` is text, not jsonb: the hash is of exactly these bytes.
      `CREATE TABLE transfers (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), number text NOT NULL UNIQUE, addressee text NOT NULL, reason text NOT NULL,
         content text NOT NULL, sha256 text NOT NULL, made_by text NOT NULL, made_by_name text NOT NULL, made_at timestamptz NOT NULL,
         receipt jsonb, received_at timestamptz, version int NOT NULL DEFAULT 1)`,
      'CREATE INDEX transfers_incident ON transfers (incident_id)',
      `ALTER TABLE close_outs ADD COLUMN archive text`,
      `CREATE TABLE effect_evaluations (
         incident_id uuid PRIMARY KEY REFERENCES incidents (id), rule_version text NOT NULL, facts jsonb NOT NULL, result jsonb NOT NULL,
         evaluated_at timestamptz NOT NULL, evaluated_by text NOT NULL, evaluated_by_name text NOT NULL, grounds jsonb NOT NULL DEFAULT '[]',
         objection jsonb, version int NOT NULL DEFAULT 1)`,
      ...[
        'wording_sheets',
        'evidence_checks',
        'attachments',
        'conference_steps',
        'transfers',
        'effect_evaluations',
      ].flatMap((table) => caseTable(table)),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
