import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DATABASE_ROLES, OF_VISIBLE_INCIDENT, secureTable } from './security.js';

/** Clocks, firings, deadlines read model, escalation steps and notification deliveries. */
export class Clocks1764000000006 implements MigrationInterface {
  readonly name = 'Clocks1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    const readOnly = { using: OF_VISIBLE_INCIDENT, verbs: 'SELECT' };
    const statements = [
      `CREATE TABLE response_clocks (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), clock_key text NOT NULL, act text NOT NULL,
         force text NOT NULL CHECK (force IN ('target', 'limit')), form text NOT NULL CHECK (form IN ('deadline', 'minimum', 'recurring', 'fixedDate')),
         scope text NOT NULL CHECK (scope IN ('public', 'inner', 'duty')), label text NOT NULL, body_id text, assignment_id uuid, generation int NOT NULL DEFAULT 1,
         state text NOT NULL CHECK (state IN ('armed', 'dueSoon', 'paused', 'met', 'metLate', 'overdue', 'superseded', 'cancelled', 'overdueAtUpgrade', 'notApplicable')),
         started_at timestamptz NOT NULL, due_at timestamptz NOT NULL, state_at timestamptz, state_reason text, provisional boolean NOT NULL DEFAULT false,
         drill boolean NOT NULL DEFAULT false, policy_pack text NOT NULL, policy_version text NOT NULL, computation jsonb NOT NULL DEFAULT '{}',
         warn_at timestamptz[] NOT NULL DEFAULT '{}', next_look_at timestamptz, fired_at timestamptz, version int NOT NULL DEFAULT 1,
         UNIQUE (incident_id, clock_key, generation))`,
      // The sweep's index: what is still to be looked at, by the instant of the next look.
      `CREATE INDEX response_clocks_look ON response_clocks (next_look_at) WHERE next_look_at IS NOT NULL`,
      `CREATE INDEX response_clocks_due ON response_clocks (due_at) WHERE state IN ('armed', 'dueSoon', 'overdue')`,
      `CREATE TABLE clock_firings (
         clock_id uuid NOT NULL REFERENCES response_clocks (id), generation int NOT NULL, event text NOT NULL, due_at timestamptz NOT NULL,
         fired_at timestamptz NOT NULL, lateness_ms double precision NOT NULL, path text NOT NULL CHECK (path IN ('timer', 'sweep', 'recompute')),
         process text NOT NULL, drill boolean NOT NULL DEFAULT false, incident_id uuid NOT NULL, PRIMARY KEY (clock_id, generation, event))`,
      'CREATE INDEX clock_firings_at ON clock_firings (fired_at)',
      `CREATE TABLE incident_deadlines (
         incident_id uuid PRIMARY KEY REFERENCES incidents (id), next_due_at timestamptz, next_act text, overdue_count int NOT NULL DEFAULT 0,
         first_overdue_at timestamptz, updated_at timestamptz NOT NULL DEFAULT huiying_now())`,
      'CREATE INDEX incident_deadlines_next ON incident_deadlines (next_due_at)',
      `CREATE TABLE escalations (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), step text NOT NULL CHECK (step IN ('notice', 'reminder', 'supervision', 'accountabilityReferral')),
         ordinal int NOT NULL, number text, reason text NOT NULL, trigger_key text NOT NULL, clock_id uuid REFERENCES response_clocks (id), previous_id uuid REFERENCES escalations (id),
         addressee_body_id text, at timestamptz NOT NULL, deadline timestamptz, state text NOT NULL CHECK (state IN ('proposed', 'issued', 'met', 'unmet', 'withdrawn', 'dismissed')),
         grounds text[] NOT NULL DEFAULT '{}', issued_by text, issued_at timestamptz, received_at timestamptz, received_by text, answered_at timestamptz, answer jsonb, withdrawn jsonb,
         drill boolean NOT NULL DEFAULT false, version int NOT NULL DEFAULT 1, UNIQUE (incident_id, trigger_key))`,
      'CREATE INDEX escalations_incident ON escalations (incident_id, at)',
      `CREATE INDEX escalations_deadline ON escalations (deadline) WHERE state = 'issued' AND deadline IS NOT NULL`,
      `CREATE TABLE ladder_plans (
         incident_id uuid NOT NULL REFERENCES incidents (id), step_key text NOT NULL, step text NOT NULL, at timestamptz NOT NULL, target text, basis text,
         PRIMARY KEY (incident_id, step_key))`,
      `CREATE TABLE deliveries (
         id uuid PRIMARY KEY, idempotency_key text NOT NULL UNIQUE, incident_id uuid REFERENCES incidents (id), topic text NOT NULL, body_id text, user_id uuid REFERENCES users (id),
         channel text NOT NULL, title text NOT NULL, text text NOT NULL, state text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed', 'suppressed')),
         attempts int NOT NULL DEFAULT 0, next_attempt_at timestamptz, last_error text, created_at timestamptz NOT NULL, delivered_at timestamptz, read_at timestamptz, drill boolean NOT NULL DEFAULT false)`,
      `CREATE INDEX deliveries_pending ON deliveries (next_attempt_at) WHERE state = 'pending'`,
      'CREATE INDEX deliveries_body ON deliveries (body_id, created_at DESC)',
      ...['response_clocks', 'clock_firings', 'incident_deadlines', 'ladder_plans'].flatMap((table) =>
        secureTable(table, { app: readOnly, worker: 'SELECT, INSERT, UPDATE, DELETE' }),
      ),
      ...secureTable('escalations', {
        app: { using: OF_VISIBLE_INCIDENT, verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...secureTable('deliveries', {
        app: { using: `(incident_id IS NULL OR ${OF_VISIBLE_INCIDENT})`, verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      `REVOKE DELETE ON response_clocks, clock_firings FROM ${DATABASE_ROLES.worker}`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
