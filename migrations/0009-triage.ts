import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ANY_SCOPE, OF_VISIBLE_INCIDENT, secureTable } from './security.js';

/** Triage at full speed, hot spots, watches, decisions in bulk, trained models. */
export class Triage1764000000009 implements MigrationInterface {
  readonly name = 'Triage1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // An item has many bands: a foreign key checked for each, and a key of three columns, cost more than all other writes together.
      'ALTER TABLE item_bands DROP CONSTRAINT item_bands_pkey, DROP CONSTRAINT item_bands_item_id_fkey, DROP COLUMN at',
      'CREATE INDEX item_bands_hash ON item_bands (hash, band)',
      // Random numbers don't compress; trying costs time.
      'ALTER TABLE item_analyses ALTER COLUMN signature SET STORAGE EXTERNAL',
      'CREATE INDEX cluster_items_at ON cluster_items (cluster_id, at)',
      // True while a burst goes on that has raised its alarm.
      'ALTER TABLE clusters ADD COLUMN hot boolean NOT NULL DEFAULT false',
      // A second wave after strike-off is an incident of its own that names the earlier one.
      'ALTER TABLE incidents ADD COLUMN follows uuid REFERENCES incidents (id)',
      'CREATE INDEX incidents_follows ON incidents (follows) WHERE follows IS NOT NULL',
      `CREATE TABLE hot_spots (
         id uuid PRIMARY KEY, incident_id uuid NOT NULL REFERENCES incidents (id), at timestamptz NOT NULL, why text NOT NULL CHECK (why IN ('volume', 'growth')),
         count int NOT NULL, factor double precision NOT NULL, raised_at timestamptz NOT NULL DEFAULT huiying_now(), seen_by text, seen_at timestamptz)`,
      'CREATE INDEX hot_spots_incident ON hot_spots (incident_id, at DESC)',
      `CREATE INDEX hot_spots_open ON hot_spots (at DESC) WHERE seen_at IS NULL`,
      `CREATE TABLE watches (
         id uuid PRIMARY KEY, jurisdiction text NOT NULL, title text NOT NULL, words text[] NOT NULL, places text[] NOT NULL DEFAULT '{}',
         starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, risks text NOT NULL DEFAULT '', wording text NOT NULL DEFAULT '',
         body_id text, state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')), drill boolean NOT NULL DEFAULT false,
         created_by text NOT NULL, created_at timestamptz NOT NULL DEFAULT huiying_now(), version int NOT NULL DEFAULT 1, CHECK (ends_at > starts_at))`,
      `CREATE INDEX watches_open ON watches (ends_at) WHERE state = 'open'`,
      `CREATE TABLE watch_hits (
         watch_id uuid NOT NULL REFERENCES watches (id), item_id uuid NOT NULL REFERENCES items (id), incident_id uuid NOT NULL REFERENCES incidents (id),
         words text[] NOT NULL, at timestamptz NOT NULL DEFAULT huiying_now(), PRIMARY KEY (watch_id, item_id))`,
      'CREATE INDEX watch_hits_incident ON watch_hits (incident_id)',
      `CREATE TABLE bulk_decisions (
         id uuid PRIMARY KEY, kind text NOT NULL, by_user text NOT NULL, at timestamptz NOT NULL DEFAULT huiying_now(), undo_until timestamptz NOT NULL,
         undone_at timestamptz, items jsonb NOT NULL)`,
      `CREATE TABLE training_runs (
         id uuid PRIMARY KEY, state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'running', 'done', 'failed')), asked_by text NOT NULL,
         asked_at timestamptz NOT NULL DEFAULT huiying_now(), started_at timestamptz, finished_at timestamptz, model_version text, error text)`,
      `CREATE UNIQUE INDEX training_runs_open ON training_runs ((true)) WHERE state IN ('asked', 'running')`,
      `ALTER TABLE models ADD COLUMN activated_at timestamptz, ADD COLUMN activated_by text, ADD COLUMN corrections int NOT NULL DEFAULT 0`,
      `CREATE UNIQUE INDEX models_running ON models (kind) WHERE state = 'running'`,
      ...secureTable('hot_spots', {
        app: { using: OF_VISIBLE_INCIDENT, verbs: 'SELECT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...secureTable('watches', {
        app: { using: 'huiying_in_scope(jurisdiction, NULL)', verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT',
      }),
      ...secureTable('watch_hits', {
        app: { using: OF_VISIBLE_INCIDENT, verbs: 'SELECT' },
        worker: 'SELECT, INSERT',
      }),
      ...secureTable('bulk_decisions', { app: { using: ANY_SCOPE, verbs: 'SELECT, INSERT, UPDATE' } }),
      ...secureTable('training_runs', {
        app: { using: ANY_SCOPE, verbs: 'SELECT, INSERT' },
        worker: 'SELECT, UPDATE',
      }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
