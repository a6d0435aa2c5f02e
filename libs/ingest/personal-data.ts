import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Database, Transaction } from '#platform/database/database.js';
import type { Scope } from '#platform/database/scope.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import type { Vault } from '#platform/seal/vault.js';
import { INGEST_EVENTS } from './contract.js';

/** What was masked in an item, in the clear: shown only to who says why, and every time recorded. */
export interface RevealedPiece {
  kind: string;
  value: string;
}

/** Personal data as it is kept. */
export interface SealedPiece {
  itemId: string;
  kind: string;
  ciphertext: Buffer;
  lookupHash: string;
}

const DAY_MS = 86_400_000;
const PURGE_ROWS = 5_000;

/** The clear form of personal data: sealed apart from the item, kept no longer than its retention (PIPL Art.19, 47). */
export class PersonalData {
  constructor(
    readonly vault: Vault,
    private readonly retentionDays: number,
  ) {}

  /** Seals the personal data of an item that will be stored under this id. */
  seal(itemId: string, personal: readonly { kind: string; value: string }[]): SealedPiece[] {
    return personal.map(({ kind, value }) => ({
      itemId,
      kind,
      ciphertext: this.vault.seal(value, `${itemId} ${kind}`),
      lookupHash: this.vault.lookup(kind, value),
    }));
  }

  /** Keeps sealed pieces of items that were just stored. */
  async save(tx: Transaction, pieces: readonly SealedPiece[], receivedAt: Date): Promise<void> {
    if (pieces.length === 0) return;
    await tx.query(
      `INSERT INTO personal_data (id, item_id, kind, ciphertext, lookup_hash, key_id, expires_at)
       SELECT p.id, p.item_id, p.kind, p.ciphertext, p.lookup_hash, $6, $7 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::text[]) AS p(id, item_id, kind, ciphertext, lookup_hash)`,
      [
        pieces.map(() => newId()),
        pieces.map((piece) => piece.itemId),
        pieces.map((piece) => piece.kind),
        pieces.map((piece) => piece.ciphertext),
        pieces.map((piece) => piece.lookupHash),
        this.vault.keyId,
        new Date(receivedAt.getTime() + this.retentionDays * DAY_MS),
      ],
    );
  }

  /** Unseals the personal data of one visible item. The ledger names who, which item and the ground, never a value. */
  async reveal(
    database: Database,
    { scope, actor }: { scope: Scope; actor: Actor },
    { itemId, reason }: { itemId: string; reason: string },
  ): Promise<RevealedPiece[]> {
    return database.inScope({ ...scope, purpose: 'reveal' }, async (tx) => {
      const parameters: unknown[] = [];
      const items = tx.visible('items', parameters);
      const item = await tx.one(`SELECT m.id FROM ${items} m WHERE m.id = $${parameters.push(itemId)}`, parameters);
      if (item === undefined) throw new DomainError('ITEM_NOT_FOUND', 404, 'no such item');
      const rows = await tx.query<{ kind: string; ciphertext: Buffer }>(
        'SELECT kind, ciphertext FROM personal_data WHERE item_id = $1 AND (expires_at IS NULL OR expires_at > huiying_now()) ORDER BY id',
        [itemId],
      );
      const payload = { pieces: rows.length, kinds: [...new Set(rows.map((row) => row.kind))] };
      await appendLedger(tx, [
        { type: INGEST_EVENTS.personalDataRevealed, at: await tx.now(), actor, subjectId: itemId, reason, payload },
      ]);
      return rows.map(({ kind, ciphertext }) => ({
        kind,
        value: this.vault.open(ciphertext, `${itemId} ${kind}`).toString('utf8'),
      }));
    });
  }
}

/** Deletes what is past its time. Returns how many pieces; 0 when nothing more waits. */
export async function purgePersonalData(tx: Transaction, actor: Actor): Promise<number> {
  const gone = await tx.query<{ item_id: string }>(
    `DELETE FROM personal_data WHERE id = ANY(ARRAY(SELECT id FROM personal_data WHERE expires_at < huiying_now() LIMIT ${PURGE_ROWS})) RETURNING item_id`,
  );
  if (gone.length > 0)
    await appendLedger(tx, [
      {
        type: INGEST_EVENTS.personalDataPurged,
        at: await tx.now(),
        actor,
        payload: { pieces: gone.length, items: new Set(gone.map((row) => row.item_id)).size },
      },
    ]);
  return gone.length;
}
