import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { DeliveryChannel } from './contract.js';
import type { Notice } from './notice.js';
import type { WaitingNotice } from './notice-channel.js';

/** Writes notices down to be handed over; one that is there already stays as it is. */
export async function insertNotices(
  tx: Transaction,
  notices: readonly Notice[],
  channel: DeliveryChannel,
): Promise<void> {
  if (notices.length === 0) return;
  await tx.query(
    `INSERT INTO deliveries (id, idempotency_key, incident_id, topic, body_id, user_id, channel, title, text, state, created_at, next_attempt_at, drill)
     SELECT n.id, n.key, n.incident_id, n.topic, n.body_id, n.user_id, $11, n.title, n.text, 'pending', n.at, n.at, n.drill
       FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::boolean[], $10::uuid[]) AS n(id, key, incident_id, topic, body_id, title, text, at, drill, user_id)
     ON CONFLICT (idempotency_key) DO NOTHING`,
    [
      notices.map((n) => n.id ?? newId()),
      notices.map((n) => n.key),
      notices.map((n) => n.incidentId),
      notices.map((n) => n.topic),
      notices.map((n) => n.bodyId),
      notices.map((n) => n.title),
      notices.map((n) => n.text),
      notices.map((n) => n.at),
      notices.map((n) => n.drill),
      notices.map((n) => n.userId ?? null),
      channel,
    ],
  );
}

/** Takes waiting notices for a while, the longest waiting first; who dies with one leaves it to the next after `leaseSeconds`. */
export function claimWaiting(
  tx: Transaction,
  channels: readonly DeliveryChannel[],
  { limit, leaseSeconds }: { limit: number; leaseSeconds: number },
): Promise<WaitingNotice[]> {
  return tx.query<WaitingNotice>(
    `UPDATE deliveries d SET attempts = d.attempts + 1, next_attempt_at = huiying_now() + $3 * interval '1 second'
       FROM (SELECT id FROM deliveries WHERE state = 'pending' AND next_attempt_at <= huiying_now() AND channel = ANY ($1::text[])
              ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED) due
      WHERE d.id = due.id
      RETURNING d.id, d.idempotency_key AS key, d.channel, d.topic, d.body_id AS "bodyId", d.user_id AS "userId", d.title, d.text, d.drill, d.attempts AS attempt`,
    [channels, limit, leaseSeconds],
  );
}

/** What came of an attempt. `retryAt`: null when it is given up. */
export type Outcome = { arrived: true } | { arrived: false; reason: string; retryAt: Date | null };

/** Writes down what came of one's own attempts; a notice that somebody else has taken since is left alone. */
export async function saveOutcomes(
  tx: Transaction,
  outcomes: readonly { notice: WaitingNotice; outcome: Outcome }[],
): Promise<void> {
  await tx.query(
    `UPDATE deliveries d
        SET state = o.state, delivered_at = CASE o.state WHEN 'delivered' THEN huiying_now() END, next_attempt_at = o.retry_at,
            last_error = coalesce(o.reason, d.last_error), last_error_at = CASE WHEN o.reason IS NULL THEN d.last_error_at ELSE huiying_now() END
       FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::timestamptz[]) AS o(id, attempt, state, reason, retry_at)
      WHERE d.id = o.id AND d.state = 'pending' AND d.attempts = o.attempt`,
    [
      outcomes.map(({ notice }) => notice.id),
      outcomes.map(({ notice }) => notice.attempt),
      outcomes.map(({ outcome }) => stateOf(outcome)),
      outcomes.map(({ outcome }) => (outcome.arrived ? null : outcome.reason)),
      outcomes.map(({ outcome }) => (outcome.arrived ? null : outcome.retryAt)),
    ],
  );
}

const stateOf = (outcome: Outcome): 'delivered' | 'pending' | 'failed' => {
  if (outcome.arrived) return 'delivered';
  return outcome.retryAt === null ? 'failed' : 'pending';
};
