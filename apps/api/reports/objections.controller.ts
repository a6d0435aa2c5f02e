import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { KnownEventsService } from '#reporting/known-events.service.js';
import { listKnownEvents } from '#reporting/known-events.store.js';
import { ObjectionsService } from '#reporting/objections.service.js';
import { objectionsTo } from '#reporting/objections.store.js';
import { findSnapshot } from '#reporting/snapshots.store.js';
import { integer } from '../http/query.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, instantInput, nothing } from '../http/schemas.js';

const sentence = (maximum: number) => z.string().trim().min(1).max(maximum);
const MAX_EVENTS = 1_000;

const objection = z
  .object({
    id: id(),
    bodyId: z.string(),
    bodyName: z.string(),
    figure: z.string(),
    text: z.string(),
    state: z.enum(['filed', 'upheld', 'dismissed']),
    filedAt: instant(),
    filedByName: z.string(),
    decision: z.string().nullable(),
    decidedAt: instant().nullable(),
    decidedByName: z.string().nullable(),
  })
  .meta({ id: 'BulletinObjection' });

const listObjections = defineRoute({
  method: 'GET',
  path: '/reports/bulletins/:id/objections',
  summary: 'What bodies have against a frozen bulletin; a body sees its own',
  permission: 'report.read',
  scope: 'case',
  params: idParams,
  response: z.object({ items: z.array(objection) }),
});
const object = defineRoute({
  method: 'POST',
  path: '/reports/bulletins/:id/objections',
  summary: 'A body that the bulletin names objects, once, within the time for it',
  permission: 'report.object',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ bodyId: sentence(60), figure: sentence(60), text: sentence(2_000) }),
  status: 201,
  response: z.object({ id: id() }),
});
const decide = defineRoute({
  method: 'POST',
  path: '/bulletin-objections/:id/decide',
  summary: 'Uphold or dismiss an objection, with the reason. Who upholds corrects the facts and freezes anew',
  permission: 'report.freeze',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ state: z.enum(['upheld', 'dismissed']), decision: sentence(2_000) }),
  status: 204,
  response: nothing,
});

const knownEvent = z
  .object({
    id: id(),
    jurisdiction: z.string(),
    title: z.string(),
    origin: z.string(),
    url: z.string().nullable(),
    knownAt: instant(),
    incidentId: id().nullable(),
    incidentNumber: z.string().nullable(),
    detectedAt: instant().nullable(),
    missed: z.boolean(),
    enteredAt: instant(),
    enteredByName: z.string(),
  })
  .meta({ id: 'KnownEvent' });
const listEvents = defineRoute({
  method: 'GET',
  path: '/known-events',
  summary: 'Events that others knew of, newest first, and whether we had detected them by then (漏报率)',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({ limit: integer(1, 500).default(100) }),
  response: z.object({ items: z.array(knownEvent) }),
});
const enterEvents = defineRoute({
  method: 'POST',
  path: '/known-events',
  summary: 'Enter events that became known otherwise, at most 1,000 at once',
  permission: 'report.freeze',
  scope: 'case',
  body: z.strictObject({
    events: z
      .array(
        z.strictObject({
          jurisdiction: z.string().max(12),
          title: sentence(200),
          origin: sentence(100),
          url: z
            .url({ protocol: /^https?$/ })
            .max(2_000)
            .optional(),
          knownAt: instantInput(),
          incidentNumber: sentence(60).optional(),
        }),
      )
      .min(1)
      .max(MAX_EVENTS),
  }),
  status: 201,
  response: z.object({ ids: z.array(id()) }),
});
const matchEvent = defineRoute({
  method: 'POST',
  path: '/known-events/:id/match',
  summary: 'Say which incident a known event is; null says that there is none',
  permission: 'report.freeze',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ incidentNumber: sentence(60).nullable() }),
  status: 204,
  response: nothing,
});

@Controller()
export class ObjectionsController {
  constructor(
    private readonly objections: ObjectionsService,
    private readonly events: KnownEventsService,
  ) {}

  @Route(listObjections)
  async list(@Input() { tx, params }: RouteInput<typeof listObjections>) {
    await findSnapshot(tx, params.id);
    return { items: await objectionsTo(tx, params.id) };
  }

  @Route(object)
  async object(@Input() { tx, caller, params, body }: RouteInput<typeof object>) {
    const made = await this.objections.file(tx, params.id, body, caller);
    return created(`/reports/bulletins/${params.id}/objections`, { id: made });
  }

  @Route(decide)
  async decide(@Input() { tx, caller, params, body }: RouteInput<typeof decide>): Promise<undefined> {
    await this.objections.decide(tx, params.id, body, caller);
  }

  @Route(listEvents)
  async listEvents(@Input() { tx, query }: RouteInput<typeof listEvents>) {
    return { items: await listKnownEvents(tx, query.limit) };
  }

  @Route(enterEvents)
  async enter(@Input() { tx, caller, body }: RouteInput<typeof enterEvents>) {
    return created('/known-events', { ids: await this.events.enter(tx, body.events, caller) });
  }

  @Route(matchEvent)
  async match(@Input() { tx, caller, params, body }: RouteInput<typeof matchEvent>): Promise<undefined> {
    await this.events.match(tx, params.id, body.incidentNumber, caller);
  }
}
