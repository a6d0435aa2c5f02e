import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DisputeCourseService } from '#assignment/dispute-course.service.js';
import { DISPUTE_STEPS } from '#assignment/rules/dispute.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, instantInput } from '../http/schemas.js';

const disputeSchema = z
  .object({
    open: z.boolean(),
    since: instant(),
    dueAt: instant(),
    decidedAt: instant().nullable(),
    overdue: z.boolean(),
    coordinatorBodyId: z.string(),
    next: z.enum(DISPUTE_STEPS).nullable(),
    returns: z.array(
      z.object({
        assignmentId: id(),
        bodyId: z.string(),
        code: z.string(),
        legalBasis: z.string().nullable(),
        proposedBody: z.string().nullable(),
        note: z.string().nullable(),
        by: z.string(),
        at: z.string(),
        decided: z.object({ by: z.string(), at: z.string(), upheld: z.boolean(), reason: z.string() }).optional(),
      }),
    ),
    steps: z.array(
      z.object({
        id: id(),
        step: z.enum(['meeting', 'opinion']),
        bodyId: z.string(),
        text: z.string(),
        heldAt: instant(),
        recordedBy: z.string(),
      }),
    ),
  })
  .meta({ id: 'Dispute' });

const readDispute = defineRoute({
  method: 'GET',
  path: '/incidents/:id/dispute',
  summary: 'The dispute over who is responsible: returns, meeting, opinions, limit; null when there is none',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.object({ dispute: disputeSchema.nullable() }),
});
const recordStep = defineRoute({
  method: 'POST',
  path: '/incidents/:id/dispute/steps',
  summary: 'Record a meeting that was held, or the opinion of a body',
  permission: 'return.decide',
  scope: 'case',
  params: idParams,
  body: z.strictObject({
    step: z.enum(['meeting', 'opinion']),
    bodyId: z.string().max(40),
    text: z.string().trim().min(1).max(2_000),
    heldAt: instantInput().optional(),
  }),
  response: z.object({ id: id() }),
  status: 201,
});

/** Disputes over who is responsible (争议件). The decision itself is the lead decision of the government office. */
@Controller()
export class DisputesController {
  constructor(private readonly disputes: DisputeCourseService) {}

  @Route(readDispute)
  async read(@Input() { tx, params }: RouteInput<typeof readDispute>) {
    return { dispute: await this.disputes.view(tx, params.id) };
  }

  @Route(recordStep)
  async record(@Input() { tx, caller, params, body }: RouteInput<typeof recordStep>) {
    const { heldAt, ...entry } = body;
    return {
      id: await this.disputes.record(tx, {
        incidentId: params.id,
        actor: caller.actor,
        ...entry,
        ...(heldAt === undefined ? {} : { heldAt }),
      }),
    };
  }
}
