import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import type { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS } from './contract.js';
import { decodeDocument } from './feeds/decode.js';
import { plainText } from './feeds/markup.js';
import type { MonitoringPolicy } from './monitoring-policy.js';
import { judgeOriginal, type OriginalKnown, type OriginalSeen } from './rules/original.js';

interface Due extends OriginalKnown {
  itemId: string;
  url: string;
  receivedAt: Date;
  incidentId: string | null;
  drill: boolean;
}

const BATCH = 8;
const MAX_BYTES = 2 * 1024 * 1024;

/** Looks again at the originals of items that belong to incidents: that a post was taken away is itself a fact of the case. */
@Injectable()
export class OriginalsService {
  constructor(
    private readonly database: Database,
    private readonly fetcher: GuardedFetcher,
    private readonly policy: MonitoringPolicy,
  ) {}

  /** One batch of originals that are due. Returns how many were looked at. */
  async checkDue(): Promise<number> {
    const due = await this.database.asSystem(async (tx) => {
      await tx.query(
        `INSERT INTO originals (item_id, url, state, next_check_at)
         SELECT DISTINCT i.id, i.url, 'unchecked', i.received_at + $1 * interval '1 hour' FROM incident_items l JOIN items i ON i.id = l.item_id
          WHERE i.url LIKE 'http%' AND l.linked_at > huiying_now() - interval '1 day' AND l.relation = 'confirmed' ON CONFLICT DO NOTHING`,
        [this.policy.originalHours],
      );
      return tx.query<Due>(
        `UPDATE originals o SET claimed_until = huiying_now() + interval '2 minutes' FROM items i
          WHERE o.item_id = ANY(ARRAY(SELECT item_id FROM originals WHERE next_check_at <= huiying_now() AND (claimed_until IS NULL OR claimed_until < huiying_now())
                                       ORDER BY next_check_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)) AND i.id = o.item_id
          RETURNING o.item_id AS "itemId", o.url, o.state, o.failures, o.gone_since AS "goneSince", i.received_at AS "receivedAt", i.drill,
                    (SELECT incident_id FROM incident_items l WHERE l.item_id = o.item_id ORDER BY l.relation LIMIT 1) AS "incidentId"`,
      );
    });
    await Promise.all(due.map((original) => this.check(original)));
    return due.length;
  }

  private async check(original: Due): Promise<void> {
    const seen = await this.see(original.url);
    await this.database.asSystem(async (tx) => {
      const now = await tx.now();
      const next = judgeOriginal(seen, original, { now, since: original.receivedAt, policy: this.policy });
      await tx.query(
        `UPDATE originals SET state = $2, http_status = $3, failures = $4, gone_since = $5, next_check_at = $6, checked_at = $7, checks = checks + 1, claimed_until = NULL WHERE item_id = $1`,
        [original.itemId, next.state, seen.status, next.failures, next.goneSince, next.nextCheckAt, now],
      );
      if ((next.state === 'gone') === (original.state === 'gone')) return;
      await appendLedger(tx, [
        {
          type: next.state === 'gone' ? INGEST_EVENTS.originalGone : INGEST_EVENTS.originalBack,
          at: now,
          actor: systemActor('ingest'),
          subjectId: original.itemId,
          ...(original.incidentId === null ? {} : { incidentId: original.incidentId }),
          payload: { url: original.url, status: seen.status, goneSince: next.goneSince?.toISOString() ?? null, drill: original.drill },
        },
      ]); // prettier-ignore
    });
  }

  private async see(url: string): Promise<OriginalSeen> {
    try {
      const page = await this.fetcher.fetch(url, { maxBytes: MAX_BYTES, headers: { accept: 'text/html,*/*;q=0.5' } });
      const text = page.status === 200 ? plainText(decodeDocument(page.body, page.headers['content-type']).text) : null;
      return { status: page.status, text };
    } catch {
      return { status: null, text: null };
    }
  }
}
