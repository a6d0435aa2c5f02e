import { Inject, Injectable } from '@nestjs/common';
import { dayOf } from '#kernel/civil-day.js';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { type Incident, Incidents } from '#triage/contract.js';
import { type CaseItem, CaseReader } from './case-reader.js';
import { conferencesOf } from './conferences.store.js';
import { DraftGuardService } from './draft-guard.service.js';
import { EffectSheet } from './effect-weights.js';
import {
  type AccountMeasure,
  type Evaluation,
  evaluationOf,
  saveEvaluation,
  updateEvaluation,
} from './evaluations.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { ResponsePolicy } from './response-policy.js';
import { carriedClaims, matchClaims } from './rules/claims.js';
import { evaluateEffect } from './rules/effect-evaluation.js';
import type { EffectFacts } from './rules/effect-facts.js';
import { REVIEW_GATES } from './rules/review-gates.js';
import { publicTextOf } from './statement-review.js';
import { type Statement, statementsOf } from './statements.store.js';
import { wordingOf } from './wording.store.js';

/** What the clocks of an incident say for its evaluation. The clocks stand after this stage, which asks through a port. */
export abstract class ClockFacts {
  abstract of(
    tx: Transaction,
    incident: Incident,
  ): Promise<
    Pick<EffectFacts, 'fast' | 'firstReport' | 'verification' | 'handling' | 'publicLimitMissed'> & {
      /** From which the release of this case counts. */
      startedAt: Date;
      topLeaderOpen: boolean;
    }
  >;
}

interface EvaluationDecision {
  incidentId: string;
  expectedVersion?: number;
  actor: Actor;
}

const MAX_ITEMS = 5_000;
const SAID = new Set(['published', 'corrected']);
const DONE = new Set(['rectified', 'accepted', 'struckOff']);

/** Evaluates a case from its stored facts (YW18 二(四), domain 7.9). Grounds are proposed; people decide, and a body may object once. */
@Injectable()
export class EffectEvaluationService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(CaseReader) private readonly cases: CaseReader,
    @Inject(ClockFacts) private readonly clocks: ClockFacts,
    @Inject(DraftGuardService) private readonly guard: DraftGuardService,
    @Inject(ResponsePolicy) private readonly policy: ResponsePolicy,
    @Inject(EffectSheet) private readonly sheet: EffectSheet,
  ) {}

  async evaluate(tx: Transaction, { incidentId, actor }: EvaluationDecision): Promise<Evaluation> {
    const incident = await this.incidents.lock(tx, incidentId);
    const facts = await this.factsOf(tx, incident);
    const result = evaluateEffect(facts, this.sheet.data);
    const { version: ruleVersion } = this.sheet.data;
    await saveEvaluation(tx, { incidentId, ruleVersion, facts, result, evaluatedAt: facts.asOf, by: actor });
    await this.record(tx, RESPONSE_EVENTS.effectEvaluated, incident, actor, {
      score: result.score,
      ruleVersion,
      proposed: result.proposedGrounds.map(({ ground }) => ground),
    });
    return (await evaluationOf(tx, incidentId))!;
  }

  /** A named person upholds or dismisses a ground; nothing follows by itself. */
  async decideGround(
    tx: Transaction,
    decision: EvaluationDecision & {
      ground: string;
      decision: 'upheld' | 'dismissed';
      reason: string;
      measure?: AccountMeasure | undefined;
      rectifyBy?: string | undefined;
    },
  ): Promise<number> {
    const { evaluation, incident } = await this.lock(tx, decision);
    const { ground, reason, actor, measure, rectifyBy } = decision;
    if (!(ground in this.sheet.data.grounds))
      throw new DomainError('GROUND_UNKNOWN', 422, 'accountability has three grounds (YW18 二(四))', {
        clause: 'YW18 二(四)',
        grounds: Object.keys(this.sheet.data.grounds),
      });
    const now = await tx.now();
    refuseMeasure(decision, now);
    const taken = {
      ...(measure === undefined ? {} : { measure }),
      ...(rectifyBy === undefined ? {} : { rectifyBy }),
    };
    const decided = { ground, decision: decision.decision, reason, by: actor.name, at: now.toISOString(), ...taken };
    const grounds = [...evaluation.grounds.filter((other) => other.ground !== ground), decided];
    const version = await updateEvaluation(tx, evaluation, { grounds });
    await this.record(
      tx,
      RESPONSE_EVENTS.groundDecided,
      incident,
      actor,
      { ground, decision: decision.decision, ...taken },
      reason,
    );
    return version;
  }

  /** What an upheld ground demanded is done: a named person says so, and how (YW18 二(四), R38). */
  async closeGround(tx: Transaction, decision: EvaluationDecision & { ground: string; note: string }): Promise<number> {
    const { evaluation, incident } = await this.lock(tx, decision);
    const { ground, note, actor } = decision;
    const open = evaluation.grounds.find((held) => held.ground === ground);
    if (open?.decision !== 'upheld' || open.closed !== undefined)
      throw new DomainError('GROUND_NOT_OPEN', 409, 'only a ground that was upheld and is open is closed', {
        clause: 'YW18 二(四)',
        ground,
      });
    const closed = { note, by: actor.name, at: (await tx.now()).toISOString() };
    const grounds = evaluation.grounds.map((held) => (held.ground === ground ? { ...held, closed } : held));
    const version = await updateEvaluation(tx, evaluation, { grounds });
    await this.record(tx, RESPONSE_EVENTS.groundClosed, incident, actor, { ground }, note);
    return version;
  }

  /** The body objects, once. */
  async object(tx: Transaction, decision: EvaluationDecision & { bodyId: string; text: string }): Promise<number> {
    const { evaluation, incident } = await this.lock(tx, decision);
    if (evaluation.objection !== null)
      throw new DomainError('OBJECTED_BEFORE', 409, 'a body objects to its evaluation once', {
        by: evaluation.objection.by,
      });
    if (!incident.bodyIds.includes(decision.bodyId))
      throw new DomainError('BODY_NOT_INVOLVED', 422, 'the body takes no part in this incident', {}, 'bodyId');
    const { text, bodyId, actor } = decision;
    const objection = { text, bodyId, by: actor.name, at: (await tx.now()).toISOString() };
    const version = await updateEvaluation(tx, evaluation, { objection });
    await this.record(tx, RESPONSE_EVENTS.effectObjected, incident, actor, { bodyId }, text);
    return version;
  }

  async answerObjection(
    tx: Transaction,
    decision: EvaluationDecision & { result: 'upheld' | 'dismissed'; reason: string },
  ): Promise<number> {
    const { evaluation, incident } = await this.lock(tx, decision);
    const { result, reason, actor } = decision;
    if (evaluation.objection === null || evaluation.objection.answer !== undefined)
      throw new DomainError('NOTHING_TO_ANSWER', 409, 'no objection waits for an answer');
    const answer = { result, reason, by: actor.name, at: (await tx.now()).toISOString() };
    const version = await updateEvaluation(tx, evaluation, { objection: { ...evaluation.objection, answer } });
    await this.record(tx, RESPONSE_EVENTS.objectionAnswered, incident, actor, { result }, reason);
    return version;
  }

  private async lock(
    tx: Transaction,
    { incidentId, expectedVersion }: EvaluationDecision,
  ): Promise<{ evaluation: Evaluation; incident: Incident }> {
    const incident = await this.incidents.lock(tx, incidentId);
    const evaluation = await evaluationOf(tx, incidentId);
    if (evaluation === undefined) throw new DomainError('NOT_EVALUATED', 404, 'the case has not been evaluated yet');
    if (expectedVersion !== undefined && expectedVersion !== evaluation.version)
      throw new DomainError('VERSION_CONFLICT', 412, 'the evaluation has changed since it was read', {
        actual: evaluation.version,
      });
    return { evaluation, incident };
  }

  private async factsOf(tx: Transaction, incident: Incident): Promise<EffectFacts> {
    const asOf = await tx.now();
    const statements = (await statementsOf(tx, incident.id)).filter((statement) => SAID.has(statement.state));
    const out = statements
      .filter((statement) => statement.publishedAt !== null)
      .sort((a, b) => a.publishedAt!.getTime() - b.publishedAt!.getTime());
    const items = await this.cases.items(tx, incident.id, MAX_ITEMS);
    const { startedAt, topLeaderOpen, ...ofClocks } = await this.clocks.of(tx, incident);
    const conferences = await conferencesOf(tx, incident.id);
    const first = out[0]?.publishedAt ?? null;
    const { doubtCues } = this.sheet.data;
    return {
      ...ofClocks,
      firstReleaseHours: first === null ? null : Math.max(0, (first.getTime() - startedAt.getTime()) / 3_600_000),
      elements: elementsOf(out),
      ...this.claimsIn(items, out),
      gatesByThree: out.length > 0 && out.every(passedByThree),
      severalBodies: incident.bodyIds.length > 1,
      wordingAgreed: (await wordingOf(tx, incident.id)) !== undefined,
      figuresDiffer: (await this.guard.conflicts(tx, incident.id)).length > 0,
      corrected: statements.some((statement) => statement.state === 'corrected'),
      topLeaderSpoke:
        !topLeaderOpen && (out.some((s) => s.speaker !== null) || conferences.some((c) => c.state === 'held')),
      rectified: DONE.has(incident.state),
      items: items.map((item) => ({
        at: item.publishedAt ?? item.receivedAt,
        doubting: doubtCues.some((cue) => item.body.includes(cue) || item.title.includes(cue)),
      })),
      statements: out.map(({ id, publishedAt }) => ({ id, publishedAt: publishedAt! })),
      asOf,
    };
  }

  private claimsIn(
    items: readonly CaseItem[],
    statements: readonly Statement[],
  ): Pick<EffectFacts, 'claims' | 'claimTimes'> {
    const { claims: words } = this.policy.data;
    const claims = carriedClaims(
      items.map((item) => `${item.title}。${item.body}`),
      words,
    );
    const matched = matchClaims(claims, statements.map(publicTextOf).join('\n'), words);
    const instantOf = (index: number) => items[index]!.publishedAt ?? items[index]!.receivedAt;
    return {
      claims: { total: matched.length, answered: matched.filter((claim) => claim.answered).length },
      claimTimes: claims.map(({ carriedBy }) => carriedBy.map(instantOf)),
    };
  }

  private async record(
    tx: Transaction,
    type: string,
    incident: Incident,
    actor: Actor,
    payload: Record<string, unknown>,
    reason?: string,
  ): Promise<void> {
    await appendLedger(tx, [
      {
        type,
        at: await tx.now(),
        actor,
        incidentId: incident.id,
        subjectId: incident.id,
        payload: { bodyId: incident.leadBodyId, ...payload },
        ...(reason === undefined ? {} : { reason }),
      },
    ]);
  }
}

/** An upheld ground names its measure, and a rectification its day ahead; a dismissed one has neither (YW18 二(四), R38). */
function refuseMeasure(
  {
    decision,
    measure,
    rectifyBy,
  }: { decision: string; measure?: AccountMeasure | undefined; rectifyBy?: string | undefined },
  now: Date,
): void {
  const clause = 'YW18 二(四)';
  if ((decision === 'upheld') !== (measure !== undefined))
    throw new DomainError(
      'MEASURE_MISSING',
      422,
      'an upheld ground names its measure, a dismissed one has none (YW18 二(四))',
      { clause },
      'measure',
    );
  if (measure === 'interview' && rectifyBy === undefined)
    throw new DomainError(
      'RECTIFY_DAY',
      422,
      'an interview for rectification sets the day by which it is put right (YW18 二(四))',
      { clause },
      'rectifyBy',
    );
  if (rectifyBy !== undefined && (measure === undefined || rectifyBy < dayOf(now.getTime())))
    throw new DomainError('RECTIFY_DAY', 422, 'the day to rectify by lies ahead', { clause }, 'rectifyBy');
}

/** An element counts when any of the statements gives it, or says why it does not apply. */
function elementsOf(statements: readonly Statement[]): EffectFacts['elements'] {
  const state = (name: 'cause' | 'solution' | 'constraints') => {
    if (statements.some((statement) => (statement[name].text ?? '').trim() !== '')) return 'filled' as const;
    if (statements.some((statement) => (statement[name].notApplicableReason ?? '').trim() !== ''))
      return 'notApplicable' as const;
    return 'missing' as const;
  };
  return { cause: state('cause'), solution: state('solution'), constraints: state('constraints') };
}

function passedByThree({ gates }: Statement): boolean {
  const persons = REVIEW_GATES.flatMap((gate) => {
    const passed = gates[gate];
    return passed === undefined ? [] : [passed.userId ?? passed.by];
  });
  return new Set(persons).size === REVIEW_GATES.length;
}
