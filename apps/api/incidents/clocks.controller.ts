import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ClocksViews } from '#clocks/clocks.views.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { flag, instant as instantQuery, listOf, paging } from '../http/query.js';
import { withETag } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, page } from '../http/schemas.js';
import { clockSchema, clockStateSchema } from './incident.schemas.js';

const cursorSchema = z.object({ dueAt: z.string(), id: z.uuid() });

const listClocks = defineRoute({
  method: 'GET',
  path: '/clocks',
  summary: 'Clocks in the caller’s scope, by due instant',
  permission: 'clock.read',
  scope: 'case',
  query: z.strictObject({
    ...paging(),
    state: listOf(clockStateSchema).optional(),
    scope: z.enum(['public', 'inner']).optional(),
    dueBefore: instantQuery().optional(),
    incident: id().optional(),
  }),
  response: page(clockSchema),
});
const computation = defineRoute({
  method: 'GET',
  path: '/clocks/:id/computation',
  summary: 'The arithmetic of one due time (时限计算单)',
  permission: 'clock.read',
  scope: 'case',
  params: idParams,
  response: clockSchema.extend({ computation: z.record(z.string(), z.unknown()) }),
});
const punctuality = defineRoute({
  method: 'GET',
  path: '/punctuality',
  summary: 'Lateness of the engine itself: due, fired, p50, p99, max, by path',
  permission: 'clock.read',
  scope: 'case',
  query: z.strictObject({
    from: instantQuery().optional(),
    to: instantQuery().optional(),
    drill: flag().default(false),
  }),
  response: z.object({
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    drill: z.boolean(),
    items: z.array(
      z.object({
        path: z.string(),
        fired: z.number().int(),
        p50Ms: z.number().nullable(),
        p99Ms: z.number().nullable(),
        maxMs: z.number().nullable(),
        overtaken: z.number().int(),
      }),
    ),
  }),
});

const DAY_MS = 86_400_000;

@Controller()
export class ClocksController {
  constructor(private readonly clocks: ClocksViews) {}

  @Route(listClocks)
  async list(@Input() { tx, query }: RouteInput<typeof listClocks>) {
    const after = decodeCursor(cursorSchema, query.cursor);
    const rows = await this.clocks.list(tx, {
      limit: query.limit + 1,
      ...(query.state === undefined ? {} : { state: query.state }),
      ...(query.scope === undefined ? {} : { scope: query.scope }),
      ...(query.dueBefore === undefined ? {} : { dueBefore: query.dueBefore }),
      ...(query.incident === undefined ? {} : { incidentId: query.incident }),
      ...(after === undefined ? {} : { after }),
    });
    return pageOf(
      rows,
      query.limit,
      (row) => ({ dueAt: row.dueAt.toISOString(), id: row.id }),
      (row) => row as never,
    );
  }

  @Route(computation)
  async computation(@Input() { tx, params }: RouteInput<typeof computation>) {
    const clock = await this.clocks.computation(tx, params.id);
    return withETag(clock.version, clock as never);
  }

  @Route(punctuality)
  async punctuality(@Input() { tx, query }: RouteInput<typeof punctuality>) {
    const to = query.to ?? (await tx.now());
    const from = query.from ?? new Date(to.getTime() - DAY_MS);
    return { from, to, drill: query.drill, items: await this.clocks.punctuality(tx, from, to, query.drill) };
  }
}
