import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { LedgerViews } from '#platform/ledger/ledger.views.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { listOf, paging } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant, page } from '../http/schemas.js';

const cursorSchema = z.object({ seq: z.number().int() });

const entry = z
  .object({
    seq: z.number().int(),
    id: id(),
    at: instant(),
    type: z.string(),
    actorKind: z.string(),
    actorName: z.string(),
    actorDuty: z.string().nullable(),
    incidentId: id().nullable(),
    subjectId: z.string().nullable(),
    rule: z.string().nullable(),
    reason: z.string().nullable(),
    payload: z.record(z.string(), z.unknown()),
    hash: z.string(),
  })
  .meta({ id: 'LedgerEntry' });

const listEntries = defineRoute({
  method: 'GET',
  path: '/ledger',
  summary: 'The sealed ledger, newest first',
  permission: 'ledger.read',
  scope: 'audit',
  query: z.strictObject({ ...paging(), incident: id().optional(), type: listOf(z.string().max(60)).optional() }),
  response: page(entry),
});
const verify = defineRoute({
  method: 'GET',
  path: '/ledger/verify',
  summary:
    'Recomputes the chain over the newest seals; the whole chain is verified outside the application by `npm run ledger -- verify`',
  permission: 'ledger.verify',
  scope: 'audit',
  query: z.strictObject({}),
  response: z.object({
    ok: z.boolean(),
    seals: z.number().int(),
    checked: z.number().int(),
    waiting: z.number().int(),
    lastHash: z.string().nullable(),
    firstBreak: z.number().int().nullable(),
  }),
});

@Controller()
export class LedgerController {
  constructor(private readonly ledger: LedgerViews) {}

  @Route(listEntries)
  async list(@Input() { tx, query }: RouteInput<typeof listEntries>) {
    const before = decodeCursor(cursorSchema, query.cursor);
    const rows = await this.ledger.entries(tx, {
      limit: query.limit + 1,
      ...(query.incident === undefined ? {} : { incidentId: query.incident }),
      ...(query.type === undefined ? {} : { types: query.type }),
      ...(before === undefined ? {} : { beforeSeq: before.seq }),
    });
    return pageOf(
      rows,
      query.limit,
      (row) => ({ seq: row.seq }),
      (row) => row,
    );
  }

  @Route(verify)
  async verify(@Input() { tx }: RouteInput<typeof verify>) {
    return this.ledger.verify(tx);
  }
}
