import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the rules were unsure of, as a list of its own, and the latest word of a person on an item. */
export class ItemJudgement1764000000015 implements MigrationInterface {
  readonly name = 'ItemJudgement1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE INDEX item_analyses_unsure ON item_analyses (item_id) WHERE decision = 'unsure'`,
      'CREATE INDEX cluster_items_item ON cluster_items (item_id)',
      'CREATE INDEX category_corrections_item ON category_corrections (item_id, at DESC)',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
