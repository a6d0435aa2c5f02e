import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ANY_SCOPE, forPurpose, OF_VISIBLE_INCIDENT, secureTable } from './security.js';

const caseTable = (table: string, verbs = 'SELECT, INSERT, UPDATE'): string[] =>
  secureTable(table, { app: { using: OF_VISIBLE_INCIDENT, verbs }, worker: 'SELECT, INSERT, UPDATE' });

/** Assignment and response: proposals, orders, returns, statements, evidence, conferences, dispositions, close-out. */
export class Response1764000000005 implements MigrationInterface {
  readonly name = 'Response1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE routing_proposals (
         incident_id uuid PRIMARY KEY REFERENCES incidents (id), jurisdiction text, lead_body_id text, co_body_ids text[] NOT NULL DEFAULT '{}',
         copy_body_ids text[] NOT NULL DEFAULT '{}', coordinator_ids text[] NOT NULL DEFAULT '{}', rule text NOT NULL, proposal jsonb NOT NULL,
         rule_version text NOT NULL, at timestamptz NOT NULL DEFAULT huiying_now())`,
      `CREATE TABLE assignments (
         id uuid PRIMARY KEY, number text NOT NULL, incident_id uuid NOT NULL REFERENCES incidents (id), body_id text NOT NULL REFERENCES bodies (id),
         role text NOT NULL CHECK (role IN ('lead', 'co', 'copy')), task text NOT NULL DEFAULT '',
         state text NOT NULL CHECK (state IN ('dispatched', 'acknowledged', 'returnRequested', 'returned', 'verified', 'reported', 'completed', 'withdrawn')),
         dispatched_at timestamptz NOT NULL, dispatched_by text NOT NULL, acknowledged_at timestamptz, acknowledged_by text,
         verified_at timestamptz, reported_at timestamptz, ended_at timestamptz, verification jsonb, return_request jsonb,
         version int NOT NULL DEFAULT 1, UNIQUE (incident_id, body_id, number))`,
      'CREATE INDEX assignments_incident ON assignments (incident_id)',
      `CREATE INDEX assignments_body ON assignments (body_id, state)`,
      `CREATE TABLE sign_links (
         token_hash text PRIMARY KEY, assignment_id uuid NOT NULL REFERENCES assignments (id), incident_id uuid NOT NULL REFERENCES incidents (id),
         body_id text NOT NULL, user_id uuid NOT NULL REFERENCES users (id), expires_at timestamptz NOT NULL, used_at timestamptz)`,
      `CREATE TABLE lead_decisions (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), lead_body_id text NOT NULL REFERENCES bodies (id),
         decided_by text NOT NULL, reason text NOT NULL, at timestamptz NOT NULL)`,
      `CREATE TABLE channels (
         id uuid PRIMARY KEY, body_id text REFERENCES bodies (id), kind text NOT NULL, name text NOT NULL, url_prefix text, official boolean NOT NULL DEFAULT true,
         valid_from date, valid_to date)`,
      `CREATE TABLE statements (
         id uuid PRIMARY KEY, number text NOT NULL, incident_id uuid NOT NULL REFERENCES incidents (id), body_id text NOT NULL REFERENCES bodies (id),
         kind text NOT NULL, title text NOT NULL, body text NOT NULL, cause jsonb NOT NULL DEFAULT '{}', solution jsonb NOT NULL DEFAULT '{}', constraints jsonb NOT NULL DEFAULT '{}',
         competent_body_id text REFERENCES bodies (id), speaker jsonb, state text NOT NULL CHECK (state IN ('draft', 'submitted', 'reviewed', 'approved', 'rejected', 'published', 'corrected', 'withdrawn')),
         gates jsonb NOT NULL DEFAULT '{}', approved_by text, approved_at timestamptz, published_at timestamptz, next_update_at timestamptz,
         corrects uuid REFERENCES statements (id), editor jsonb, created_by text NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version int NOT NULL DEFAULT 1)`,
      'CREATE INDEX statements_incident ON statements (incident_id)',
      `CREATE TABLE evidence (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), statement_id uuid REFERENCES statements (id), body_id text REFERENCES bodies (id),
         kind text NOT NULL, channel_id uuid REFERENCES channels (id), url text, title text, published_at timestamptz, filed_at timestamptz NOT NULL, filed_by text NOT NULL,
         state text NOT NULL CHECK (state IN ('pending', 'proven', 'refused', 'gone', 'altered')), refusal jsonb, captured_at timestamptz, sha256 text, snapshot bytea,
         comparison jsonb, speakers jsonb NOT NULL DEFAULT '[]', attachment jsonb, second_person text, attempts int NOT NULL DEFAULT 0, next_attempt_at timestamptz,
         claimed_until timestamptz, next_check_at timestamptz, version int NOT NULL DEFAULT 1)`,
      'CREATE INDEX evidence_incident ON evidence (incident_id)',
      `CREATE INDEX evidence_pending ON evidence (next_attempt_at) WHERE state = 'pending'`,
      `CREATE TABLE press_conferences (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), body_id text NOT NULL REFERENCES bodies (id), state text NOT NULL CHECK (state IN ('planned', 'announced', 'held', 'waived', 'cancelled')),
         planned_at timestamptz, held_at timestamptz, place text, live_url text, host text, speakers jsonb NOT NULL DEFAULT '[]', media_count int, record_url text,
         waiver jsonb, filed_by text NOT NULL, filed_at timestamptz NOT NULL, version int NOT NULL DEFAULT 1)`,
      `CREATE TABLE reports_up (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), kind text NOT NULL, channel text NOT NULL, recipients jsonb NOT NULL, text text NOT NULL,
         sent_at timestamptz NOT NULL, sent_by text NOT NULL, received_at timestamptz, received_by text)`,
      `CREATE TABLE dispositions (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), kind text NOT NULL, finding jsonb NOT NULL DEFAULT '{}', evidence jsonb NOT NULL DEFAULT '{}',
         state text NOT NULL CHECK (state IN ('open', 'satisfied')), decided_by text NOT NULL, at timestamptz NOT NULL, UNIQUE (incident_id, kind))`,
      `CREATE TABLE close_outs (
         incident_id uuid PRIMARY KEY REFERENCES incidents (id), rectified jsonb, accepted jsonb, struck_off jsonb, archive_sha256 text, version int NOT NULL DEFAULT 1)`,
      ...[
        'routing_proposals',
        'assignments',
        'lead_decisions',
        'statements',
        'evidence',
        'press_conferences',
        'reports_up',
        'dispositions',
        'close_outs',
      ].flatMap((table) => caseTable(table)),
      ...secureTable('sign_links', {
        app: { using: `${OF_VISIBLE_INCIDENT} OR ${forPurpose('authentication')}`, verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT, INSERT',
        auditor: false,
      }),
      ...secureTable('channels', {
        app: { using: ANY_SCOPE, check: forPurpose('administration'), verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
