import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { HoldersViews } from '#assignment/holders.views.js';
import { DomainError } from '#kernel/error.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { idParams, instant, instantInput } from '../http/schemas.js';

const ofIncident = defineRoute({
  method: 'GET',
  path: '/incidents/:id/holders',
  summary: 'Who held the incident for how many minutes, from detection to close-out',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.object({
    asOf: instant(),
    pingPong: z.number().int(),
    spans: z.array(
      z.object({
        bodyId: z.string(),
        reason: z.enum(['unassigned', 'lead', 'returnJudged', 'dispute', 'closing']),
        from: instant(),
        to: instant(),
        minutes: z.number(),
      }),
    ),
  }),
});
const byBody = defineRoute({
  method: 'GET',
  path: '/reports/holders',
  summary: 'By body: minutes that it held cases, hand-overs, returns and upheld returns',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({ from: instantInput().optional(), to: instantInput().optional() }),
  response: z.object({
    from: instant(),
    to: instant(),
    items: z.array(
      z.object({
        bodyId: z.string(),
        cases: z.number().int(),
        minutes: z.number(),
        returns: z.number().int(),
        returnsUpheld: z.number().int(),
        pingPong: z.number().int(),
      }),
    ),
    nextCursor: z.null(),
  }),
});

const QUARTER_MS = 92 * 86_400_000;
const LONGEST_MS = 366 * 86_400_000;

/** Minutes by holder. */
@Controller()
export class HoldersController {
  constructor(private readonly holders: HoldersViews) {}

  @Route(ofIncident)
  async read(@Input() { tx, params }: RouteInput<typeof ofIncident>) {
    return this.holders.ofIncident(tx, params.id);
  }

  @Route(byBody)
  async report(@Input() { tx, query }: RouteInput<typeof byBody>) {
    const to = query.to ?? (await tx.now());
    const from = query.from ?? new Date(to.getTime() - QUARTER_MS);
    if (from >= to || to.getTime() - from.getTime() > LONGEST_MS)
      throw new DomainError('PERIOD_INVALID', 422, 'a period begins before it ends and has a year at most', {}, 'from');
    return { from, to, items: await this.holders.byBody(tx, { from, to }), nextCursor: null };
  }
}
