import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { TRIAGE_EVENTS } from './contract.js';
import { DecisionsService } from './decisions.service.js';
import { IncidentsStore } from './incidents.store.js';

/**
 * What may be done to many proposals at once: putting them away. Confirming starts clocks and is done one by one (design,
 * section 1, restraint).
 */
export type BulkDecision =
  | { kind: 'reject'; reason: string; outOfArea: boolean }
  | { kind: 'snooze'; until: Date; heatsUp: boolean; reason?: string };

export interface BulkResult {
  id: string;
  ok: boolean;
  version: number | null;
  /** Stable code and sentence of a refusal. */
  code: string | null;
  detail: string | null;
}

/** How long a decision in bulk can be taken back, by the clock of the database. */
const UNDO_SECONDS = 10;

interface StoredBulk {
  kind: BulkDecision['kind'];
  items: { id: string; version: number }[];
  undone: boolean;
  open: boolean;
}

/** Decisions on many proposals: each is decided by itself, and all of them can be taken back for ten seconds. */
@Injectable()
export class BulkService {
  constructor(
    private readonly decisions: DecisionsService,
    private readonly store: IncidentsStore,
  ) {}

  async decide(
    tx: Transaction,
    bulk: { decision: BulkDecision; items: { id: string; version: number }[]; actor: Actor },
  ): Promise<{ id: string; undoUntil: Date; results: BulkResult[] }> {
    const results: BulkResult[] = [];
    for (const item of bulk.items)
      results.push(await this.each(tx, item, () => this.decideOne(tx, item, bulk.decision, bulk.actor)));
    const done = results.flatMap(({ id, ok, version }) => (ok ? [{ id, version: version! }] : []));
    const id = newId();
    const now = await tx.now();
    const undoUntil = new Date(now.getTime() + UNDO_SECONDS * 1_000);
    await tx.query(
      'INSERT INTO bulk_decisions (id, kind, by_user, at, undo_until, items) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, bulk.decision.kind, bulk.actor.id, now, undoUntil, JSON.stringify(done)],
    );
    await appendLedger(tx, [
      {
        type: TRIAGE_EVENTS.bulkDecided,
        at: now,
        actor: bulk.actor,
        subjectId: id,
        ...(bulk.decision.reason === undefined ? {} : { reason: bulk.decision.reason }),
        payload: { kind: bulk.decision.kind, done: done.length, refused: results.length - done.length },
      },
    ]);
    return { id, undoUntil, results };
  }

  /** Takes back what nobody has touched since; the others say why they stay. */
  async undo(tx: Transaction, { id, actor }: { id: string; actor: Actor }): Promise<{ results: BulkResult[] }> {
    const bulk = await tx.one<StoredBulk>(
      `SELECT kind, items, undone_at IS NOT NULL AS undone, undo_until > huiying_now() AS open FROM bulk_decisions WHERE id = $1 AND by_user = $2 FOR UPDATE`,
      [id, actor.id],
    );
    if (bulk === undefined) throw new DomainError('BULK_NOT_FOUND', 404, 'no such decision of yours');
    if (bulk.undone) throw new DomainError('BULK_UNDONE', 409, 'this decision was taken back already');
    if (!bulk.open)
      throw new DomainError('UNDO_TOO_LATE', 409, `a decision can be taken back for ${UNDO_SECONDS} seconds`, {
        seconds: UNDO_SECONDS,
      });
    const results: BulkResult[] = [];
    for (const item of bulk.items) results.push(await this.each(tx, item, () => this.undoOne(tx, item, actor)));
    const now = await tx.now();
    await tx.query('UPDATE bulk_decisions SET undone_at = $2 WHERE id = $1', [id, now]);
    await appendLedger(tx, [
      {
        type: TRIAGE_EVENTS.bulkUndone,
        at: now,
        actor,
        subjectId: id,
        payload: { kind: bulk.kind, undone: results.filter(({ ok }) => ok).length },
      },
    ]);
    return { results };
  }

  /** One item in a savepoint of its own: a refusal undoes nothing but itself. */
  private async each(tx: Transaction, item: { id: string }, work: () => Promise<number>): Promise<BulkResult> {
    await tx.query('SAVEPOINT one_of_many');
    try {
      const version = await work();
      await tx.query('RELEASE SAVEPOINT one_of_many');
      return { id: item.id, ok: true, version, code: null, detail: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT one_of_many');
      return { id: item.id, ok: false, version: null, code: error.code, detail: error.message };
    }
  }

  private async decideOne(
    tx: Transaction,
    item: { id: string; version: number },
    decision: BulkDecision,
    actor: Actor,
  ): Promise<number> {
    const incident = await this.store.lock(tx, item.id, item.version);
    if (incident.state !== 'proposed')
      throw new DomainError('INCIDENT_STATE', 409, 'only a proposal is decided in bulk', { from: incident.state });
    const of = { incidentId: item.id, expectedVersion: item.version, actor };
    const why = decision.reason === undefined ? {} : { reason: decision.reason };
    return decision.kind === 'reject'
      ? this.decisions.reject(tx, { ...of, ...why, as: decision.outOfArea ? 'outOfArea' : 'rejected' })
      : this.decisions.snooze(tx, { ...of, ...why, until: decision.until, heatsUp: decision.heatsUp });
  }

  private async undoOne(tx: Transaction, item: { id: string; version: number }, actor: Actor): Promise<number> {
    const incident = await this.store.lock(tx, item.id, item.version);
    const version = await this.store.update(tx, incident.id, {
      state: 'proposed',
      snoozedUntil: null,
      snoozedHeat: null,
      closedAt: null,
    });
    await appendLedger(tx, [
      {
        type: TRIAGE_EVENTS.undone,
        at: await tx.now(),
        actor,
        incidentId: incident.id,
        subjectId: incident.id,
        payload: { from: incident.state, snoozedUntil: incident.snoozedUntil?.toISOString() ?? null },
      },
    ]);
    return version;
  }
}
