import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ANY_SCOPE, forPurpose, OF_VISIBLE_INCIDENT, secureTable } from './security.js';

const REFERENCE = { using: ANY_SCOPE, check: forPurpose('administration'), verbs: 'SELECT, INSERT, UPDATE' };

/** People of the directory, duty rosters, dated names of bodies; links to sign by; disputes with their clock; learnt scores of routing. */
export class DirectoryCourse1764000000010 implements MigrationInterface {
  readonly name = 'DirectoryCourse1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE persons (
         id uuid PRIMARY KEY, body_id text NOT NULL REFERENCES bodies (id), name text NOT NULL, post text NOT NULL DEFAULT '',
         role text NOT NULL CHECK (role IN ('head', 'spokesperson', 'deputy', 'liaison')), phone text, user_id uuid REFERENCES users (id),
         valid_from date NOT NULL, valid_to date, CHECK (valid_to IS NULL OR valid_to >= valid_from))`,
      'CREATE INDEX persons_body ON persons (body_id)',
      // At any day a body has one head and one spokesperson; deputies and liaisons may be several.
      `CREATE UNIQUE INDEX persons_one_open ON persons (body_id, role) WHERE role IN ('head', 'spokesperson') AND valid_to IS NULL`,
      `CREATE TABLE rosters (
         id uuid PRIMARY KEY, body_id text NOT NULL REFERENCES bodies (id), person_id uuid NOT NULL REFERENCES persons (id), deputy_id uuid REFERENCES persons (id),
         starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, handover jsonb, version int NOT NULL DEFAULT 1, CHECK (ends_at > starts_at))`,
      'CREATE INDEX rosters_body ON rosters (body_id, starts_at)',
      // An old incident shows the body of its day: names are never overwritten, only followed.
      `CREATE TABLE body_versions (
         body_id text NOT NULL REFERENCES bodies (id), valid_from date NOT NULL, name text NOT NULL, short_name text NOT NULL, recorded_by text NOT NULL,
         at timestamptz NOT NULL DEFAULT huiying_now(), PRIMARY KEY (body_id, valid_from))`,
      `ALTER TABLE sign_links
         ALTER COLUMN user_id DROP NOT NULL,
         ADD COLUMN purpose text NOT NULL DEFAULT 'acknowledge' CHECK (purpose IN ('acknowledge')),
         ADD COLUMN person_id uuid REFERENCES persons (id),
         ADD COLUMN created_at timestamptz NOT NULL DEFAULT huiying_now()`,
      `CREATE TABLE disputes (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), since timestamptz NOT NULL, due_at timestamptz NOT NULL,
         coordinator_body_id text NOT NULL REFERENCES bodies (id), decided_at timestamptz, fired_at timestamptz, UNIQUE (incident_id, since))`,
      'CREATE INDEX disputes_due ON disputes (due_at) WHERE fired_at IS NULL AND decided_at IS NULL',
      `CREATE TABLE dispute_steps (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), step text NOT NULL CHECK (step IN ('meeting', 'opinion')),
         body_id text NOT NULL REFERENCES bodies (id), text text NOT NULL, held_at timestamptz NOT NULL, recorded_by text NOT NULL, at timestamptz NOT NULL)`,
      'CREATE INDEX dispute_steps_incident ON dispute_steps (incident_id, at)',
      `CREATE TABLE matter_adjustments (
         version text PRIMARY KEY, state text NOT NULL CHECK (state IN ('active', 'off')), adjustments jsonb NOT NULL, report jsonb NOT NULL,
         created_by text NOT NULL, created_at timestamptz NOT NULL)`,
      `CREATE UNIQUE INDEX matter_adjustments_one_active ON matter_adjustments (state) WHERE state = 'active'`,
      ...['persons', 'rosters', 'body_versions'].flatMap((table) =>
        secureTable(table, { app: REFERENCE, worker: 'SELECT, INSERT, UPDATE' }),
      ),
      ...secureTable('matter_adjustments', {
        app: { using: ANY_SCOPE, verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT',
      }),
      ...['disputes', 'dispute_steps'].flatMap((table) =>
        secureTable(table, {
          app: { using: OF_VISIBLE_INCIDENT, verbs: 'SELECT, INSERT, UPDATE' },
          worker: 'SELECT, INSERT, UPDATE',
        }),
      ),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
