import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { TRIAGE_EVENTS } from './contract.js';

/** A risk note as an analyst writes it. */
export interface WatchDraft {
  title: string;
  words: string[];
  places: string[];
  startsAt: Date;
  endsAt: Date;
  /** What may come of it. */
  risks: string;
  /** What the office would say; it stands with the incident as soon as there is one. */
  wording: string;
  bodyId: string | null;
}

export interface Watch extends WatchDraft {
  id: string;
  jurisdiction: string;
  state: 'open' | 'closed';
  createdBy: string;
  createdAt: Date;
  version: number;
  hitCount: number;
  incidents: { id: string; number: string; title: string }[];
}

const COLUMNS = `w.id, w.jurisdiction, w.title, w.words, w.places, w.starts_at AS "startsAt", w.ends_at AS "endsAt", w.risks, w.wording, w.body_id AS "bodyId",
  w.state, w.created_by AS "createdBy", w.created_at AS "createdAt", w.version`;
const MAX_LISTED = 200;
const MAX_INCIDENTS = 20;

/** Watches before a policy or an event (R9, R10). */
@Injectable()
export class WatchesService {
  async list(tx: Transaction): Promise<Watch[]> {
    const parameters: unknown[] = [];
    const watches = tx.visible('watches', parameters);
    const hits = tx.visible('watch_hits', parameters);
    return tx.query(
      `SELECT ${COLUMNS}, (SELECT count(*)::int FROM ${hits} h WHERE h.watch_id = w.id) AS "hitCount",
              coalesce((SELECT jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number, 'title', i.title)) FROM
                (SELECT DISTINCT i.id, i.number, i.title FROM ${hits} h JOIN incidents i ON i.id = h.incident_id WHERE h.watch_id = w.id ORDER BY i.number DESC LIMIT ${MAX_INCIDENTS}) i), '[]') AS incidents
         FROM ${watches} w ORDER BY w.state = 'open' DESC, w.ends_at DESC LIMIT ${MAX_LISTED}`,
      parameters,
    );
  }

  async open(tx: Transaction, draft: WatchDraft & { jurisdiction: string; actor: Actor }): Promise<string> {
    checkPeriod(draft);
    const id = newId();
    await tx.query(
      `INSERT INTO watches (id, jurisdiction, title, words, places, starts_at, ends_at, risks, wording, body_id, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [id, draft.jurisdiction, ...valuesOf(draft), draft.actor.name],
    );
    await this.record(tx, TRIAGE_EVENTS.watchOpened, id, draft);
    return id;
  }

  /** Changes a watch, or closes it. What it has met stays. */
  async change(
    tx: Transaction,
    change: { id: string; expectedVersion: number; draft: WatchDraft; state: 'open' | 'closed'; actor: Actor },
  ): Promise<number> {
    const parameters: unknown[] = [];
    const watches = tx.visible('watches', parameters);
    const seen = await tx.one<{ version: number }>(
      `SELECT w.version FROM ${watches} w WHERE w.id = $${parameters.push(change.id)}`,
      parameters,
    );
    if (seen === undefined) throw new DomainError('WATCH_NOT_FOUND', 404, 'no such watch');
    checkPeriod(change.draft);
    const row = await tx.one<{ version: number }>(
      `UPDATE watches SET title = $3, words = $4, places = $5, starts_at = $6, ends_at = $7, risks = $8, wording = $9, body_id = $10, state = $11, version = version + 1
        WHERE id = $1 AND version = $2 RETURNING version`,
      [change.id, change.expectedVersion, ...valuesOf(change.draft), change.state],
    );
    if (row === undefined)
      throw new DomainError('VERSION_CONFLICT', 412, 'the watch has changed since it was read', {
        expected: change.expectedVersion,
        actual: seen.version,
      });
    await this.record(tx, TRIAGE_EVENTS.watchChanged, change.id, {
      ...change.draft,
      actor: change.actor,
      state: change.state,
    });
    return row.version;
  }

  private async record(
    tx: Transaction,
    type: string,
    id: string,
    { actor, ...watch }: WatchDraft & { actor: Actor; state?: string },
  ): Promise<void> {
    await appendLedger(tx, [{ type, at: await tx.now(), actor, subjectId: id, payload: { ...watch } }]);
  }
}

const valuesOf = (draft: WatchDraft): unknown[] => [
  draft.title,
  draft.words,
  draft.places,
  draft.startsAt,
  draft.endsAt,
  draft.risks,
  draft.wording,
  draft.bodyId,
];

function checkPeriod({ startsAt, endsAt }: WatchDraft): void {
  if (endsAt <= startsAt) throw new DomainError('WATCH_PERIOD', 422, 'a watch must end after it begins', {}, 'endsAt');
}
