import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '#kernel/error.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { Incidents, TRIAGE_EVENTS } from '#triage/contract.js';
import { markSeen, openHotSpots } from '#triage/hot-spots.store.js';
import { RelationsViews } from '#triage/relations.views.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant } from '../http/schemas.js';

const MAX_LISTED = 50;
const other = z.object({ id: id(), number: z.string(), title: z.string(), state: z.string() });

const list = defineRoute({
  method: 'GET',
  path: '/hot-spots',
  summary: 'Matters that suddenly grow and that nobody has taken note of yet',
  permission: 'incident.decide',
  scope: 'case',
  response: z.object({
    items: z.array(
      z
        .object({
          id: id(),
          incidentId: id(),
          number: z.string(),
          title: z.string(),
          at: instant(),
          why: z.enum(['volume', 'growth']),
          count: z.number().int(),
          factor: z.number(),
        })
        .meta({ id: 'HotSpot' }),
    ),
  }),
});
const seen = defineRoute({
  method: 'POST',
  path: '/hot-spots/:id/seen',
  summary: 'Take note of a hot spot',
  permission: 'incident.decide',
  scope: 'case',
  params: idParams,
  response: z.object({ id: id(), incidentId: id() }),
});
const relations = defineRoute({
  method: 'GET',
  path: '/incidents/:id/relations',
  summary:
    'Earlier orders about the same, second waves, merged incidents, shared items, and the watches that it falls under',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z
    .object({
      orders: z.object({ total: z.number().int(), earlier: z.number().int() }),
      follows: other.nullable(),
      followedBy: z.array(other),
      merged: z.array(other),
      shared: z.array(other.extend({ items: z.number().int(), here: z.enum(['suggested', 'confirmed']) })),
      watches: z.array(
        z.object({
          id: id(),
          title: z.string(),
          risks: z.string(),
          wording: z.string(),
          bodyId: z.string().nullable(),
          words: z.array(z.string()),
        }),
      ),
    })
    .meta({ id: 'IncidentRelations' }),
});

/** What grows suddenly, and what belongs together. */
@Controller()
export class HotSpotsController {
  constructor(
    private readonly incidents: Incidents,
    private readonly relationsViews: RelationsViews,
  ) {}

  @Route(list)
  async list(@Input() { tx }: RouteInput<typeof list>) {
    return { items: await openHotSpots(tx, MAX_LISTED) };
  }

  @Route(seen)
  async seen(@Input() { tx, caller, params }: RouteInput<typeof seen>) {
    const incidentId = await markSeen(tx, params.id, caller.actor.name);
    if (incidentId === undefined) throw new DomainError('HOT_SPOT_NOT_FOUND', 404, 'no such hot spot');
    const entry = {
      type: TRIAGE_EVENTS.hotSpotSeen,
      at: await tx.now(),
      actor: caller.actor,
      incidentId,
      subjectId: params.id,
    };
    await appendLedger(tx, [entry]);
    return { id: params.id, incidentId };
  }

  @Route(relations)
  async relations(@Input() { tx, params }: RouteInput<typeof relations>) {
    await this.incidents.lock(tx, params.id);
    return this.relationsViews.of(tx, params.id);
  }
}
