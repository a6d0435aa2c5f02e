import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody } from '#accounts/contract.js';
import { AssignmentService } from '#assignment/assignment.service.js';
import { findAssignment } from '#assignment/assignments.store.js';
import { withETag } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { idParams, versioned } from '../http/schemas.js';
import { assignmentSchema } from '../incidents/incident.schemas.js';

const readAssignment = defineRoute({
  method: 'GET',
  path: '/assignments/:id',
  summary: 'One order',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: assignmentSchema,
});
const acknowledge = defineRoute({
  method: 'POST',
  path: '/assignments/:id/acknowledge',
  summary: 'Sign for an order (签收): known and being handled',
  permission: 'assignment.acknowledge',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({}),
  response: versioned,
});
const verify = defineRoute({
  method: 'POST',
  path: '/assignments/:id/verify',
  summary: 'Verification feedback: facts and their source',
  permission: 'assignment.verify',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    facts: z.string().trim().min(1).max(5_000),
    factSource: z.string().trim().min(1).max(500),
    figures: z.record(z.string().max(40), z.number().min(0)).optional(),
  }),
  response: versioned,
});
const report = defineRoute({
  method: 'POST',
  path: '/assignments/:id/report',
  summary: 'Handling feedback: measures, result, next step',
  permission: 'assignment.report',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    measures: z.string().trim().min(1).max(5_000),
    result: z.string().trim().min(1).max(5_000),
    next: z.string().max(2_000).optional(),
  }),
  response: versioned,
});

/** What a body does with its order. The duty must be held in that very body. */
@Controller()
export class AssignmentsController {
  constructor(private readonly assignments: AssignmentService) {}

  @Route(readAssignment)
  async read(@Input() { tx, params }: RouteInput<typeof readAssignment>) {
    const assignment = await findAssignment(tx, params.id);
    return withETag(assignment.version, assignment);
  }

  @Route(acknowledge)
  async acknowledge(@Input() { tx, caller, params, ifMatch }: RouteInput<typeof acknowledge>) {
    requireInBody(caller, 'assignment.acknowledge', (await findAssignment(tx, params.id)).bodyId);
    return {
      id: params.id,
      version: await this.assignments.acknowledge(tx, {
        assignmentId: params.id,
        expectedVersion: ifMatch,
        actor: caller.actor,
      }),
    };
  }

  @Route(verify)
  async verify(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof verify>) {
    requireInBody(caller, 'assignment.verify', (await findAssignment(tx, params.id)).bodyId);
    const { facts, factSource, figures } = body;
    const version = await this.assignments.verify(tx, {
      assignmentId: params.id,
      expectedVersion: ifMatch,
      actor: caller.actor,
      facts,
      factSource,
      ...(figures === undefined ? {} : { figures }),
    });
    return { id: params.id, version };
  }

  @Route(report)
  async report(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof report>) {
    requireInBody(caller, 'assignment.report', (await findAssignment(tx, params.id)).bodyId);
    const { measures, result, next } = body;
    const version = await this.assignments.report(tx, {
      assignmentId: params.id,
      expectedVersion: ifMatch,
      actor: caller.actor,
      measures,
      result,
      ...(next === undefined ? {} : { next }),
    });
    return { id: params.id, version };
  }
}
