import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keys with which sources sign stood in the clear. The key that seals them is no business of the database's owner, so they are
 * carried over with a mark (a first byte 0) and the intake seals what bears it at its start.
 */
export class WebhookKeys1764000000045 implements MigrationInterface {
  readonly name = 'WebhookKeys1764000000045';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      'ALTER TABLE sources ADD COLUMN webhook_keys bytea',
      `UPDATE sources SET webhook_keys = '\\x00'::bytea || convert_to(secret, 'UTF8') WHERE secret IS NOT NULL`,
      'ALTER TABLE sources DROP COLUMN secret',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
