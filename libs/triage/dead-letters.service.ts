import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';

export const DEAD_LETTER_EVENTS = { replayed: 'deadLetter.replayed' } as const;

/** What a stage could not work on after several tries, out of the way and not lost (design, invariant 10). */
export interface DeadLetter {
  id: string;
  stage: string;
  subject: string;
  title: string | null;
  code: string;
  message: string;
  attempts: number;
  firstAt: Date;
  lastAt: Date;
  replayedAt: Date | null;
}

/** Dead letters of items that the caller may see, and their replay. */
@Injectable()
export class DeadLettersService {
  async list(tx: Transaction, page: { limit: number; after?: { at: string; id: string } }): Promise<DeadLetter[]> {
    const parameters: unknown[] = [];
    const items = tx.visible('items', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const after =
      page.after === undefined
        ? ''
        : `WHERE (d.last_at, d.id) < (${bind(page.after.at)}::timestamptz, ${bind(page.after.id)}::uuid)`;
    return tx.query<DeadLetter>(
      `SELECT d.id, d.stage, d.subject_ref AS subject, i.title, d.code, d.message, d.attempts, d.first_at AS "firstAt", d.last_at AS "lastAt", d.replayed_at AS "replayedAt"
         FROM dead_letters d JOIN ${items} i ON i.id::text = d.subject_ref ${after} ORDER BY d.last_at DESC, d.id DESC LIMIT ${bind(page.limit)}`,
      parameters,
    );
  }

  /** Gives the items back to their stage; answers the ids of the letters that were replayed. What is not seen is not replayed. */
  async replay(tx: Transaction, ids: readonly string[], actor: Actor): Promise<string[]> {
    const parameters: unknown[] = [];
    const items = tx.visible('items', parameters);
    const letters = await tx.query<{ id: string; subject: string }>(
      `SELECT d.id, d.subject_ref AS subject FROM dead_letters d JOIN ${items} i ON i.id::text = d.subject_ref
        WHERE d.id = ANY($${parameters.push(ids)}::uuid[]) AND i.state = 'quarantined' ORDER BY d.id`,
      parameters,
    );
    if (letters.length === 0) return [];
    await tx.query(
      `UPDATE items SET state = 'received', attempts = 0, claimed_until = NULL WHERE id = ANY($1::uuid[]) AND state = 'quarantined'`,
      [letters.map(({ subject }) => subject)],
    );
    const at = await tx.now();
    await tx.query('UPDATE dead_letters SET replayed_at = $2 WHERE id = ANY($1::uuid[])', [
      letters.map(({ id }) => id),
      at,
    ]);
    await appendLedger(
      tx,
      letters.map(({ id, subject }) => ({
        type: DEAD_LETTER_EVENTS.replayed,
        at,
        actor,
        subjectId: id,
        payload: { item: subject },
      })),
    );
    return letters.map(({ id }) => id);
  }
}
