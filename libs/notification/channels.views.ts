import type { Transaction } from '#platform/database/database.js';
import { type ChannelDescription, NOTICE_CHANNELS } from './contract.js';

/** Counting stops here: more is "very many". */
export const COUNTED = 10_000;
const TESTS_SHOWN = 5;

/** How a channel does, by the notices that the caller may see and the tests that he asked for himself. */
export interface ChannelStanding extends ChannelDescription {
  pendingCount: number;
  /** When the longest waiting notice was written. */
  oldestPendingAt: Date | null;
  /** Of the last 24 hours. */
  deliveredCount: number;
  failedCount: number;
  lastDeliveredAt: Date | null;
  lastErrorAt: Date | null;
  lastError: string | null;
  tests: ChannelTest[];
}

export interface ChannelTest {
  id: string;
  askedAt: Date;
  state: 'pending' | 'delivered' | 'failed' | 'suppressed';
  deliveredAt: Date | null;
  attempts: number;
  error: string | null;
}

type Counts = Omit<ChannelStanding, keyof ChannelDescription | 'tests'>;

/** Every channel of the installation. Needs a transaction for `administration`. */
export async function channelStandings(tx: Transaction, userId: string): Promise<ChannelStanding[]> {
  const standings: ChannelStanding[] = [];
  for (const channel of NOTICE_CHANNELS)
    standings.push({
      ...channel,
      ...(await countsOf(tx, channel.id, userId)),
      tests: await testsOf(tx, channel.id, userId),
    });
  return standings;
}

async function countsOf(tx: Transaction, channelId: string, userId: string): Promise<Counts> {
  const parameters: unknown[] = [channelId, userId];
  // Tests are nobody's case, so each sees the own ones alone.
  const seen = `(SELECT * FROM ${tx.visible('deliveries', parameters)} ofCases UNION ALL SELECT * FROM deliveries WHERE topic = 'test' AND user_id = $2) d`;
  const recent = (state: string) =>
    `(SELECT count(*)::int FROM (SELECT 1 FROM ${seen} WHERE channel = $1 AND state = '${state}' AND created_at > huiying_now() - interval '24 hours' LIMIT ${COUNTED}) n)`;
  const waiting = `SELECT created_at FROM ${seen} WHERE channel = $1 AND state = 'pending' ORDER BY created_at LIMIT ${COUNTED}`;
  const failure = `SELECT last_error_at, last_error FROM ${seen} WHERE channel = $1 AND last_error_at IS NOT NULL ORDER BY last_error_at DESC LIMIT 1`;
  const row = await tx.one<Counts>(
    `SELECT w.n AS "pendingCount", w.oldest AS "oldestPendingAt", ${recent('delivered')} AS "deliveredCount", ${recent('failed')} AS "failedCount",
            (SELECT delivered_at FROM ${seen} WHERE channel = $1 AND delivered_at IS NOT NULL ORDER BY delivered_at DESC LIMIT 1) AS "lastDeliveredAt",
            f.last_error_at AS "lastErrorAt", f.last_error AS "lastError"
       FROM (SELECT count(*)::int AS n, min(created_at) AS oldest FROM (${waiting}) o) w LEFT JOIN (${failure}) f ON true`,
    parameters,
  );
  return row!;
}

const testsOf = (tx: Transaction, channelId: string, userId: string): Promise<ChannelTest[]> =>
  tx.query<ChannelTest>(
    `SELECT id, created_at AS "askedAt", state, delivered_at AS "deliveredAt", attempts, last_error AS error
       FROM deliveries WHERE topic = 'test' AND user_id = $2 AND channel = $1 ORDER BY created_at DESC LIMIT ${TESTS_SHOWN}`,
    [channelId, userId],
  );
