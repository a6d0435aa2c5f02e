import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DATABASE_ROLES, forPurpose, OF_VISIBLE_INCIDENT } from './security.js';

/**
 * Channels of notices: when one failed last, what an administrator counts, and tests, which are about no incident. Until now a
 * row without an incident was open to every scope; there were none.
 */
export class NoticeChannels1764000000044 implements MigrationInterface {
  readonly name = 'NoticeChannels1764000000044';

  async up(runner: QueryRunner): Promise<void> {
    const mayAct = `(${OF_VISIBLE_INCIDENT} OR (incident_id IS NULL AND topic = 'test' AND ${forPurpose('administration')}))`;
    const statements = [
      'ALTER TABLE deliveries ADD COLUMN last_error_at timestamptz',
      `ALTER POLICY deliveries_app ON deliveries TO ${DATABASE_ROLES.app} USING ${mayAct} WITH CHECK ${mayAct}`,
      'CREATE INDEX deliveries_recent ON deliveries (channel, state, created_at)',
      'CREATE INDEX deliveries_arrived ON deliveries (channel, delivered_at DESC) WHERE delivered_at IS NOT NULL',
      'CREATE INDEX deliveries_errors ON deliveries (channel, last_error_at DESC) WHERE last_error_at IS NOT NULL',
      `CREATE INDEX deliveries_tests ON deliveries (user_id, channel, created_at DESC) WHERE topic = 'test'`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
