import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ANY_SCOPE, DATABASE_ROLES, secureTable } from './security.js';

const { worker } = DATABASE_ROLES;
const OF_VISIBLE_SOURCE = 'EXISTS (SELECT 1 FROM sources s WHERE s.id = source_id)';
const OF_VISIBLE_ITEM = 'EXISTS (SELECT 1 FROM items i WHERE i.id = item_id)';

/** Monitoring modes and standards, the blind-spot ledger, one item with several provenances, sealed evidence, quarantine. */
export class Monitoring1764000000008 implements MigrationInterface {
  readonly name = 'Monitoring1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // What the feed itself asks for: ttl, hours and days in which it is not to be asked.
      `ALTER TABLE sources ADD COLUMN hints jsonb NOT NULL DEFAULT '{}'`,
      `CREATE TABLE monitoring_modes (
         jurisdiction text PRIMARY KEY, mode text NOT NULL CHECK (mode IN ('routine', 'emergency')), since timestamptz NOT NULL,
         reason text NOT NULL, changed_by text NOT NULL, version int NOT NULL DEFAULT 1)`,
      `CREATE TABLE monitoring_standards (
         id uuid PRIMARY KEY, body_id text NOT NULL, jurisdiction text NOT NULL, version int NOT NULL, name text NOT NULL,
         words text[] NOT NULL, exclusions text[] NOT NULL DEFAULT '{}', minimum_words int NOT NULL DEFAULT 1,
         alarm_items int, alarm_hours int, effective_from timestamptz NOT NULL, effective_to timestamptz,
         created_by text NOT NULL, created_at timestamptz NOT NULL DEFAULT huiying_now(), UNIQUE (body_id, version))`,
      `CREATE TABLE item_watches (
         item_id uuid NOT NULL REFERENCES items (id), standard_id uuid NOT NULL REFERENCES monitoring_standards (id), body_id text NOT NULL,
         found jsonb NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (item_id, standard_id))`,
      'CREATE INDEX item_watches_body ON item_watches (body_id, at DESC)',

      // How many items each hour brought: the history from which silence is judged.
      `CREATE TABLE source_hours (source_id uuid NOT NULL REFERENCES sources (id), hour timestamptz NOT NULL, items int NOT NULL, PRIMARY KEY (source_id, hour))`,
      `ALTER TABLE source_gaps ADD COLUMN observed int NOT NULL DEFAULT 0, ADD COLUMN detected_at timestamptz NOT NULL DEFAULT huiying_now(), ADD COLUMN detail text`,
      'CREATE UNIQUE INDEX source_gaps_open ON source_gaps (source_id) WHERE ended_at IS NULL',

      // One post that comes by several ways is one item: it is found by address, order number or text.
      'ALTER TABLE items ADD COLUMN text_key bigint, ADD COLUMN link_key bigint',
      'CREATE INDEX items_text_key ON items (text_key) WHERE text_key IS NOT NULL',
      'CREATE INDEX items_link_key ON items (link_key) WHERE link_key IS NOT NULL',
      'CREATE INDEX items_order ON items (work_order_number) WHERE work_order_number IS NOT NULL',
      'DROP INDEX items_content',
      'ALTER TABLE item_provenances ADD COLUMN joined boolean NOT NULL DEFAULT false, ADD COLUMN ground text, ADD COLUMN url text, ADD COLUMN revision_key text',
      'CREATE INDEX item_provenances_joined ON item_provenances (source_id, identity_key) WHERE joined',
      `CREATE TABLE originals (
         item_id uuid PRIMARY KEY REFERENCES items (id), url text NOT NULL,
         state text NOT NULL CHECK (state IN ('unchecked', 'present', 'unreachable', 'gone')), http_status int, failures int NOT NULL DEFAULT 0,
         checks int NOT NULL DEFAULT 0, checked_at timestamptz, next_check_at timestamptz, gone_since timestamptz, claimed_until timestamptz)`,
      'CREATE INDEX originals_due ON originals (next_check_at) WHERE next_check_at IS NOT NULL',

      // Bytes with personal data are sealed; large ones lie in pieces.
      `ALTER TABLE raw_documents ADD COLUMN sealed boolean NOT NULL DEFAULT false, ADD COLUMN piece_bytes int`,
      `CREATE TABLE raw_document_pieces (
         document_id uuid NOT NULL, ordinal int NOT NULL, body bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT huiying_now(), PRIMARY KEY (document_id, ordinal))`,
      `ALTER TABLE imports ADD COLUMN raw_document_id uuid REFERENCES raw_documents (id), ADD COLUMN mapping jsonb, ADD COLUMN year int, ADD COLUMN headers jsonb`,
      `ALTER TABLE personal_data ADD COLUMN key_id text NOT NULL DEFAULT '', ADD COLUMN expires_at timestamptz`,
      'CREATE INDEX personal_data_item ON personal_data (item_id)',
      'CREATE INDEX personal_data_expiry ON personal_data (expires_at) WHERE expires_at IS NOT NULL',

      // What was refused is kept with its bytes and can be tried again.
      `ALTER TABLE rejections ADD COLUMN kind text NOT NULL DEFAULT 'row' CHECK (kind IN ('row', 'message', 'entry', 'document')),
         ADD COLUMN body bytea, ADD COLUMN sealed boolean NOT NULL DEFAULT false, ADD COLUMN sha256 text, ADD COLUMN byte_count int,
         ADD COLUMN state text NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'waiting', 'accepted', 'discarded')),
         ADD COLUMN attempts int NOT NULL DEFAULT 1, ADD COLUMN last_at timestamptz, ADD COLUMN item_id uuid`,
      'CREATE INDEX rejections_source ON rejections (source_id, at DESC)',
      `CREATE INDEX rejections_waiting ON rejections (at) WHERE state = 'waiting'`,
      `CREATE UNIQUE INDEX rejections_document ON rejections (source_id, sha256) WHERE kind = 'document'`,

      ...secureTable('monitoring_modes', {
        app: { using: 'huiying_in_scope(jurisdiction, NULL)', verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT',
      }),
      ...secureTable('monitoring_standards', {
        app: { using: 'huiying_in_scope(jurisdiction, ARRAY[body_id])', verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT',
      }),
      ...secureTable('item_watches', {
        app: { using: OF_VISIBLE_ITEM, check: ANY_SCOPE, verbs: 'SELECT, INSERT' },
        worker: 'SELECT, INSERT',
      }),
      ...secureTable('source_hours', {
        app: { using: OF_VISIBLE_SOURCE, verbs: 'SELECT' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...secureTable('originals', {
        app: { using: OF_VISIBLE_ITEM, verbs: 'SELECT' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      // The api writes pieces and never reads them; the worker unseals them.
      ...secureTable('raw_document_pieces', {
        app: { using: 'false', check: ANY_SCOPE, verbs: 'INSERT' },
        worker: 'SELECT, INSERT, DELETE',
        auditor: false,
      }),
      // The worker deletes what is past its time and can't read the clear form.
      `GRANT SELECT (id, item_id, expires_at), DELETE ON personal_data TO ${worker}`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
