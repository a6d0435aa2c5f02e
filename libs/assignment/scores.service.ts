import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { learnScores } from './rules/learn-scores.js';
import { proposeRouting } from './rules/routing/propose-routing.js';
import type { LearntScores, RoutingProposal } from './rules/routing/types.js';
import {
  insertScores,
  type PastAssignment,
  pastAssignments,
  type ScoresVersion,
  scoresOf,
  switchScores,
} from './scores.store.js';

/** Fewer cases than this say nothing; a fifth of them, the latest, are kept apart to see whether learning helps (judgement). */
const MIN_HISTORY = 20;
const HELD_BACK = 0.2;

/** Learns scores of matters from past assignments, keeps each result as a version, and switches one on or all off. */
@Injectable()
export class ScoresService {
  constructor(private readonly directory: Directory) {}

  /** Computes a new version from the history in scope. It is not used before somebody switches it on. */
  async learn(tx: Transaction, actor: Actor): Promise<ScoresVersion> {
    const history = await pastAssignments(tx);
    if (history.length < MIN_HISTORY)
      throw new DomainError('NOTHING_TO_LEARN', 409, 'too few past assignments', {
        cases: history.length,
        needed: MIN_HISTORY,
      });
    const cut = Math.floor(history.length * (1 - HELD_BACK));
    const [early, late] = [history.slice(0, cut), history.slice(cut)];
    const trial = scoresOf(this.learnFrom(early));
    const adjustments = this.learnFrom(history);
    const createdAt = await tx.now();
    const version = `routing-scores-${createdAt.toISOString().replace(/[-:]/g, '').slice(0, 15)}`;
    const row = {
      version,
      adjustments,
      report: {
        cases: history.length,
        heldBack: late.length,
        leadTop1Before: this.hits(late),
        leadTop1After: this.hits(late, trial),
      },
      createdBy: actor.name,
      createdAt,
    };
    await insertScores(tx, row);
    await appendLedger(tx, [
      { type: ASSIGNMENT_EVENTS.scoresLearnt, at: createdAt, actor, subjectId: version, payload: row.report },
    ]);
    return { ...row, state: 'off' };
  }

  /** Makes a version the active one; null switches learning off. */
  async switch(tx: Transaction, version: string | null, actor: Actor): Promise<void> {
    if (!(await switchScores(tx, version)))
      throw new DomainError('ADJUSTMENT_NOT_FOUND', 404, 'no such version', {}, 'version');
    const at = await tx.now();
    await appendLedger(tx, [
      { type: ASSIGNMENT_EVENTS.scoresSwitched, at, actor, subjectId: version ?? 'off', payload: { version } },
    ]);
  }

  private learnFrom(history: readonly PastAssignment[]) {
    return learnScores(
      history.map((past) => ({
        words: this.route(past).matched.map(({ word, code }) => ({ word, code })),
        leadCode: past.leadCode,
        returnedCodes: past.returnedCodes,
      })),
    );
  }

  private hits(history: readonly PastAssignment[], learnt?: LearntScores): number {
    const right = history.filter((past) => this.route(past, learnt).lead?.code === past.leadCode).length;
    return history.length === 0 ? 0 : right / history.length;
  }

  private route(past: PastAssignment, learnt?: LearntScores): RoutingProposal {
    return proposeRouting(
      {
        text: past.text,
        hotlineArea: past.area,
        feedRegion: past.region,
        categories: [past.category],
        now: past.at,
        ...(learnt === undefined ? {} : { learnt }),
      },
      this.directory.city,
    );
  }
}
