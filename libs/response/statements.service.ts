import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import { nextState, statesFor } from '#kernel/state-table.js';
import { officeYear } from '#kernel/time.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { Incidents } from '#triage/contract.js';
import { refuseHeld } from './draft-lease.service.js';
import { RESPONSE_EVENTS } from './events.js';
import { fileAddress } from './publication.js';
import { ResponsePolicy } from './response-policy.js';
import { STATEMENT_STATES, type StatementAct } from './rules/statement-states.js';
import { type GateDecision, passGate, PersonalDataReader } from './statement-review.js';
import { refuseCorrection, refusePastPromise, refuseSecondVoice, refuseWithoutSource } from './statement-refusals.js';
import {
  type Assessment,
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
  nextUpdateAt?: Date | null;
  assessment?: Assessment | null;
  /** For a body that is not the lead: the instruction of the government office by which it speaks too. */
  voiceOrder?: string;
}

interface StatementDecision {
  statementId: string;
  expectedVersion?: number;
  actor: Actor;
}

/** Drafts, review and publication of statements. Nothing goes out unreviewed, and no role can pass a gate for another (R40). */
@Injectable()
export class StatementsService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ResponsePolicy) private readonly policy: ResponsePolicy,
    @Inject(PersonalDataReader) private readonly personal: PersonalDataReader,
  ) {}

  async draft(
    tx: Transaction,
    incidentId: string,
    draft: StatementDraft,
    actor: Actor,
  ): Promise<{ id: string; number: string }> {
    const incident = await this.incidents.lock(tx, incidentId);
    await refuseWithoutSource(tx, draft.competentBodyId);
    if (!incident.bodyIds.includes(draft.bodyId))
      throw new DomainError('BODY_NOT_INVOLVED', 422, `${draft.bodyId} takes no part in this incident`, {}, 'bodyId');
    refuseSecondVoice(incident.leadBodyId, draft);
    if (draft.corrects !== undefined) await refuseCorrection(tx, draft.corrects, incidentId);
    const now = await tx.now();
    refusePastPromise(draft.nextUpdateAt, now);
    const number = await nextNumber(tx, `${this.directory.city.numberPrefix}信〔${officeYear(now)}〕`);
    const { voiceOrder, ...content } = draft;
    const id = await insertStatement(tx, {
      ...content,
      number,
      incidentId,
      corrects: draft.corrects ?? null,
      nextUpdateAt: draft.nextUpdateAt ?? null,
      assessment: draft.assessment ?? null,
      createdBy: actor.id,
    });
    await this.record(tx, RESPONSE_EVENTS.statementDrafted, now, incidentId, id, actor, {
      number,
      title: draft.title,
      bodyId: draft.bodyId,
      ...(draft.corrects === undefined ? {} : { corrects: draft.corrects }),
      ...(voiceOrder === undefined ? {} : { voiceOrder }),
    });
    return { id, number };
  }

  /** Edits a draft; a rejected one becomes a draft again. */
  async edit(tx: Transaction, decision: StatementDecision & { change: Partial<StatementDraft> }): Promise<number> {
    const statement = await this.lock(tx, decision, 'edit', decision.change);
    const now = await tx.now();
    refuseHeld(statement, decision.actor, now);
    const { title, body, cause, solution, constraints, competentBodyId, speaker, nextUpdateAt, assessment } =
      decision.change;
    refusePastPromise(nextUpdateAt, now);
    if (competentBodyId !== undefined) await refuseWithoutSource(tx, competentBodyId);
    const given = { title, body, cause, solution, constraints, competentBodyId, speaker, nextUpdateAt, assessment };
    const version = await updateStatement(tx, statement, {
      state: 'draft',
      gates: {},
      ...defined(given),
      ...(statement.editor?.userId === decision.actor.id
        ? {}
        : { editor: { userId: decision.actor.id, name: decision.actor.name, since: now.toISOString() } }),
    });
    await this.record(tx, RESPONSE_EVENTS.statementEdited, now, statement.incidentId, statement.id, decision.actor, {
      fields: Object.keys(decision.change),
    });
    return version;
  }

  async submit(tx: Transaction, decision: StatementDecision): Promise<number> {
    const statement = await this.lock(tx, decision, 'submit');
    // Nobody sends off what somebody else is writing.
    refuseHeld(statement, decision.actor, await tx.now());
    await refuseWithoutSource(tx, statement.competentBodyId);
    for (const element of ['cause', 'solution', 'constraints'] as const) {
      const { text, notApplicableReason } = statement[element];
      if ((text ?? '').trim() === '' && (notApplicableReason ?? '').trim() === '')
        throw new DomainError(
          'ELEMENT_MISSING',
          422,
          `${element} is neither filled nor marked as not applicable with a reason (YW18 二(四))`,
          { element, clause: 'YW18 二(四)' },
          element,
        );
    }
    refusePastPromise(statement.nextUpdateAt, await tx.now());
    const version = await updateStatement(tx, statement, { state: 'submitted', gates: {}, editorUntil: null });
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

  /** Passes one gate. The gates are passed in order, each by another person; the last one approves. */
  async approve(tx: Transaction, decision: StatementDecision & GateDecision): Promise<number> {
    const statement = await this.lock(tx, decision, 'passGate');
    const { grade } = await this.incidents.lock(tx, statement.incidentId);
    const { data: policy } = this.policy;
    const version = await passGate(tx, statement, { decision, grade, policy, personal: this.personal });
    const last = decision.gate === 'approver';
    const type = last ? RESPONSE_EVENTS.statementApproved : RESPONSE_EVENTS.statementReviewed;
    const { gate, checks = [], privacyException } = decision;
    await this.record(tx, type, await tx.now(), statement.incidentId, statement.id, decision.actor, {
      gate,
      checks,
      ...(privacyException === undefined ? {} : { privacyException }),
    });
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
    const { url, publishedAt, actor } = decision;
    const { evidenceId, filed } = await fileAddress(tx, statement, {
      url,
      by: actor.id,
      acknowledgement: this.policy.data.acknowledgement,
      ...(publishedAt === undefined ? {} : { publishedAt }),
    });
    if (filed !== undefined)
      await this.record(tx, RESPONSE_EVENTS.evidenceFiled, filed.at, statement.incidentId, evidenceId, actor, {
        url,
        channel: filed.channel,
        evidence: filed.kind,
        statementId: statement.id,
      });
    return { evidenceId, version: statement.version };
  }

  private async lock(
    tx: Transaction,
    decision: StatementDecision,
    act: StatementAct,
    change: Partial<StatementDraft> = {},
  ): Promise<Statement> {
    const seen = await findStatement(tx, decision.statementId);
    await this.incidents.lock(tx, seen.incidentId);
    const statement = await findStatement(tx, decision.statementId);
    if (decision.expectedVersion !== undefined && decision.expectedVersion !== statement.version)
      throw new DomainError('VERSION_CONFLICT', 412, 'the statement has changed since it was read', {
        actual: statement.version,
        editor: statement.editor?.name ?? null,
        fields: differing(statement, change),
      });
    if (nextState(STATEMENT_STATES, statement.state, act) === undefined)
      throw new DomainError('STATEMENT_STATE', 409, `a statement that is ${statement.state} can't do this`, {
        // What was not reviewed is not published (R40); the rest is the course of a statement.
        ...(act === 'fileEvidence' ? { clause: 'NT19 Art.7' } : {}),
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

/** The fields in which what somebody wanted to save differs from what stands, both shown: nobody's words are lost. */
function differing(statement: Statement, change: Partial<StatementDraft>): Record<string, unknown> {
  const stored = statement as unknown as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(change)
      .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(stored[field]))
      .map(([field, value]) => [field, { yours: value, stored: stored[field] ?? null }]),
  );
}

const defined = <Part extends object>(part: Part): { [Key in keyof Part]: Exclude<Part[Key], undefined> } =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as never;
