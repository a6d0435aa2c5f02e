import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ANY_SCOPE, DATABASE_ROLES, forPurpose, secureTable } from './security.js';

const { app, worker, auditor } = DATABASE_ROLES;

/** Time, scope, ledger, seals, consumers, idempotency, numbers, heartbeats, dead letters and settings. */
export class Platform1764000000001 implements MigrationInterface {
  readonly name = 'Platform1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      'REVOKE ALL ON SCHEMA public FROM PUBLIC',
      `GRANT USAGE ON SCHEMA public TO ${app}, ${worker}, ${auditor}`,
      // Design, invariant 12: all time in SQL comes from here. Only an owner can replace it; a test database's owner does.
      `CREATE FUNCTION huiying_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT clock_timestamp()'`,
      // Scope of the transaction: LIKE patterns of jurisdiction codes, and ids of bodies. Unset means: sees nothing.
      `CREATE FUNCTION huiying_in_scope(jurisdiction text, bodies text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
         SELECT coalesce(jurisdiction LIKE ANY (string_to_array(nullif(current_setting('huiying.jurisdictions', true), ''), ',')), false)
             OR coalesce(bodies && string_to_array(nullif(current_setting('huiying.bodies', true), ''), ','), false) $$`,

      `CREATE TABLE ledger_entries (
         id uuid PRIMARY KEY,
         at timestamptz NOT NULL,
         actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'token', 'system')),
         actor_id text NOT NULL,
         actor_name text NOT NULL,
         actor_duty text,
         type text NOT NULL,
         incident_id uuid,
         subject_id text,
         rule text,
         reason text,
         request_id text,
         payload jsonb NOT NULL DEFAULT '{}')`,
      'CREATE INDEX ledger_entries_incident ON ledger_entries (incident_id, at)',
      'CREATE INDEX ledger_entries_type ON ledger_entries (type, at)',
      `CREATE TABLE ledger_unsealed (entry_id uuid PRIMARY KEY)`,
      `CREATE TABLE ledger_seals (
         seq bigint PRIMARY KEY,
         entry_id uuid NOT NULL UNIQUE REFERENCES ledger_entries (id),
         sealed_at timestamptz NOT NULL,
         prev_hash text NOT NULL,
         hash text NOT NULL)`,
      `CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION 'the ledger is append-only (% on %)', TG_OP, TG_TABLE_NAME USING ERRCODE = 'HY001'; END $$`,
      ...['ledger_entries', 'ledger_seals'].flatMap((table) => [
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()`,
        `CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`,
      ]),
      `CREATE FUNCTION ledger_await_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
         BEGIN INSERT INTO ledger_unsealed SELECT id FROM appended; RETURN NULL; END $$`,
      `CREATE TRIGGER ledger_entries_await_seal AFTER INSERT ON ledger_entries
         REFERENCING NEW TABLE AS appended FOR EACH STATEMENT EXECUTE FUNCTION ledger_await_seal()`,
      `CREATE TABLE ledger_cursors (
         consumer text PRIMARY KEY, seq bigint NOT NULL DEFAULT 0, updated_at timestamptz NOT NULL DEFAULT huiying_now())`,

      `CREATE TABLE idempotency_keys (
         principal_id text NOT NULL, key text NOT NULL, request_hash text NOT NULL,
         status int, response jsonb, created_at timestamptz NOT NULL DEFAULT huiying_now(),
         PRIMARY KEY (principal_id, key))`,
      `CREATE TABLE number_series (series text PRIMARY KEY, last_number bigint NOT NULL)`,
      `CREATE TABLE heartbeats (
         process text PRIMARY KEY, at timestamptz NOT NULL, skew_ms double precision, report jsonb NOT NULL DEFAULT '{}')`,
      `CREATE TABLE dead_letters (
         id uuid PRIMARY KEY, stage text NOT NULL, subject_ref text NOT NULL, code text NOT NULL, message text NOT NULL,
         place text, payload bytea, payload_sha256 text, attempts int NOT NULL DEFAULT 1,
         first_at timestamptz NOT NULL DEFAULT huiying_now(), last_at timestamptz NOT NULL DEFAULT huiying_now(),
         replayed_at timestamptz, UNIQUE (stage, subject_ref, code))`,
      `CREATE TABLE settings (key text PRIMARY KEY, value jsonb NOT NULL, updated_at timestamptz NOT NULL DEFAULT huiying_now())`,

      ...secureTable('ledger_entries', {
        app: {
          using: `CASE WHEN incident_id IS NULL THEN ${forPurpose('administration', 'audit')} ELSE EXISTS (SELECT 1 FROM incidents scoped WHERE scoped.id = incident_id) OR ${forPurpose('audit')} END`,
          check: ANY_SCOPE,
          verbs: 'SELECT, INSERT',
        },
        worker: 'SELECT, INSERT',
      }),
      ...secureTable('ledger_seals', {
        app: { using: 'EXISTS (SELECT 1 FROM ledger_entries e WHERE e.id = entry_id)', verbs: 'SELECT' },
        worker: 'SELECT, INSERT',
      }),
      ...secureTable('idempotency_keys', {
        app: { using: ANY_SCOPE, verbs: 'SELECT, INSERT, UPDATE, DELETE' },
        auditor: false,
      }),
      ...secureTable('dead_letters', {
        app: { using: forPurpose('administration'), check: ANY_SCOPE, verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...secureTable('settings', {
        app: { using: ANY_SCOPE, check: forPurpose('administration'), verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...secureTable('heartbeats', { app: { using: ANY_SCOPE, verbs: 'SELECT' }, worker: 'SELECT, INSERT, UPDATE' }),
      // Plumbing without rows of anybody's case: no row predicate, but grants as narrow as the use.
      `GRANT SELECT, DELETE ON ledger_unsealed TO ${worker}`,
      `GRANT SELECT ON ledger_unsealed TO ${auditor}`,
      `GRANT SELECT, INSERT, UPDATE ON ledger_cursors TO ${worker}`,
      `GRANT SELECT ON ledger_cursors TO ${auditor}`,
      `GRANT SELECT, INSERT, UPDATE ON number_series TO ${app}, ${worker}`,
    ];
    // The ledger's policy names incidents, which a later migration creates; PostgreSQL resolves it when the policy is made.
    await runner.query('CREATE TABLE incidents (id uuid PRIMARY KEY)');
    for (const statement of statements) await runner.query(statement);
    // The auditor writes its heartbeat through this door only; its role is otherwise read-only.
    await runner.query(`CREATE FUNCTION record_audit(report jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
      INSERT INTO heartbeats (process, at, report) VALUES ('auditor', huiying_now(), report)
      ON CONFLICT (process) DO UPDATE SET at = excluded.at, report = excluded.report $$`);
    await runner.query('REVOKE ALL ON FUNCTION record_audit(jsonb) FROM PUBLIC');
    await runner.query(`GRANT EXECUTE ON FUNCTION record_audit(jsonb) TO ${auditor}`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
