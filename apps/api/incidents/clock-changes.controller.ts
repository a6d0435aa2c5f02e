import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { mayInBody, requireInBody } from '#accounts/contract.js';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { WorkChangesService } from '#clocks/work-changes.service.js';
import { findClock } from '#clocks/work-changes.store.js';
import { DomainError } from '#kernel/error.js';
import { Incidents } from '#triage/contract.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, instantInput } from '../http/schemas.js';

const reason = z.string().trim().min(1).max(1_000);
const ground = z.string().trim().min(1).max(200);
/** What was written into the ledger; the clock itself moves when the engine has read it. */
const recorded = z.object({ id: id(), entryId: id() });

const ask = defineRoute({
  method: 'POST',
  path: '/clocks/:id/requests',
  summary: 'Ask for a pause or an extension of an inner clock; a second person grants it',
  permission: 'clock.read',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    change: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('pause'), ground }),
      z.strictObject({
        what: z.literal('extend'),
        ground,
        extension: z.strictObject({
          amount: z.number().int().positive().max(1_000),
          unit: z.enum(['minute', 'hour', 'day', 'workday']),
        }),
      }),
    ]),
    note: z.string().trim().min(1).max(1_000).optional(),
  }),
  response: recorded,
  status: 201,
});
const grant = <const Path extends string>(path: Path, summary: string) =>
  defineRoute({
    method: 'POST',
    path,
    summary,
    permission: 'clock.pause',
    scope: 'case',
    params: idParams,
    ifMatch: 'required',
    body: z.strictObject({ request: id() }),
    response: recorded,
  });
const pause = grant('/clocks/:id/pause', 'Grant a pause that somebody else asked for; never of a public clock');
const extend = grant('/clocks/:id/extend', 'Grant an extension that somebody else asked for; never of a public clock');
const resume = defineRoute({
  method: 'POST',
  path: '/clocks/:id/resume',
  summary: 'End a pause; the due moves by the paused time',
  permission: 'clock.pause',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ reason }),
  response: recorded,
});
const instruct = defineRoute({
  method: 'POST',
  path: '/incidents/:id/instructions',
  summary: 'Record a superior’s instruction (领导批示) with its own due',
  permission: 'incident.decide',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    from: z.string().trim().min(1).max(200),
    text: z.string().trim().min(1).max(2_000),
    dueAt: instantInput(),
  }),
  response: recorded,
  status: 201,
});
const answerInstruction = defineRoute({
  method: 'POST',
  path: '/incidents/:id/instructions/:instructionId/answer',
  summary: 'The lead body’s answer to an instruction',
  permission: 'assignment.report',
  scope: 'case',
  params: z.object({ id: id(), instructionId: id() }),
  body: z.strictObject({ text: z.string().trim().min(1).max(5_000) }),
  response: z.object({ id: id() }),
});

const judgement = defineRoute({
  method: 'GET',
  path: '/incidents/:id/clock-flags',
  summary:
    'What the rules of the clocks tell of an incident: what is open beside the dues, and what was asked for and refused',
  permission: 'clock.read',
  scope: 'case',
  params: idParams,
  response: z.object({
    flags: z.array(z.object({ code: z.string(), at: instant(), subject: z.string().nullable() })),
    refusals: z.array(z.object({ at: instant(), entryId: z.string(), action: z.string(), reason: z.string() })),
    figures: z.object({
      legalSeconds: z.number().nullable(),
      assessmentSeconds: z.number().nullable(),
      lostWithWrongBodySeconds: z.number(),
    }),
  }),
});

/** Changes of the clocks of work: asked for by one person, granted by another (design, invariant 6). */
@Controller()
export class ClockChangesController {
  constructor(
    private readonly changes: WorkChangesService,
    private readonly incidents: Incidents,
    private readonly keeper: ClockKeeper,
  ) {}

  @Route(judgement)
  async judgement(@Input() { tx, params }: RouteInput<typeof judgement>) {
    await this.incidents.lock(tx, params.id);
    const { flags, refusals, figures } = await this.keeper.inspect(tx, params.id);
    return {
      flags: flags.map((flag) => ({ ...flag, at: new Date(flag.at) })),
      refusals: refusals.map((refusal) => ({ ...refusal, at: new Date(refusal.at) })),
      figures,
    };
  }

  @Route(ask)
  async ask(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof ask>) {
    const clock = await findClock(tx, params.id);
    const ofTheBody = clock.bodyId !== null && mayInBody(caller, 'assignment.report', clock.bodyId);
    if (!ofTheBody && !caller.permissions.has('incident.decide'))
      throw new DomainError('NOT_IN_THIS_BODY', 403, 'the body whose clock it is asks, or the office', {
        bodyId: clock.bodyId,
      });
    const entryId = await this.changes.ask(tx, { ...decision(params.id, ifMatch, caller), ...body });
    return { id: params.id, entryId };
  }

  @Route(pause)
  async pause(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof pause>) {
    return {
      id: params.id,
      entryId: await this.changes.pause(tx, { ...decision(params.id, ifMatch, caller), ...body }),
    };
  }

  @Route(extend)
  async extend(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof extend>) {
    return {
      id: params.id,
      entryId: await this.changes.extend(tx, { ...decision(params.id, ifMatch, caller), ...body }),
    };
  }

  @Route(resume)
  async resume(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof resume>) {
    return {
      id: params.id,
      entryId: await this.changes.resume(tx, { ...decision(params.id, ifMatch, caller), ...body }),
    };
  }

  @Route(instruct)
  async instruct(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof instruct>) {
    const entryId = await this.changes.instruct(tx, {
      incidentId: params.id,
      expectedVersion: ifMatch,
      actor: caller.actor,
      ...body,
    });
    return { id: params.id, entryId };
  }

  @Route(answerInstruction)
  async answer(@Input() { tx, caller, params, body }: RouteInput<typeof answerInstruction>) {
    const incident = await this.incidents.lock(tx, params.id);
    requireInBody(caller, 'assignment.report', incident.leadBodyId ?? '');
    await this.changes.answerInstruction(tx, {
      incidentId: params.id,
      instructionId: params.instructionId,
      actor: caller.actor,
      text: body.text,
    });
    return { id: params.instructionId };
  }
}

const decision = (clockId: string, expectedVersion: number, { actor }: RouteInput<typeof pause>['caller']) => ({
  clockId,
  expectedVersion,
  actor,
});
