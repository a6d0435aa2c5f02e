import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import { nextState, statesFor } from '#kernel/state-table.js';
import { officeYear } from '#kernel/time.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { Incidents } from '#triage/contract.js';
import { channelOf } from './channels.store.js';
import { evidenceOf, insertEvidence } from './evidence.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { STATEMENT_STATES, type StatementAct } from './rules/statement-states.js';
import {
  findStatement,
  insertStatement,
  type Statement,
  type StatementElement,
  updateStatement,
} from './statements.store.js';

export interface StatementDraft {
  bodyId: string;
  kind: string;
  title: string;
  body: string;
  cause: StatementElement;
  solution: StatementElement;
  constraints: StatementElement;
  competentBodyId: string | null;
  speaker: Statement['speaker'];
  corrects?: string;
  nextUpdateAt?: Date;
}

interface StatementDecision {
  statementId: string;
  expectedVersion?: number;
  actor: Actor;
}

/** The gates through which a draft goes before it may be published, in this order (R40–R44, PB18 二(八)). */
export const REVIEW_GATES = ['competentBody', 'secrecy', 'approver'] as const;
export type ReviewGate = (typeof REVIEW_GATES)[number];

/** Drafts, review and publication of statements. Nothing goes out unreviewed, and no role can pass a gate for another (R40). */
@Injectable()
export class StatementsService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  async draft(
    tx: Transaction,
    incidentId: string,
    draft: StatementDraft,
    actor: Actor,
  ): Promise<{ id: string; number: string }> {
    const incident = await this.incidents.lock(tx, incidentId);
    if (draft.competentBodyId === null)
      throw new DomainError(
        'COMPETENT_BODY_MISSING',
        422,
        'a statement names the competent body whose information it gives (PB18 一(五))',
        {},
        'competentBodyId',
      );
    if (!incident.bodyIds.includes(draft.bodyId))
      throw new DomainError('BODY_NOT_INVOLVED', 422, `${draft.bodyId} takes no part in this incident`, {}, 'bodyId');
    if (draft.corrects !== undefined) await refuseCorrection(tx, draft.corrects, incidentId);
    const now = await tx.now();
    const number = await nextNumber(tx, `${this.directory.city.numberPrefix}信〔${officeYear(now)}〕`);
    const id = await insertStatement(tx, {
      ...draft,
      number,
      incidentId,
      corrects: draft.corrects ?? null,
      nextUpdateAt: draft.nextUpdateAt ?? null,
      createdBy: actor.id,
    });
    await this.record(tx, RESPONSE_EVENTS.statementDrafted, now, incidentId, id, actor, {
      number,
      title: draft.title,
      bodyId: draft.bodyId,
      ...(draft.corrects === undefined ? {} : { corrects: draft.corrects }),
    });
    return { id, number };
  }

  /** Edits a draft; a rejected one becomes a draft again. */
  async edit(tx: Transaction, decision: StatementDecision & { change: Partial<StatementDraft> }): Promise<number> {
    const statement = await this.lock(tx, decision, 'edit');
    const now = await tx.now();
    const { title, body, cause, solution, constraints, competentBodyId, speaker, nextUpdateAt } = decision.change;
    const version = await updateStatement(tx, statement, {
      state: 'draft',
      gates: {},
      editor: { userId: decision.actor.id, name: decision.actor.name, since: now.toISOString() },
      ...(title === undefined ? {} : { title }),
      ...(body === undefined ? {} : { body }),
      ...(cause === undefined ? {} : { cause }),
      ...(solution === undefined ? {} : { solution }),
      ...(constraints === undefined ? {} : { constraints }),
      ...(competentBodyId === undefined ? {} : { competentBodyId }),
      ...(speaker === undefined ? {} : { speaker }),
      ...(nextUpdateAt === undefined ? {} : { nextUpdateAt }),
    });
    await this.record(tx, RESPONSE_EVENTS.statementEdited, now, statement.incidentId, statement.id, decision.actor, {
      fields: Object.keys(decision.change),
    });
    return version;
  }

  async submit(tx: Transaction, decision: StatementDecision): Promise<number> {
    const statement = await this.lock(tx, decision, 'submit');
    for (const element of ['cause', 'solution', 'constraints'] as const) {
      const { text, notApplicableReason } = statement[element];
      if ((text ?? '').trim() === '' && (notApplicableReason ?? '').trim() === '')
        throw new DomainError(
          'ELEMENT_MISSING',
          422,
          `${element} is neither filled nor marked as not applicable with a reason (YW18 二(四))`,
          { element },
          element,
        );
    }
    const version = await updateStatement(tx, statement, { state: 'submitted', gates: {} });
    await this.record(
      tx,
      RESPONSE_EVENTS.statementSubmitted,
      await tx.now(),
      statement.incidentId,
      statement.id,
      decision.actor,
      {},
    );
    return version;
  }

  /** Passes one gate. The gates are passed in order, none by the author; the last one approves. */
  async approve(tx: Transaction, decision: StatementDecision & { gate: ReviewGate; note?: string }): Promise<number> {
    const statement = await this.lock(tx, decision, 'passGate');
    const next = REVIEW_GATES.find((gate) => statement.gates[gate] === undefined);
    if (decision.gate !== next)
      throw new DomainError('GATE_ORDER', 409, `the next gate is ${next ?? 'none'}`, { next, asked: decision.gate });
    if (statement.createdBy === decision.actor.id && decision.gate !== 'competentBody')
      throw new DomainError('OWN_DRAFT', 403, 'the author of a draft can’t pass this gate for it (PB18 二(八))', {
        gate: decision.gate,
      });
    const now = await tx.now();
    const gates = {
      ...statement.gates,
      [decision.gate]: {
        by: decision.actor.name,
        at: now.toISOString(),
        result: 'passed',
        ...(decision.note === undefined ? {} : { note: decision.note }),
      },
    };
    const last = decision.gate === 'approver';
    const version = await updateStatement(tx, statement, {
      gates,
      state: last ? 'approved' : 'reviewed',
      ...(last ? { approvedBy: decision.actor.id, approvedAt: now } : {}),
    });
    const type = last ? RESPONSE_EVENTS.statementApproved : RESPONSE_EVENTS.statementReviewed;
    await this.record(tx, type, now, statement.incidentId, statement.id, decision.actor, { gate: decision.gate });
    return version;
  }

  async reject(tx: Transaction, decision: StatementDecision & { reason: string }): Promise<number> {
    const statement = await this.lock(tx, decision, 'reject');
    const version = await updateStatement(tx, statement, { state: 'rejected', gates: {} });
    await this.record(
      tx,
      RESPONSE_EVENTS.statementRejected,
      await tx.now(),
      statement.incidentId,
      statement.id,
      decision.actor,
      {},
      decision.reason,
    );
    return version;
  }

  /**
   * Files the address at which an approved statement stands. The clock stops when the page has been fetched and hashed,
   * at the proven time of publication, and never later than this filing (design, invariant 7).
   */
  async publish(
    tx: Transaction,
    decision: StatementDecision & { url: string; publishedAt?: Date },
  ): Promise<{ evidenceId: string; version: number }> {
    const statement = await this.lock(tx, decision, 'fileEvidence');
    const now = await tx.now();
    if (decision.publishedAt !== undefined && decision.publishedAt > now)
      throw new DomainError(
        'PUBLICATION_IN_FUTURE',
        422,
        'a publication can’t lie in the future (domain 3.8)',
        {},
        'publishedAt',
      );
    const channel = await channelOf(tx, decision.url);
    if (channel === undefined)
      throw new DomainError(
        'CHANNEL_NOT_REGISTERED',
        422,
        'the address is not on a registered official channel (R49, NT19 Art.17)',
        {},
        'url',
      );
    const filed = await evidenceOf(tx, statement.incidentId);
    const same = filed.find(
      (evidence) =>
        evidence.statementId === statement.id && evidence.url === decision.url && evidence.state !== 'refused',
    );
    if (same !== undefined) return { evidenceId: same.id, version: statement.version };
    const evidenceId = await insertEvidence(tx, {
      incidentId: statement.incidentId,
      statementId: statement.id,
      bodyId: statement.bodyId,
      kind: channel.kind,
      channelId: channel.id,
      url: decision.url,
      title: statement.title,
      publishedAt: decision.publishedAt ?? null,
      filedAt: now,
      filedBy: decision.actor.id,
      state: 'pending',
      speakers: statement.speaker === null ? [] : [statement.speaker],
    });
    await this.record(tx, RESPONSE_EVENTS.evidenceFiled, now, statement.incidentId, evidenceId, decision.actor, {
      url: decision.url,
      channel: channel.name,
      statementId: statement.id,
    });
    return { evidenceId, version: statement.version };
  }

  private async lock(tx: Transaction, decision: StatementDecision, act: StatementAct): Promise<Statement> {
    const seen = await findStatement(tx, decision.statementId);
    await this.incidents.lock(tx, seen.incidentId);
    const statement = await findStatement(tx, decision.statementId);
    if (decision.expectedVersion !== undefined && decision.expectedVersion !== statement.version)
      throw new DomainError('VERSION_CONFLICT', 412, 'the statement has changed since it was read', {
        actual: statement.version,
      });
    if (nextState(STATEMENT_STATES, statement.state, act) === undefined)
      throw new DomainError('STATEMENT_STATE', 409, `a statement that is ${statement.state} can't do this`, {
        state: statement.state,
        act,
        needs: statesFor(STATEMENT_STATES, act),
      });
    return statement;
  }

  private record(
    tx: Transaction,
    type: string,
    at: Date,
    incidentId: string,
    subjectId: string,
    actor: Actor,
    payload: Record<string, unknown>,
    reason?: string,
  ): Promise<string[]> {
    return appendLedger(tx, [
      { type, at, actor, incidentId, subjectId, payload, ...(reason === undefined ? {} : { reason }) },
    ]);
  }
}

/** A correction names a published statement of the same incident; both stay visible (NT19 Art.7, R46). */
async function refuseCorrection(tx: Transaction, id: string, incidentId: string): Promise<void> {
  const original = await findStatement(tx, id);
  if (original.incidentId !== incidentId || original.state !== 'published')
    throw new DomainError(
      'NOTHING_TO_CORRECT',
      422,
      'only a published statement of the same incident is corrected (NT19 Art.7)',
      { clause: 'NT19 Art.7', state: original.state },
      'corrects',
    );
}
