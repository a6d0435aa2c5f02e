import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ANY_SCOPE, DATABASE_ROLES, forPurpose, secureTable } from './security.js';

const VISIBLE_ITEM = `huiying_in_scope(jurisdiction, NULL) OR EXISTS (SELECT 1 FROM incident_items link WHERE link.item_id = id)`;

/** Sources, raw documents, items with their provenances and revisions, rejections, imports. */
export class Ingest1764000000003 implements MigrationInterface {
  readonly name = 'Ingest1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE sources (
         id uuid PRIMARY KEY, kind text NOT NULL, name text NOT NULL, url text, jurisdiction text NOT NULL,
         channel text NOT NULL, region text, rank text NOT NULL DEFAULT 'individual', state text NOT NULL DEFAULT 'active'
           CHECK (state IN ('active', 'paused', 'gone')),
         mode text NOT NULL DEFAULT 'routine' CHECK (mode IN ('routine', 'emergency')),
         interval_seconds int NOT NULL DEFAULT 900, next_poll_at timestamptz, claimed_until timestamptz,
         etag text, last_modified text, last_polled_at timestamptz, last_ok_at timestamptz, last_item_at timestamptz,
         failure_count int NOT NULL DEFAULT 0, last_error_code text, last_error text, unchanged_count int NOT NULL DEFAULT 0,
         secret text, mapping jsonb, drill boolean NOT NULL DEFAULT false,
         created_at timestamptz NOT NULL DEFAULT huiying_now(), version int NOT NULL DEFAULT 1)`,
      'CREATE UNIQUE INDEX sources_url ON sources (url) WHERE url IS NOT NULL',
      `CREATE INDEX sources_due ON sources (next_poll_at) WHERE state = 'active' AND next_poll_at IS NOT NULL`,
      `CREATE TABLE source_gaps (
         id uuid PRIMARY KEY, source_id uuid NOT NULL REFERENCES sources (id), started_at timestamptz NOT NULL,
         ended_at timestamptz, cause text NOT NULL, expected double precision)`,
      'CREATE INDEX source_gaps_source ON source_gaps (source_id, started_at)',
      `CREATE TABLE raw_documents (
         id uuid PRIMARY KEY, source_id uuid NOT NULL REFERENCES sources (id), fetched_at timestamptz NOT NULL,
         sha256 text NOT NULL, content_type text, encoding text, byte_count bigint NOT NULL, body bytea NOT NULL,
         item_count int NOT NULL DEFAULT 0, defects jsonb NOT NULL DEFAULT '[]', UNIQUE (source_id, sha256))`,
      `CREATE TABLE items (
         id uuid PRIMARY KEY, source_id uuid NOT NULL REFERENCES sources (id), identity_key text NOT NULL,
         revision int NOT NULL DEFAULT 1, revises uuid REFERENCES items (id), raw_document_id uuid REFERENCES raw_documents (id),
         kind text NOT NULL CHECK (kind IN ('post', 'article', 'call', 'message')),
         title text NOT NULL, body text NOT NULL, normalised text NOT NULL, url text, author_hash text,
         content_sha256 text NOT NULL, revision_key text, raw jsonb NOT NULL DEFAULT '{}',
         occurred_at timestamptz, published_at timestamptz, zone_missing boolean NOT NULL DEFAULT false,
         fetched_at timestamptz NOT NULL, received_at timestamptz NOT NULL, triaged_at timestamptz,
         area text, region text, jurisdiction text NOT NULL, drill boolean NOT NULL DEFAULT false,
         work_order_number text, request_type text, source_name text NOT NULL DEFAULT '', channel text NOT NULL DEFAULT '',
         state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'triaged', 'quarantined')),
         claimed_until timestamptz, attempts int NOT NULL DEFAULT 0,
         UNIQUE (source_id, identity_key, content_sha256))`,
      `CREATE INDEX items_received ON items (received_at) WHERE state = 'received'`,
      'CREATE INDEX items_latest ON items (received_at DESC, id)',
      'CREATE INDEX items_content ON items (content_sha256)',
      'CREATE INDEX items_url ON items (url) WHERE url IS NOT NULL',
      // Every key under which a source has shown an item; the item is its first revision.
      `CREATE TABLE item_keys (
         source_id uuid NOT NULL REFERENCES sources (id), key text NOT NULL, part text NOT NULL CHECK (part IN ('id', 'link', 'title', 'text')),
         item_id uuid NOT NULL REFERENCES items (id), PRIMARY KEY (source_id, key, item_id))`,
      'CREATE INDEX item_keys_item ON item_keys (item_id)',
      `CREATE TABLE item_provenances (
         item_id uuid NOT NULL REFERENCES items (id), source_id uuid NOT NULL REFERENCES sources (id),
         identity_key text NOT NULL, how text NOT NULL, seen_at timestamptz NOT NULL, PRIMARY KEY (item_id, source_id, identity_key))`,
      `CREATE TABLE personal_data (
         id uuid PRIMARY KEY, item_id uuid NOT NULL REFERENCES items (id), kind text NOT NULL, ciphertext bytea NOT NULL, lookup_hash text NOT NULL)`,
      `CREATE TABLE imports (
         id uuid PRIMARY KEY, source_id uuid NOT NULL REFERENCES sources (id), file_name text NOT NULL, sha256 text NOT NULL,
         state text NOT NULL CHECK (state IN ('received', 'running', 'done', 'failed', 'cancelled')), dry_run boolean NOT NULL DEFAULT false,
         row_count int NOT NULL DEFAULT 0, accepted_count int NOT NULL DEFAULT 0, duplicate_count int NOT NULL DEFAULT 0,
         rejected_count int NOT NULL DEFAULT 0, next_row int NOT NULL DEFAULT 0, byte_total bigint NOT NULL DEFAULT 0, byte_done bigint NOT NULL DEFAULT 0,
         error text, claimed_until timestamptz, created_by text NOT NULL, created_at timestamptz NOT NULL DEFAULT huiying_now(), finished_at timestamptz, version int NOT NULL DEFAULT 1)`,
      `CREATE TABLE rejections (
         id uuid PRIMARY KEY, source_id uuid REFERENCES sources (id), import_id uuid REFERENCES imports (id), place text NOT NULL,
         code text NOT NULL, message text NOT NULL, excerpt text, at timestamptz NOT NULL DEFAULT huiying_now())`,
      'CREATE INDEX rejections_import ON rejections (import_id)',
      `CREATE TABLE incident_items (incident_id uuid NOT NULL REFERENCES incidents (id), item_id uuid NOT NULL REFERENCES items (id),
         relation text NOT NULL CHECK (relation IN ('confirmed', 'suggested')), score double precision, reasons jsonb NOT NULL DEFAULT '[]',
         linked_at timestamptz NOT NULL DEFAULT huiying_now(), PRIMARY KEY (incident_id, item_id))`,
      'CREATE INDEX incident_items_item ON incident_items (item_id)',
      ...secureTable('sources', {
        app: {
          using: `huiying_in_scope(jurisdiction, NULL) OR ${forPurpose('administration')}`,
          verbs: 'SELECT, INSERT, UPDATE',
        },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...['source_gaps', 'raw_documents', 'imports', 'rejections'].flatMap((table) =>
        secureTable(table, {
          app: { using: `EXISTS (SELECT 1 FROM sources s WHERE s.id = source_id)`, verbs: 'SELECT, INSERT, UPDATE' },
          worker: 'SELECT, INSERT, UPDATE',
        }),
      ),
      ...secureTable('items', {
        app: { using: VISIBLE_ITEM, check: ANY_SCOPE, verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...secureTable('item_keys', { worker: 'SELECT, INSERT' }),
      ...secureTable('item_provenances', {
        app: {
          using: 'EXISTS (SELECT 1 FROM items i WHERE i.id = item_id)',
          check: ANY_SCOPE,
          verbs: 'SELECT, INSERT',
        },
        worker: 'SELECT, INSERT',
      }),
      ...secureTable('personal_data', {
        app: { using: forPurpose('reveal'), check: ANY_SCOPE, verbs: 'SELECT, INSERT' },
        worker: 'INSERT',
        auditor: false,
      }),
      ...secureTable('incident_items', {
        app: {
          using: 'EXISTS (SELECT 1 FROM incidents scoped WHERE scoped.id = incident_id)',
          verbs: 'SELECT, INSERT, UPDATE, DELETE',
        },
        worker: 'SELECT, INSERT, UPDATE, DELETE',
      }),
      `GRANT SELECT, INSERT ON raw_documents TO ${DATABASE_ROLES.worker}`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
