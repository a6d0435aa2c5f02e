import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { systemActor } from '#platform/ledger/ledger.js';
import { purgePersonalData } from './personal-data.js';

/** Deletes personal data that is past its time, and pieces of files that never became one. */
@Injectable()
export class RetentionService {
  private lastRound: number | undefined;

  constructor(private readonly database: Database) {}

  /** Looks once in five minutes. Returns how much was deleted, so that a backlog is worked off at once. */
  async cleanWhenDue(): Promise<number> {
    const now = performance.now();
    if (this.lastRound !== undefined && now - this.lastRound < 300_000) return 0;
    const deleted = await this.clean();
    if (deleted === 0) this.lastRound = now;
    return deleted;
  }

  async clean(): Promise<number> {
    return this.database.asSystem(async (tx) => {
      const pieces = await purgePersonalData(tx, systemActor('ingest'));
      const orphans = await tx.query(
        `DELETE FROM raw_document_pieces p WHERE (p.document_id, p.ordinal) IN (
           SELECT o.document_id, o.ordinal FROM raw_document_pieces o WHERE o.created_at < huiying_now() - interval '1 hour'
              AND NOT EXISTS (SELECT 1 FROM raw_documents d WHERE d.id = o.document_id) LIMIT 200) RETURNING 1 AS gone`,
      );
      return pieces + orphans.length;
    });
  }
}
