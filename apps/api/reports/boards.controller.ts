import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '#accounts/contract.js';
import { Directory } from '#directory/directory.js';
import { BoardsViews } from '#reporting/boards.views.js';
import { DocumentsService } from '#reporting/documents.service.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { integer, paging } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant } from '../http/schemas.js';
import { delivered, FORMATS, PRODUCED } from './delivered.js';
import { officeName } from './office-name.js';

const cursorSchema = z.object({ dueAt: z.iso.datetime(), id: z.uuid() });
const HOUR_MS = 3_600_000;

const clockOfBoard = {
  clockId: id(),
  incidentId: id(),
  incidentNumber: z.string(),
  incidentTitle: z.string(),
  grade: z.string(),
  act: z.string(),
  label: z.string(),
  force: z.string(),
  dueAt: instant(),
  bodyId: z.string().nullable(),
  bodyName: z.string().nullable(),
};
export const overdueRow = z
  .object({
    ...clockOfBoard,
    heatLevel: z.string(),
    scope: z.string(),
    state: z.string(),
    startedAt: instant(),
    colour: z.enum(['green', 'yellow', 'red', 'purple']),
    leftMs: z.number(),
    nextStep: z
      .object({ step: z.string(), at: instant(), target: z.string().nullable(), basis: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'OverdueRow' });

const overdue = defineRoute({
  method: 'GET',
  path: '/reports/overdue',
  summary:
    '逾期清单, live: the longest overdue first, then by time to breach; the next step of the ladder and who must take it',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({
    ...paging(),
    hoursAhead: integer(0, 24 * 31).default(24),
    format: z.enum(FORMATS).default('json'),
  }),
  produces: PRODUCED,
  response: z.object({ asOf: instant(), items: z.array(overdueRow), nextCursor: z.string().nullable() }),
});
const nextHour = defineRoute({
  method: 'GET',
  path: '/reports/next-hour',
  summary: 'What runs out within the hour, by minutes left × grade × load, with the act that would save it',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({ limit: integer(1, 200).default(50), format: z.enum(FORMATS).default('json') }),
  produces: PRODUCED,
  response: z.object({
    asOf: instant(),
    items: z.array(
      z.object({
        ...clockOfBoard,
        minutesLeft: z.number().int(),
        load: z.number().int(),
        urgency: z.number(),
        action: z.object({ act: z.string(), label: z.string() }),
      }),
    ),
  }),
});

@Controller()
export class BoardsController {
  constructor(
    private readonly boards: BoardsViews,
    private readonly documents: DocumentsService,
    private readonly directory: Directory,
  ) {}

  @Route(overdue)
  async overdue(@Input() { tx, caller, query }: RouteInput<typeof overdue>) {
    const asOf = await tx.now();
    if (query.format !== 'json')
      return delivered(await this.documents.overdue(tx, query.hoursAhead, asOf), query.format, this.frame(caller));
    const after = decodeCursor(cursorSchema, query.cursor);
    const rows = await this.boards.overdue(tx, {
      horizon: new Date(asOf.getTime() + query.hoursAhead * HOUR_MS),
      limit: query.limit + 1,
      ...(after === undefined ? {} : { after }),
    });
    const position = (row: (typeof rows)[number]) => ({ dueAt: row.position, id: row.clockId });
    return { asOf, ...pageOf(rows, query.limit, position, (row) => row) };
  }

  @Route(nextHour)
  async nextHour(@Input() { tx, caller, query }: RouteInput<typeof nextHour>) {
    const asOf = await tx.now();
    if (query.format !== 'json')
      return delivered(await this.documents.nextHour(tx, asOf), query.format, this.frame(caller));
    return { asOf, items: await this.boards.nextHour(tx, query.limit) };
  }

  private frame(caller: Caller) {
    return { office: officeName(this.directory.city), by: caller.displayName };
  }
}
