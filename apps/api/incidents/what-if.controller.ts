import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { whatChanges } from '#clocks/rules/what-changes.js';
import { DomainError } from '#kernel/error.js';
import { Incidents } from '#triage/contract.js';
import { instant as instantQuery } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { idParams, instant } from '../http/schemas.js';
import { clockStateSchema, gradeBasisSchema, gradeSchema } from './incident.schemas.js';

const outcome = z.object({ dueAt: instant().nullable(), state: clockStateSchema }).nullable();
const whatIf = defineRoute({
  method: 'GET',
  path: '/incidents/:id/what-if',
  summary: 'Which clocks a re-grade or a corrected stamp would touch; nothing is changed',
  permission: 'clock.read',
  scope: 'case',
  params: idParams,
  query: z.strictObject({
    grade: gradeSchema.optional(),
    basis: gradeBasisSchema.default('confirmed'),
    stamp: z.enum(['occurredAt', 'firstPublicAt', 'detectedAt']).optional(),
    value: instantQuery().optional(),
  }),
  response: z.object({
    items: z.array(
      z.object({
        act: z.string(),
        force: z.enum(['target', 'limit']),
        ring: z.enum(['public', 'inner', 'duty']),
        label: z.string(),
        bodyId: z.string().nullable(),
        before: outcome,
        after: outcome,
      }),
    ),
  }),
});

/** What a decision would do to the clocks, computed by the same rules before it is made. */
@Controller()
export class WhatIfController {
  constructor(
    private readonly incidents: Incidents,
    private readonly keeper: ClockKeeper,
  ) {}

  @Route(whatIf)
  async whatIf(@Input() { tx, params, query }: RouteInput<typeof whatIf>) {
    await this.incidents.lock(tx, params.id);
    const before = await this.keeper.inspect(tx, params.id);
    const change = changeOf(query);
    if (change === undefined) return { items: [] };
    const now = await tx.now();
    if (query.value !== undefined && query.value > now)
      throw new DomainError('STAMP_IN_FUTURE', 422, 'a stamp can’t lie in the future (domain 3.8)', {}, 'query.value');
    const line = { id: 'asked', at: now, subjectId: null, actorName: '', reason: null };
    const after = await this.keeper.inspect(tx, params.id, [{ ...line, ...change }]);
    const seen = (clock: { dueAt: number | null; state: string } | null) =>
      clock === null ? null : { dueAt: clock.dueAt === null ? null : new Date(clock.dueAt), state: clock.state };
    return {
      items: whatChanges(before, after).map(({ body, before: was, after: would, ...clock }) => ({
        ...clock,
        bodyId: body,
        before: seen(was),
        after: seen(would),
      })) as never[],
    };
  }
}

/** The entry that the decision would write; undefined when nothing is asked. */
function changeOf(
  query: RouteInput<typeof whatIf>['query'],
): { type: string; payload: Record<string, unknown> } | undefined {
  const { grade, basis, stamp, value } = query;
  if (grade !== undefined) return { type: 'incident.regraded', payload: { grade, basis } };
  if (stamp !== undefined && value !== undefined)
    return { type: 'incident.stampCorrected', payload: { stamp, value: value.toISOString(), source: '?' } };
  return undefined;
}
