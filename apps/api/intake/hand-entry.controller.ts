import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { HandEntryService } from '#ingest/hand-entry.service.js';
import { PersonalData } from '#ingest/personal-data.js';
import { DomainError } from '#kernel/error.js';
import type { Environment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instantInput } from '../http/schemas.js';

const enterItem = defineRoute({
  method: 'POST',
  path: '/items',
  summary: 'Enter by hand what somebody saw; what is here by another way becomes one more provenance of it',
  permission: 'item.enter',
  scope: 'case',
  body: z.strictObject({
    title: z.string().trim().max(500).default(''),
    text: z.string().trim().min(1).max(20_000),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .optional(),
    publishedAt: instantInput().optional(),
    region: z.string().trim().max(60).optional(),
  }),
  response: z.object({ id: id(), result: z.enum(['accepted', 'duplicate']), ground: z.string().nullable() }),
  status: 201,
});
const revealPersonal = defineRoute({
  method: 'POST',
  path: '/items/:id/personal-data',
  summary: 'What was masked in an item, in the clear; the ledger records who asked, for which item and why',
  permission: 'personalData.reveal',
  scope: 'case',
  transaction: false,
  // The record of an Idempotency-Key would keep the clear form.
  idempotent: false,
  params: idParams,
  body: z.strictObject({ reason: z.string().trim().min(4).max(500) }),
  response: z.object({ pieces: z.array(z.object({ kind: z.string(), value: z.string() })) }),
});

@Controller()
export class HandEntryController {
  constructor(
    private readonly entry: HandEntryService,
    private readonly personal: PersonalData,
    private readonly database: Database,
    private readonly wakeUps: WakeUps,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Route(enterItem)
  async enter(@Input() { tx, caller, body }: RouteInput<typeof enterItem>) {
    const held = caller.duties.find((duty) => duty.permissions.has('item.enter'));
    if (held === undefined) throw new DomainError('NOT_PERMITTED', 403, 'this needs a duty that may enter items');
    const result = await this.entry.enter(tx, caller.actor, {
      ...body,
      jurisdiction: held.jurisdiction,
      drill: this.environment.demo,
    });
    await this.wakeUps.wake('triage');
    return created(`/items/${result.id}`, result);
  }

  @Route(revealPersonal)
  async reveal(@Input() { caller, params, body }: RouteInput<typeof revealPersonal>) {
    return { pieces: await this.personal.reveal(this.database, caller, { itemId: params.id, reason: body.reason }) };
  }
}
