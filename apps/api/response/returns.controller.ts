import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody } from '#accounts/contract.js';
import { findAssignment } from '#assignment/assignments.store.js';
import { LeadDecisionService } from '#assignment/lead-decision.service.js';
import { ReturnsService } from '#assignment/returns.service.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, versioned } from '../http/schemas.js';

const reason = z.string().trim().min(1).max(1_000);

const requestReturn = defineRoute({
  method: 'POST',
  path: '/assignments/:id/return',
  summary: 'Give an order back (退回): code, legal basis, the body that ought to have it; clocks go on',
  permission: 'assignment.return',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    code: z.enum(['R1', 'R2', 'R3', 'R4', 'R5', 'R6']),
    legalBasis: z.string().trim().min(1).max(500).optional(),
    proposedBodyId: z.string().max(40).optional(),
    note: z.string().trim().min(1).max(1_000).optional(),
  }),
  response: versioned,
});
const decideReturn = defineRoute({
  method: 'POST',
  path: '/assignments/:id/return/decide',
  summary: 'Accept or refuse a return; an accepted one brings the incident back and renews the routing proposal',
  permission: 'return.decide',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ decision: z.enum(['accept', 'refuse']), reason }),
  response: versioned,
});
const decideLead = defineRoute({
  method: 'POST',
  path: '/incidents/:id/lead-decision',
  summary: 'The government office names the lead (NT19 Art.19); ends a dispute',
  permission: 'leadDecision.make',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    leadBodyId: z.string().max(40),
    coResponders: z
      .array(z.strictObject({ bodyId: z.string().max(40), task: z.string().max(1_000).default('') }))
      .max(30)
      .default([]),
    reason,
  }),
  response: z.object({ id: id(), version: z.number().int(), assignmentIds: z.array(id()) }),
});

/** Returns of orders, and the decision that ends a dispute over who leads. */
@Controller()
export class ReturnsController {
  constructor(
    private readonly returns: ReturnsService,
    private readonly leads: LeadDecisionService,
  ) {}

  @Route(requestReturn)
  async request(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof requestReturn>) {
    requireInBody(caller, 'assignment.return', (await findAssignment(tx, params.id)).bodyId);
    const version = await this.returns.request(tx, {
      assignmentId: params.id,
      expectedVersion: ifMatch,
      actor: caller.actor,
      ...body,
    });
    return { id: params.id, version };
  }

  @Route(decideReturn)
  async decide(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof decideReturn>) {
    const version = await this.returns.decide(tx, {
      assignmentId: params.id,
      expectedVersion: ifMatch,
      actor: caller.actor,
      accept: body.decision === 'accept',
      reason: body.reason,
    });
    return { id: params.id, version };
  }

  @Route(decideLead)
  async decideLead(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof decideLead>) {
    return {
      id: params.id,
      ...(await this.leads.decide(tx, {
        incidentId: params.id,
        expectedVersion: ifMatch,
        actor: caller.actor,
        ...body,
      })),
    };
  }
}
