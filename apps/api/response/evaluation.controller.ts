import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody, requireOnCase } from '#accounts/contract.js';
import { Directory } from '#directory/directory.js';
import { printEffectSheet } from '#reporting/print/effect-sheet.js';
import { EffectEvaluationService } from '#response/effect-evaluation.service.js';
import { ACCOUNT_MEASURES, type Evaluation, evaluationOf } from '#response/evaluations.store.js';
import { DomainError } from '#kernel/error.js';
import { Incidents } from '#triage/contract.js';
import { withETag } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant } from '../http/schemas.js';
import { officeName } from '../reports/office-name.js';
import { printed } from '../reports/printed.js';

const words = (most: number) => z.string().trim().min(1).max(most);
const verdict = z.enum(['upheld', 'dismissed']);
const share = z.number().nullable();

const evaluationSchema = z
  .object({
    incidentId: id(),
    ruleVersion: z.string(),
    evaluatedAt: instant(),
    evaluatedByName: z.string(),
    result: z.object({
      score: z.number(),
      lines: z.array(
        z.object({
          part: z.enum(['time', 'content', 'procedure', 'effect', 'feedback']),
          item: z.string(),
          points: z.number(),
          maximum: z.number(),
          facts: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
        }),
      ),
      statements: z.array(
        z.object({
          id: id(),
          publishedAt: instant(),
          itemsBefore: z.number().int(),
          itemsAfter: z.number().int(),
          halfLifeBeforeHours: share,
          halfLifeAfterHours: share,
          doubtBefore: share,
          doubtAfter: share,
          // Absent in evaluations that were made before repeated claims were counted.
          claimsBefore: z.number().int().optional(),
          claimsRepeated: z.number().int().optional(),
        }),
      ),
      peakPerHour: z.number(),
      lastDayPerHour: z.number(),
      secondWave: z.boolean(),
      missingElements: z.array(z.string()),
      proposedGrounds: z.array(z.object({ ground: z.string(), signs: z.array(z.string()) })),
    }),
    grounds: z.array(
      z.object({
        ground: z.string(),
        decision: verdict,
        reason: z.string(),
        by: z.string(),
        at: z.string(),
        measure: z.enum(ACCOUNT_MEASURES).optional(),
        rectifyBy: z.string().optional(),
        closed: z.object({ note: z.string(), by: z.string(), at: z.string() }).optional(),
      }),
    ),
    objection: z
      .object({
        text: z.string(),
        by: z.string(),
        bodyId: z.string(),
        at: z.string(),
        answer: z.object({ result: verdict, reason: z.string(), by: z.string(), at: z.string() }).optional(),
      })
      .nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'EffectEvaluation' });

const read = defineRoute({
  method: 'GET',
  path: '/incidents/:id/effect-evaluation',
  summary: 'The evaluation of a handled case: score, reasons, proposed grounds; the body sees it too',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: evaluationSchema,
});
const evaluate = defineRoute({
  method: 'POST',
  path: '/incidents/:id/effect-evaluation',
  summary: 'Evaluate a case from its stored facts',
  permission: 'incident.decide',
  scope: 'case',
  params: idParams,
  body: z.strictObject({}),
  response: evaluationSchema,
});
const command = <
  const Path extends string,
  const Needs extends 'escalation.refer' | 'assignment.report' | 'escalation.supervise',
  Body extends z.ZodType,
>(
  path: Path,
  permission: Needs,
  summary: string,
  body: Body,
) =>
  defineRoute({
    method: 'POST',
    path,
    summary,
    permission,
    scope: 'case',
    params: idParams,
    ifMatch: 'required',
    body,
    response: z.object({ id: id(), version: z.number().int() }),
  });
const decideGround = command(
  '/incidents/:id/effect-evaluation/grounds',
  'escalation.refer',
  'Uphold or dismiss a ground of accountability (YW18 二(四)), with the measure and the day to rectify by; nothing follows by itself',
  z.strictObject({
    ground: words(40),
    decision: verdict,
    reason: words(1_000),
    measure: z.enum(ACCOUNT_MEASURES).optional(),
    rectifyBy: z.iso.date().optional(),
  }),
);
const closeGround = command(
  '/incidents/:id/effect-evaluation/grounds/close',
  'escalation.refer',
  'Say that what an upheld ground demanded is done, and how',
  z.strictObject({ ground: words(40), note: words(1_000) }),
);
const objectTo = command(
  '/incidents/:id/effect-evaluation/objection',
  'assignment.report',
  'The body objects to its score, once',
  z.strictObject({ bodyId: z.string().max(40), text: words(2_000) }),
);
const answerTo = command(
  '/incidents/:id/effect-evaluation/objection/answer',
  'escalation.supervise',
  'Answer the objection of a body',
  z.strictObject({ result: verdict, reason: words(2_000) }),
);
const sheet = defineRoute({
  method: 'GET',
  path: '/incidents/:id/effect-evaluation/sheet',
  summary: '效果评估表 on A4',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  query: z.strictObject({ format: z.enum(['print']).default('print') }),
  response: z.string(),
  produces: ['text/html'],
});

/** Evaluation of effect. The system counts and proposes; named people decide. */
@Controller()
export class EvaluationController {
  constructor(
    private readonly evaluations: EffectEvaluationService,
    private readonly incidents: Incidents,
    private readonly directory: Directory,
  ) {}

  @Route(read)
  async read(@Input() { tx, params }: RouteInput<typeof read>) {
    await this.incidents.lock(tx, params.id);
    const evaluation = found(await evaluationOf(tx, params.id));
    return withETag(evaluation.version, shown(evaluation));
  }

  @Route(evaluate)
  async evaluate(@Input() { tx, caller, params }: RouteInput<typeof evaluate>) {
    const evaluation = await this.evaluations.evaluate(tx, { incidentId: params.id, actor: caller.actor });
    return withETag(evaluation.version, shown(evaluation));
  }

  @Route(decideGround)
  async decide(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof decideGround>) {
    const { jurisdiction, leadBodyId } = await this.incidents.lock(tx, params.id);
    requireOnCase(caller, 'escalation.refer', { jurisdiction, bodyId: leadBodyId });
    const decision = { incidentId: params.id, expectedVersion: ifMatch, actor: caller.actor, ...body };
    return { id: params.id, version: await this.evaluations.decideGround(tx, decision) };
  }

  @Route(closeGround)
  async closeGround(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof closeGround>) {
    const { jurisdiction, leadBodyId } = await this.incidents.lock(tx, params.id);
    requireOnCase(caller, 'escalation.refer', { jurisdiction, bodyId: leadBodyId });
    const decision = { incidentId: params.id, expectedVersion: ifMatch, actor: caller.actor, ...body };
    return { id: params.id, version: await this.evaluations.closeGround(tx, decision) };
  }

  @Route(objectTo)
  async object(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof objectTo>) {
    await this.incidents.lock(tx, params.id);
    requireInBody(caller, 'assignment.report', body.bodyId);
    const decision = { incidentId: params.id, expectedVersion: ifMatch, actor: caller.actor, ...body };
    return { id: params.id, version: await this.evaluations.object(tx, decision) };
  }

  @Route(answerTo)
  async answer(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof answerTo>) {
    const { jurisdiction, leadBodyId } = await this.incidents.lock(tx, params.id);
    requireOnCase(caller, 'escalation.supervise', { jurisdiction, bodyId: leadBodyId });
    const decision = { incidentId: params.id, expectedVersion: ifMatch, actor: caller.actor, ...body };
    return { id: params.id, version: await this.evaluations.answerObjection(tx, decision) };
  }

  @Route(sheet)
  async sheet(@Input() { tx, caller, params }: RouteInput<typeof sheet>) {
    const incident = await this.incidents.lock(tx, params.id);
    const evaluation = found(await evaluationOf(tx, params.id));
    const office = officeName(this.directory.city);
    const frame = { office, asOf: await tx.now(), by: caller.displayName };
    return printed(
      `效果评估表 ${incident.number}`,
      printEffectSheet({ incident, evaluation: shown(evaluation) }, frame),
    );
  }
}

/** The facts of every item stay in the store; what is shown is what was made of them. */
const shown = ({ facts: _facts, ...evaluation }: Evaluation) => evaluation;

function found(evaluation: Evaluation | undefined): Evaluation {
  if (evaluation === undefined) throw new DomainError('NOT_EVALUATED', 404, 'the case has not been evaluated yet');
  return evaluation;
}
