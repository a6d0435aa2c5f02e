import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ANY_SCOPE, secureTable } from './security.js';

/** Triage: incidents, analyses of items, near-duplicate bands, corrections. */
export class Incidents1764000000004 implements MigrationInterface {
  readonly name = 'Incidents1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `ALTER TABLE incidents
         ADD COLUMN number text NOT NULL UNIQUE,
         ADD COLUMN title text NOT NULL,
         ADD COLUMN state text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'assigned', 'responded', 'rectified', 'accepted', 'struckOff', 'rejected', 'merged', 'outOfArea')),
         ADD COLUMN category text NOT NULL,
         ADD COLUMN categories jsonb NOT NULL DEFAULT '{}',
         ADD COLUMN grade text NOT NULL DEFAULT 'unknown',
         ADD COLUMN grade_basis text NOT NULL DEFAULT 'confirmed',
         ADD COLUMN grade_details jsonb NOT NULL DEFAULT '{}',
         ADD COLUMN heat_level text NOT NULL DEFAULT 'IV',
         ADD COLUMN heat_score double precision NOT NULL DEFAULT 0,
         ADD COLUMN heat_details jsonb NOT NULL DEFAULT '{}',
         ADD COLUMN jurisdiction text NOT NULL,
         ADD COLUMN body_ids text[] NOT NULL DEFAULT '{}',
         ADD COLUMN lead_body_id text,
         ADD COLUMN drill boolean NOT NULL DEFAULT false,
         ADD COLUMN policy_pack text NOT NULL,
         ADD COLUMN occurred_at timestamptz,
         ADD COLUMN first_public_at timestamptz,
         ADD COLUMN detected_at timestamptz NOT NULL,
         ADD COLUMN graded_at timestamptz,
         ADD COLUMN dispatched_at timestamptz,
         ADD COLUMN stamp_sources jsonb NOT NULL DEFAULT '{}',
         ADD COLUMN item_count int NOT NULL DEFAULT 0,
         ADD COLUMN last_item_at timestamptz,
         ADD COLUMN representative_item_id uuid REFERENCES items (id),
         ADD COLUMN snoozed_until timestamptz,
         ADD COLUMN snoozed_heat double precision,
         ADD COLUMN merged_into uuid REFERENCES incidents (id),
         ADD COLUMN disposition text[] NOT NULL DEFAULT '{}',
         ADD COLUMN decided_by text,
         ADD COLUMN closed_at timestamptz,
         ADD COLUMN created_at timestamptz NOT NULL DEFAULT huiying_now(),
         ADD COLUMN updated_at timestamptz NOT NULL DEFAULT huiying_now(),
         ADD COLUMN version int NOT NULL DEFAULT 1`,
      'CREATE INDEX incidents_bodies ON incidents USING gin (body_ids)',
      'CREATE INDEX incidents_jurisdiction ON incidents (jurisdiction text_pattern_ops, detected_at DESC)',
      'CREATE INDEX incidents_state ON incidents (state, detected_at DESC)',
      `CREATE TABLE item_analyses (
         item_id uuid PRIMARY KEY REFERENCES items (id), model_version text NOT NULL, rule_version text NOT NULL,
         category text NOT NULL, categories jsonb NOT NULL, figures jsonb NOT NULL, grade jsonb NOT NULL, event jsonb NOT NULL,
         places jsonb NOT NULL, reasons jsonb NOT NULL, relevant boolean NOT NULL, duplicate_of uuid REFERENCES items (id),
         decision text NOT NULL, signature int[] NOT NULL DEFAULT '{}', at timestamptz NOT NULL DEFAULT huiying_now())`,
      'CREATE INDEX item_analyses_category ON item_analyses (category, at DESC)',
      `CREATE TABLE item_bands (band smallint NOT NULL, hash int NOT NULL, item_id uuid NOT NULL REFERENCES items (id), at timestamptz NOT NULL DEFAULT huiying_now(), PRIMARY KEY (band, hash, item_id))`,
      // What later items are compared with. A cluster may exist before its incident: service requests become one only when they are many.
      `CREATE TABLE clusters (
         id uuid PRIMARY KEY, incident_id uuid REFERENCES incidents (id), profile jsonb NOT NULL, category text NOT NULL, jurisdiction text NOT NULL,
         drill boolean NOT NULL DEFAULT false, item_count int NOT NULL, first_at timestamptz NOT NULL, last_at timestamptz NOT NULL)`,
      'CREATE INDEX clusters_incident ON clusters (incident_id)',
      'CREATE INDEX clusters_last ON clusters (last_at)',
      `CREATE TABLE cluster_anchors (word text NOT NULL, cluster_id uuid NOT NULL REFERENCES clusters (id), PRIMARY KEY (word, cluster_id))`,
      'CREATE INDEX cluster_anchors_cluster ON cluster_anchors (cluster_id)',
      `CREATE TABLE cluster_items (cluster_id uuid NOT NULL REFERENCES clusters (id), item_id uuid NOT NULL REFERENCES items (id), at timestamptz NOT NULL, relation text NOT NULL, score double precision NOT NULL, reasons jsonb NOT NULL, PRIMARY KEY (cluster_id, item_id))`,
      `CREATE TABLE category_corrections (
         id uuid PRIMARY KEY, item_id uuid NOT NULL REFERENCES items (id), incident_id uuid REFERENCES incidents (id), text text NOT NULL,
         from_category text NOT NULL, to_category text NOT NULL, reason text, by_user text NOT NULL, at timestamptz NOT NULL DEFAULT huiying_now())`,
      `CREATE TABLE models (
         version text PRIMARY KEY, kind text NOT NULL, state text NOT NULL CHECK (state IN ('running', 'candidate', 'retired')),
         body bytea, report jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT huiying_now(), created_by text NOT NULL)`,
      ...secureTable('incidents', {
        app: { using: 'huiying_in_scope(jurisdiction, body_ids)', verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...secureTable('item_analyses', {
        app: { using: 'EXISTS (SELECT 1 FROM items i WHERE i.id = item_id)', verbs: 'SELECT' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...['clusters', 'cluster_anchors', 'cluster_items'].flatMap((table) =>
        secureTable(table, { worker: 'SELECT, INSERT, UPDATE, DELETE' }),
      ),
      ...secureTable('item_bands', { worker: 'SELECT, INSERT, DELETE' }),
      ...secureTable('category_corrections', {
        app: { using: 'EXISTS (SELECT 1 FROM items i WHERE i.id = item_id)', verbs: 'SELECT, INSERT' },
        worker: 'SELECT',
      }),
      ...secureTable('models', {
        app: { using: ANY_SCOPE, verbs: 'SELECT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
