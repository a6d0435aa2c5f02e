import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { BulkService } from '#triage/bulk.service.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant, instantInput } from '../http/schemas.js';

const MAX_ITEMS = 200;
const reason = z.string().trim().min(1).max(1_000);
const results = z.array(
  z.object({
    id: id(),
    ok: z.boolean(),
    version: z.number().int().nullable(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
  }),
);

const decide = defineRoute({
  method: 'POST',
  path: '/incidents/bulk',
  summary: 'Put many proposals away at once; each is decided by itself and answers for itself',
  permission: 'incident.decide',
  scope: 'case',
  body: z.strictObject({
    decision: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('reject'), reason, outOfArea: z.boolean().default(false) }),
      z.strictObject({
        kind: z.literal('snooze'),
        until: instantInput(),
        heatsUp: z.boolean().default(true),
        reason: reason.optional(),
      }),
    ]),
    items: z
      .array(z.strictObject({ id: id(), version: z.number().int().positive() }))
      .min(1)
      .max(MAX_ITEMS),
  }),
  response: z.object({ id: id(), undoUntil: instant(), results }),
});
const undo = defineRoute({
  method: 'POST',
  path: '/incidents/bulk/undo',
  summary: 'Take back one’s own decision in bulk, for ten seconds',
  permission: 'incident.decide',
  scope: 'case',
  body: z.strictObject({ id: id() }),
  response: z.object({ results }),
});

/** Decisions on many proposals. */
@Controller()
export class BulkController {
  constructor(private readonly bulk: BulkService) {}

  @Route(decide)
  async decide(@Input() { tx, caller, body }: RouteInput<typeof decide>) {
    const { decision, items } = body;
    const { reason: why, ...rest } = decision;
    return this.bulk.decide(tx, {
      decision: { ...rest, ...(why === undefined ? {} : { reason: why }) } as Parameters<
        BulkService['decide']
      >[1]['decision'],
      items,
      actor: caller.actor,
    });
  }

  @Route(undo)
  async undo(@Input() { tx, caller, body }: RouteInput<typeof undo>) {
    return this.bulk.undo(tx, { id: body.id, actor: caller.actor });
  }
}
