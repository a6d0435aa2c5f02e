import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OF_VISIBLE_INCIDENT, secureTable } from './security.js';

/**
 * Who has an incident open now. Unlogged: it is no record of anybody's work, stands in no log of the database, is no part of a
 * copy made from the log and is empty after a crash. A row goes when its page does.
 */
export class Presence1764000000035 implements MigrationInterface {
  readonly name = 'Presence1764000000035';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE UNLOGGED TABLE presences (
         socket_id text PRIMARY KEY, incident_id uuid NOT NULL, user_id uuid NOT NULL, user_name text NOT NULL,
         doing text NOT NULL CHECK (doing IN ('viewing', 'drafting')), since timestamptz NOT NULL, seen_at timestamptz NOT NULL)`,
      'CREATE INDEX presences_incident ON presences (incident_id)',
      ...secureTable('presences', {
        app: { using: OF_VISIBLE_INCIDENT, verbs: 'SELECT, INSERT, UPDATE, DELETE' },
        auditor: false,
      }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
