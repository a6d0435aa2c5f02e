import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AssignmentService } from '#assignment/assignment.service.js';
import { DecisionsService } from '#triage/decisions.service.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instantInput, versioned } from '../http/schemas.js';
import { categorySchema, gradeBasisSchema, gradeSchema } from './incident.schemas.js';

const reason = z.string().trim().min(1).max(1_000);
const command = <const Path extends string, Body extends z.ZodType>(path: Path, summary: string, body: Body) =>
  ({
    method: 'POST',
    path,
    summary,
    permission: 'incident.decide',
    scope: 'case',
    params: idParams,
    ifMatch: 'required',
    body,
    response: versioned,
  }) as const;

const confirm = defineRoute(
  command(
    '/incidents/:id/confirm',
    'Confirm a proposal, with corrections of category, grade or title; the clocks start',
    z.strictObject({
      category: categorySchema.optional(),
      grade: gradeSchema.optional(),
      gradeBasis: gradeBasisSchema.optional(),
      title: z.string().trim().min(1).max(200).optional(),
      reason: reason.optional(),
    }),
  ),
);
const reject = defineRoute(
  command(
    '/incidents/:id/reject',
    'Not ours, or nothing',
    z.strictObject({ reason, outOfArea: z.boolean().default(false) }),
  ),
);
const snooze = defineRoute(
  command(
    '/incidents/:id/snooze',
    'Put a proposal aside until an instant, or until it heats up',
    z.strictObject({ until: instantInput(), heatsUp: z.boolean().default(true), reason: reason.optional() }),
  ),
);
const recategorise = defineRoute(
  command(
    '/incidents/:id/recategorise',
    'Correct the category; the correction is training data',
    z.strictObject({ category: categorySchema, reason: reason.optional() }),
  ),
);
const regrade = defineRoute(
  command(
    '/incidents/:id/regrade',
    'Upgrade or downgrade; clocks are recomputed from the original starts',
    z.strictObject({ grade: gradeSchema, basis: gradeBasisSchema.default('confirmed'), reason }),
  ),
);
const merge = defineRoute(
  command(
    '/incidents/:id/merge',
    'Merge this incident into another one',
    z.strictObject({ into: id(), reason: reason.optional() }),
  ),
);
const unmerge = defineRoute(
  command('/incidents/:id/unmerge', 'Take a merged incident out again', z.strictObject({ reason })),
);
const correctStamp = defineRoute({
  method: 'POST',
  path: '/incidents/:id/stamps',
  summary: 'Correct a start stamp; dues are recomputed, breaches stay',
  permission: 'stamp.correct',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    stamp: z.enum(['occurredAt', 'firstPublicAt', 'detectedAt']),
    value: instantInput(),
    source: z.string().trim().min(1).max(200),
    /** A second confirmation that a stamp long before the detection is meant. */
    farPastMeant: z.boolean().default(false),
    reason,
  }),
  response: versioned,
});

const addressees = z
  .array(
    z.strictObject({
      bodyId: z.string().max(40),
      role: z.enum(['lead', 'co', 'copy']),
      task: z.string().max(1_000).default(''),
    }),
  )
  .min(1)
  .max(30);
const assigned = z.object({ id: id(), version: z.number().int(), assignmentIds: z.array(id()) });
const assign = defineRoute({
  method: 'POST',
  path: '/incidents/:id/assign',
  summary: 'Hand the case over (交办): one lead, co-responders, copies',
  permission: 'incident.assign',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ addressees, reason: reason.optional(), rule: z.string().max(20).optional() }),
  response: assigned,
});
const transfer = defineRoute({
  method: 'POST',
  path: '/incidents/:id/transfer',
  summary: 'Another body takes over; public clocks go on, inner clocks start anew',
  permission: 'incident.assign',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ addressees, reason }),
  response: assigned,
});

/** Commands on an incident: parse, call one use case, answer the new version. */
@Controller()
export class DecisionsController {
  constructor(
    private readonly decisions: DecisionsService,
    private readonly assignments: AssignmentService,
  ) {}

  @Route(confirm)
  async confirm(@Input() input: RouteInput<typeof confirm>) {
    const { category, grade, gradeBasis, title } = input.body;
    return answer(
      input,
      await this.decisions.confirm(input.tx, {
        ...decision(input),
        ...(category === undefined ? {} : { category }),
        ...(grade === undefined ? {} : { grade }),
        ...(gradeBasis === undefined ? {} : { gradeBasis }),
        ...(title === undefined ? {} : { title }),
      }),
    );
  }

  @Route(reject)
  async reject(@Input() input: RouteInput<typeof reject>) {
    return answer(
      input,
      await this.decisions.reject(input.tx, {
        ...decision(input),
        as: input.body.outOfArea ? 'outOfArea' : 'rejected',
      }),
    );
  }

  @Route(snooze)
  async snooze(@Input() input: RouteInput<typeof snooze>) {
    return answer(
      input,
      await this.decisions.snooze(input.tx, {
        ...decision(input),
        until: input.body.until,
        heatsUp: input.body.heatsUp,
      }),
    );
  }

  @Route(recategorise)
  async recategorise(@Input() input: RouteInput<typeof recategorise>) {
    return answer(
      input,
      await this.decisions.recategorise(input.tx, { ...decision(input), category: input.body.category }),
    );
  }

  @Route(regrade)
  async regrade(@Input() input: RouteInput<typeof regrade>) {
    return answer(
      input,
      await this.decisions.regrade(input.tx, { ...decision(input), grade: input.body.grade, basis: input.body.basis }),
    );
  }

  @Route(merge)
  async merge(@Input() input: RouteInput<typeof merge>) {
    return answer(input, await this.decisions.merge(input.tx, { ...decision(input), into: input.body.into }));
  }

  @Route(unmerge)
  async unmerge(@Input() input: RouteInput<typeof unmerge>) {
    return answer(input, await this.decisions.unmerge(input.tx, decision(input)));
  }

  @Route(correctStamp)
  async correctStamp(@Input() input: RouteInput<typeof correctStamp>) {
    const { stamp, value, source, farPastMeant } = input.body;
    const correction = { ...decision(input), stamp, value, source, farPastMeant };
    return answer(input, await this.decisions.correctStamp(input.tx, correction));
  }

  @Route(assign)
  async assign(@Input() input: RouteInput<typeof assign>) {
    const { addressees: to, rule } = input.body;
    return {
      id: input.params.id,
      ...(await this.assignments.assign(input.tx, {
        ...decision(input),
        addressees: to,
        ...(rule === undefined ? {} : { rule }),
      })),
    };
  }

  @Route(transfer)
  async transfer(@Input() input: RouteInput<typeof transfer>) {
    return {
      id: input.params.id,
      ...(await this.assignments.transfer(input.tx, { ...decision(input), addressees: input.body.addressees })),
    };
  }
}

interface CommandInput {
  params: { id: string };
  ifMatch: number;
  caller: { actor: RouteInput<typeof reject>['caller']['actor'] };
  body: { reason?: string | undefined };
}

const decision = (input: CommandInput) => ({
  incidentId: input.params.id,
  expectedVersion: input.ifMatch,
  actor: input.caller.actor,
  ...(input.body.reason === undefined ? {} : { reason: input.body.reason }),
});

const answer = (input: CommandInput, version: number) => ({ id: input.params.id, version });
