import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ANY_SCOPE, forPurpose, secureTable } from './security.js';

/** Bodies, users, the duties that they hold in bodies, sessions and machine tokens. */
export class Accounts1764000000002 implements MigrationInterface {
  readonly name = 'Accounts1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    const own = `${forPurpose('authentication', 'administration')}`;
    const statements = [
      `CREATE TABLE bodies (
         id text PRIMARY KEY, code text NOT NULL, jurisdiction text NOT NULL, name text NOT NULL, short_name text NOT NULL,
         kind text NOT NULL, level text NOT NULL, parent_id text REFERENCES bodies (id), regulator_id text REFERENCES bodies (id),
         valid_from date, valid_to date, details jsonb NOT NULL DEFAULT '{}')`,
      'CREATE INDEX bodies_jurisdiction ON bodies (jurisdiction)',
      `CREATE TABLE users (
         id uuid PRIMARY KEY, username text NOT NULL UNIQUE, display_name text NOT NULL, password_hash text NOT NULL,
         disabled_at timestamptz, created_at timestamptz NOT NULL DEFAULT huiying_now(), version int NOT NULL DEFAULT 1,
         preferences jsonb NOT NULL DEFAULT '{}')`,
      `CREATE TABLE duties (
         id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users (id), duty text NOT NULL,
         body_id text REFERENCES bodies (id), jurisdiction text NOT NULL,
         valid_from timestamptz NOT NULL DEFAULT huiying_now(), valid_to timestamptz, deputy_for uuid REFERENCES users (id))`,
      'CREATE INDEX duties_user ON duties (user_id)',
      'CREATE INDEX duties_body ON duties (body_id)',
      `CREATE TABLE sessions (
         id_hash text PRIMARY KEY, user_id uuid NOT NULL REFERENCES users (id), csrf_token text NOT NULL,
         created_at timestamptz NOT NULL, last_seen_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
         revoked_at timestamptz, address text, user_agent text, device_hash text)`,
      'CREATE INDEX sessions_user ON sessions (user_id)',
      `CREATE TABLE tokens (
         id uuid PRIMARY KEY, secret_hash text NOT NULL UNIQUE, name text NOT NULL, user_id uuid NOT NULL REFERENCES users (id),
         scopes text[] NOT NULL, source_id uuid, created_at timestamptz NOT NULL DEFAULT huiying_now(),
         expires_at timestamptz NOT NULL, last_used_at timestamptz, revoked_at timestamptz)`,
      `CREATE TABLE sign_in_attempts (
         key text PRIMARY KEY, points int NOT NULL, expire bigint)`,
      ...secureTable('bodies', {
        app: { using: ANY_SCOPE, check: forPurpose('administration'), verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT, INSERT, UPDATE',
      }),
      ...secureTable('users', {
        app: { using: own, verbs: 'SELECT, INSERT, UPDATE' },
        worker: 'SELECT',
        auditor: false,
      }),
      ...secureTable('duties', { app: { using: own, verbs: 'SELECT, INSERT, UPDATE' }, worker: 'SELECT' }),
      ...secureTable('sessions', { app: { using: own, verbs: 'SELECT, INSERT, UPDATE, DELETE' }, auditor: false }),
      ...secureTable('tokens', { app: { using: own, verbs: 'SELECT, INSERT, UPDATE' }, auditor: false }),
      ...secureTable('sign_in_attempts', {
        app: { using: 'true', verbs: 'SELECT, INSERT, UPDATE, DELETE' },
        auditor: false,
      }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
