import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody } from '#accounts/contract.js';
import { EscalationService } from '#escalation/escalation.service.js';
import { findEscalation, listEscalations } from '#escalation/escalations.store.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { listOf, paging } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { idParams, instantInput, page, versioned } from '../http/schemas.js';
import { escalationSchema } from './incident.schemas.js';

const cursorSchema = z.object({ at: z.string(), id: z.uuid() });
const state = z.enum(['proposed', 'issued', 'met', 'unmet', 'withdrawn', 'dismissed']);
const step = z.enum(['notice', 'reminder', 'supervision', 'accountabilityReferral']);

const list = defineRoute({
  method: 'GET',
  path: '/escalations',
  summary: 'Acts of the ladder in the caller’s scope, newest first',
  permission: 'escalation.read',
  scope: 'case',
  query: z.strictObject({ ...paging(), state: listOf(state).optional(), step: listOf(step).optional() }),
  response: page(escalationSchema.extend({ incidentNumber: z.string(), incidentTitle: z.string() })),
});
const issue = defineRoute({
  method: 'POST',
  path: '/escalations/:id/issue',
  summary: 'Issue a proposed supervision or referral; the system only proposes',
  permission: 'escalation.supervise',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ deadline: instantInput().optional(), note: z.string().max(1_000).optional() }),
  response: versioned,
});
const withdraw = defineRoute({
  method: 'POST',
  path: '/escalations/:id/withdraw',
  summary: 'Take a step back with a reason; its number stays',
  permission: 'escalation.supervise',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ reason: z.string().trim().min(1).max(1_000) }),
  response: versioned,
});
const answer = defineRoute({
  method: 'POST',
  path: '/escalations/:id/answer',
  summary: 'The addressee’s answer',
  permission: 'escalation.answer',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ text: z.string().trim().min(1).max(5_000) }),
  response: versioned,
});

@Controller()
export class EscalationsController {
  constructor(private readonly escalations: EscalationService) {}

  @Route(list)
  async list(@Input() { tx, query }: RouteInput<typeof list>) {
    const after = decodeCursor(cursorSchema, query.cursor);
    const rows = await listEscalations(tx, {
      limit: query.limit + 1,
      ...(query.state === undefined ? {} : { state: query.state }),
      ...(query.step === undefined ? {} : { step: query.step }),
      ...(after === undefined ? {} : { after }),
    });
    return pageOf(
      rows,
      query.limit,
      (row) => ({ at: row.at.toISOString(), id: row.id }),
      (row) => row,
    );
  }

  @Route(issue)
  async issue(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof issue>) {
    const { deadline, note } = body;
    const version = await this.escalations.issue(tx, {
      escalationId: params.id,
      expectedVersion: ifMatch,
      actor: caller.actor,
      ...(deadline === undefined ? {} : { deadline }),
      ...(note === undefined ? {} : { note }),
    });
    return { id: params.id, version };
  }

  @Route(withdraw)
  async withdraw(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof withdraw>) {
    return {
      id: params.id,
      version: await this.escalations.withdraw(tx, {
        escalationId: params.id,
        expectedVersion: ifMatch,
        actor: caller.actor,
        reason: body.reason,
      }),
    };
  }

  @Route(answer)
  async answer(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof answer>) {
    const escalation = await findEscalation(tx, params.id);
    requireInBody(caller, 'escalation.answer', escalation.addresseeBodyId ?? '');
    return {
      id: params.id,
      version: await this.escalations.answer(tx, {
        escalationId: params.id,
        expectedVersion: ifMatch,
        actor: caller.actor,
        text: body.text,
      }),
    };
  }
}
