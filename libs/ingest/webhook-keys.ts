import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS } from './contract.js';
import { findSource } from './sources.store.js';

/** A source that may sign its messages (Standard Webhooks), and the keys that hold now: the newest, and the one before it. */
export interface SigningSource {
  id: string;
  name: string;
  jurisdiction: string;
  keys: string[];
}

const KEY_BYTES = 32;
/** Two keys hold at a time, so that a sender can change over without losing a message. */
const KEYS_HELD = 2;

/** Makes a new key of a source and returns it, to be shown once. The key before it holds until the next change. 404 out of scope. */
export async function rotateWebhookKey(tx: Transaction, actor: Actor, sourceId: string): Promise<string> {
  const source = await findSource(tx, sourceId);
  const key = `whsec_${randomBytes(KEY_BYTES).toString('base64')}`;
  const before = await tx.one<{ secret: string | null }>('SELECT secret FROM sources WHERE id = $1 FOR UPDATE', [
    source.id,
  ]);
  const keys = [key, ...(before?.secret ?? '').split(' ')].filter((held) => held !== '').slice(0, KEYS_HELD);
  await tx.query('UPDATE sources SET secret = $2, version = version + 1 WHERE id = $1', [source.id, keys.join(' ')]);
  const payload = { webhookKeyMade: true };
  await appendLedger(tx, [
    { type: INGEST_EVENTS.sourceChanged, at: await tx.now(), actor, subjectId: source.id, payload },
  ]);
  return key;
}

/** The keys of an active source, or undefined when it has none. Needs a transaction for `administration`: nobody is known yet. */
export async function signingSource(tx: Transaction, sourceId: string): Promise<SigningSource | undefined> {
  const row = await tx.one<{ id: string; name: string; jurisdiction: string; secret: string }>(
    `SELECT id, name, jurisdiction, secret FROM sources WHERE id = $1 AND secret IS NOT NULL AND state = 'active'`,
    [sourceId],
  );
  return row === undefined
    ? undefined
    : { id: row.id, name: row.name, jurisdiction: row.jurisdiction, keys: row.secret.split(' ') };
}

/** True when one of the keys signed these very bytes within five minutes of now. */
export function isSigned(keys: readonly string[], headers: Record<string, string>, rawBody: Buffer): boolean {
  return keys.some((key) => {
    try {
      new Webhook(key).verify(rawBody.toString('utf8'), headers);
      return true;
    } catch {
      return false;
    }
  });
}
