import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { type ChannelDescription, NOTICE_CHANNELS, NOTIFICATION_EVENTS } from './contract.js';
import { insertNotices } from './deliveries.store.js';
import { countedSince, secondsToWait } from './rules/test-limit.js';

/** Who tries a channel, and to whom the notice goes: the same person. */
export interface Tester {
  userId: string;
  actor: Actor;
}

/**
 * Puts a test notice to the caller on the way on which every notice goes. 404 `NOTICE_CHANNEL_NOT_FOUND`, 429
 * `TOO_MANY_CHANNEL_TESTS` with `retryAfterSeconds`. Needs a transaction for `administration`.
 */
export async function askForTest(
  tx: Transaction,
  channelId: string,
  tester: Tester,
): Promise<{ id: string; at: Date }> {
  const channel = NOTICE_CHANNELS.find(({ id }) => id === channelId);
  if (channel === undefined)
    throw new DomainError('NOTICE_CHANNEL_NOT_FOUND', 404, 'this installation has no such channel');
  // Two calls at once would both count before either has written.
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`channel test ${tester.userId}`]);
  const at = await tx.now();
  const wait = secondsToWait(await testsSince(tx, channel, tester.userId, countedSince(at)), at);
  if (wait > 0)
    throw new DomainError('TOO_MANY_CHANNEL_TESTS', 429, 'this channel was tried often just now; wait a while', {
      retryAfterSeconds: wait,
    });
  const id = newId();
  await insertNotices(
    tx,
    [
      {
        id,
        key: `test-${id}`,
        incidentId: null,
        bodyId: null,
        userId: tester.userId,
        topic: 'test',
        title: '【测试】通知渠道测试',
        text: '这是一条测试通知，收到即表示渠道可用，无需办理。',
        at,
        drill: false,
      },
    ],
    channel.id,
  );
  const payload = { channel: channel.id };
  await appendLedger(tx, [{ type: NOTIFICATION_EVENTS.testAsked, at, actor: tester.actor, subjectId: id, payload }]);
  return { id, at };
}

async function testsSince(tx: Transaction, channel: ChannelDescription, userId: string, since: Date): Promise<Date[]> {
  const rows = await tx.query<{ at: Date }>(
    `SELECT created_at AS at FROM deliveries WHERE topic = 'test' AND user_id = $1 AND channel = $2 AND created_at > $3 ORDER BY created_at DESC LIMIT 20`,
    [userId, channel.id, since],
  );
  return rows.map((row) => row.at);
}
