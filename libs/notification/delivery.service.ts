import type { Database } from '#platform/database/database.js';
import { claimWaiting, type Outcome, saveOutcomes } from './deliveries.store.js';
import type { NoticeChannel, Receipt, WaitingNotice } from './notice-channel.js';
import { nextAttemptAt } from './rules/retry.js';

const BATCH = 200;
/** Longer than any channel may take over a notice. */
const LEASE_SECONDS = 60;
const MAX_REASON_LENGTH = 500;

/** Hands waiting notices to their channels and keeps the receipts. A channel is asked outside of any transaction. */
export class DeliveryService {
  private readonly channels: ReadonlyMap<string, NoticeChannel>;

  constructor(
    private readonly database: Database,
    channels: readonly NoticeChannel[],
  ) {
    this.channels = new Map(channels.map((channel) => [channel.id, channel]));
  }

  /** Returns how many notices were tried. */
  async deliverBatch(): Promise<number> {
    const ids = [...this.channels.values()].map(({ id }) => id);
    const waiting = await this.database.asSystem((tx) =>
      claimWaiting(tx, ids, { limit: BATCH, leaseSeconds: LEASE_SECONDS }),
    );
    if (waiting.length === 0) return 0;
    const receipts = await Promise.all(waiting.map((notice) => this.hand(notice)));
    await this.database.asSystem(async (tx) => {
      const now = await tx.now();
      const outcomes = waiting.map((notice, index) => ({ notice, outcome: outcomeOf(notice, receipts[index]!, now) }));
      await saveOutcomes(tx, outcomes);
    });
    return waiting.length;
  }

  private async hand(notice: WaitingNotice): Promise<Receipt> {
    try {
      return await this.channels.get(notice.channel)!.send(notice);
    } catch (error) {
      return { taken: false, reason: (error as Error).message };
    }
  }
}

function outcomeOf({ attempt }: WaitingNotice, receipt: Receipt, now: Date): Outcome {
  if (receipt.taken) return { arrived: true };
  const retryAt = nextAttemptAt(now, attempt, receipt.final === true);
  return { arrived: false, reason: receipt.reason.slice(0, MAX_REASON_LENGTH), retryAt };
}
