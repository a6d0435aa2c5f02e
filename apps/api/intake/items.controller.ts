import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { COUNTED_UNSURE, IntakeViews } from '#ingest/intake.views.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { listOf, paging } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, page } from '../http/schemas.js';

const cursorSchema = z.object({ receivedAt: z.string(), id: z.uuid() });

export const itemSchema = z
  .object({
    id: id(),
    kind: z.string(),
    title: z.string(),
    body: z.string(),
    url: z.string().nullable(),
    sourceId: id(),
    sourceName: z.string(),
    channel: z.string(),
    area: z.string().nullable(),
    revision: z.number().int(),
    contentSha256: z.string(),
    occurredAt: instant().nullable(),
    publishedAt: instant().nullable(),
    zoneMissing: z.boolean(),
    fetchedAt: instant(),
    receivedAt: instant(),
    triagedAt: instant().nullable(),
    state: z.string(),
    drill: z.boolean(),
    workOrderNumber: z.string().nullable(),
    category: z.string().nullable(),
    decision: z.string().nullable(),
    incidentId: id().nullable(),
    judgedCategory: z.string().nullable(),
    judgedAt: instant().nullable(),
  })
  .meta({ id: 'Item' });

const listItems = defineRoute({
  method: 'GET',
  path: '/items',
  summary: 'What came in, newest first',
  permission: 'item.read',
  scope: 'case',
  query: z.strictObject({
    ...paging(),
    source: id().optional(),
    category: listOf(z.string().max(20)).optional(),
    decision: listOf(z.string().max(20)).optional(),
    judged: z.enum(['true', 'false']).optional(),
    q: z.string().trim().min(1).max(100).optional(),
  }),
  response: page(itemSchema),
});
const lanes = defineRoute({
  method: 'GET',
  path: '/item-lanes',
  summary: 'How many items wait for a person’s word, of the latest; counting stops at `counted`',
  permission: 'item.read',
  scope: 'case',
  response: z.object({ unsure: z.number().int(), counted: z.number().int() }),
});
const readItem = defineRoute({
  method: 'GET',
  path: '/items/:id',
  summary: 'One item, raw and normalised, with the reasons of its analysis',
  permission: 'item.read',
  scope: 'case',
  params: idParams,
  response: itemSchema.extend({
    raw: z.unknown(),
    analysis: z.unknown(),
    provenances: z.unknown(),
    original: z.unknown(),
    watches: z.unknown(),
    evidence: z.unknown(),
  }),
});

@Controller()
export class ItemsController {
  constructor(private readonly intake: IntakeViews) {}

  @Route(listItems)
  async list(@Input() { tx, query }: RouteInput<typeof listItems>) {
    const before = decodeCursor(cursorSchema, query.cursor);
    const rows = await this.intake.items(tx, {
      limit: query.limit + 1,
      ...(query.source === undefined ? {} : { sourceId: query.source }),
      ...(query.category === undefined ? {} : { category: query.category }),
      ...(query.decision === undefined ? {} : { decision: query.decision }),
      ...(query.judged === undefined ? {} : { judged: query.judged === 'true' }),
      ...(query.q === undefined ? {} : { q: query.q }),
      ...(before === undefined ? {} : { before }),
    });
    return pageOf(
      rows,
      query.limit,
      (row) => ({ receivedAt: row.receivedAt.toISOString(), id: row.id }),
      (row) => row,
    );
  }

  @Route(lanes)
  async lanes(@Input() { tx }: RouteInput<typeof lanes>) {
    return { unsure: await this.intake.unsureCount(tx), counted: COUNTED_UNSURE };
  }

  @Route(readItem)
  async read(@Input() { tx, params }: RouteInput<typeof readItem>) {
    return this.intake.item(tx, params.id);
  }
}
