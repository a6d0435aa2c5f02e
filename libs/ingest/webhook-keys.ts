import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Database, Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import type { Vault } from '#platform/seal/vault.js';
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
/** The first byte of keys that were kept before they were sealed (migration 0045). */
const IN_CLEAR = 0;

/** Whoever verifies a signature needs the key itself, so keys are sealed and no hash would do. */
export class WebhookKeys {
  constructor(private readonly vault: Vault) {}

  /** Makes a new key of a source and returns it, to be shown once. The key before it holds until the next change. 404 out of scope. */
  async rotate(tx: Transaction, actor: Actor, sourceId: string): Promise<string> {
    const source = await findSource(tx, sourceId);
    const key = `whsec_${randomBytes(KEY_BYTES).toString('base64')}`;
    const before = await tx.one<{ kept: Buffer | null }>(
      'SELECT webhook_keys AS kept FROM sources WHERE id = $1 FOR UPDATE',
      [source.id],
    );
    const held = before?.kept == null ? [] : (this.opened(source.id, before.kept) ?? []);
    await tx.query('UPDATE sources SET webhook_keys = $2, version = version + 1 WHERE id = $1', [
      source.id,
      this.seal(source.id, [key, ...held].slice(0, KEYS_HELD)),
    ]);
    const payload = { webhookKeyMade: true };
    await appendLedger(tx, [
      { type: INGEST_EVENTS.sourceChanged, at: await tx.now(), actor, subjectId: source.id, payload },
    ]);
    return key;
  }

  /** The keys of an active source, or undefined when it has none. Needs a transaction for `administration`: nobody is known yet. */
  async signingSource(tx: Transaction, sourceId: string): Promise<SigningSource | undefined> {
    const row = await tx.one<{ id: string; name: string; jurisdiction: string; kept: Buffer }>(
      `SELECT id, name, jurisdiction, webhook_keys AS kept FROM sources WHERE id = $1 AND webhook_keys IS NOT NULL AND state = 'active'`,
      [sourceId],
    );
    if (row === undefined) return undefined;
    const { kept, ...source } = row;
    return { ...source, keys: this.open(source.id, kept) };
  }

  /** Seals what stands in the clear or under an older key of the settings. Returns how many sources; senders notice nothing. */
  async sealAnew(database: Database): Promise<number> {
    return database.asSystem(async (tx) => {
      const newest = Buffer.from(this.vault.keyId, 'hex');
      const rows = await tx.query<{ id: string; kept: Buffer }>(
        `SELECT id, webhook_keys AS kept FROM sources
          WHERE webhook_keys IS NOT NULL AND (get_byte(webhook_keys, 0) = ${IN_CLEAR} OR substring(webhook_keys FROM 2 FOR $2) <> $1)
          ORDER BY id LIMIT 500 FOR UPDATE`,
        [newest, newest.length],
      );
      // Seen by nobody as a change of the source: what it may do is the same as before.
      let sealed = 0;
      for (const { id, kept } of rows) {
        const keys = this.opened(id, kept);
        if (keys === undefined) continue;
        await tx.query('UPDATE sources SET webhook_keys = $2 WHERE id = $1', [id, this.seal(id, keys)]);
        sealed += 1;
      }
      return sealed;
    });
  }

  private seal(sourceId: string, keys: readonly string[]): Buffer {
    return this.vault.seal(keys.join(' '), contextOf(sourceId));
  }

  /** Undefined when the key of the settings that sealed them is gone: the source needs a new one, and nobody else waits for that. */
  private opened(sourceId: string, kept: Buffer): string[] | undefined {
    try {
      return this.open(sourceId, kept);
    } catch {
      return undefined;
    }
  }

  private open(sourceId: string, kept: Buffer): string[] {
    const text = kept[0] === IN_CLEAR ? kept.subarray(1) : this.vault.open(kept, contextOf(sourceId));
    return text.toString('utf8').split(' ');
  }
}

const contextOf = (sourceId: string): string => `${sourceId} webhook`;

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
