import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '#kernel/error.js';
import { WatchesService } from '#triage/watches.service.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, instantInput, versioned } from '../http/schemas.js';

const word = z.string().trim().min(2).max(40);
const draft = {
  title: z.string().trim().min(1).max(200),
  words: z.array(word).min(1).max(50),
  places: z.array(word).max(50).default([]),
  startsAt: instantInput(),
  endsAt: instantInput(),
  risks: z.string().trim().max(5_000).default(''),
  wording: z.string().trim().max(10_000).default(''),
  bodyId: z.string().max(40).nullable().default(null),
};

const list = defineRoute({
  method: 'GET',
  path: '/watches',
  summary: 'Risk notes before policies and events, and what they have met',
  permission: 'incident.decide',
  scope: 'case',
  response: z.object({
    items: z.array(
      z
        .object({
          id: id(),
          jurisdiction: z.string(),
          title: z.string(),
          words: z.array(z.string()),
          places: z.array(z.string()),
          startsAt: instant(),
          endsAt: instant(),
          risks: z.string(),
          wording: z.string(),
          bodyId: z.string().nullable(),
          state: z.enum(['open', 'closed']),
          createdBy: z.string(),
          createdAt: instant(),
          version: z.number().int(),
          hitCount: z.number().int(),
          incidents: z.array(z.object({ id: id(), number: z.string(), title: z.string() })),
        })
        .meta({ id: 'Watch' }),
    ),
  }),
});
const open = defineRoute({
  method: 'POST',
  path: '/watches',
  summary: 'Write a risk note: what to look for, where and when, and what would be said',
  permission: 'incident.decide',
  scope: 'case',
  body: z.strictObject({ ...draft, jurisdiction: z.string().regex(/^\d{6,12}$/) }),
  response: versioned,
  status: 201,
});
const change = defineRoute({
  method: 'PUT',
  path: '/watches/:id',
  summary: 'Change a risk note, or close it',
  permission: 'incident.decide',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ ...draft, state: z.enum(['open', 'closed']).default('open') }),
  response: versioned,
});

/** Watches before a policy or an event (R9, R10). */
@Controller()
export class WatchesController {
  constructor(private readonly watches: WatchesService) {}

  @Route(list)
  async list(@Input() { tx }: RouteInput<typeof list>) {
    return { items: await this.watches.list(tx) };
  }

  @Route(open)
  async open(@Input() { tx, caller, body }: RouteInput<typeof open>) {
    const within = caller.scope.jurisdictions.some((code) => body.jurisdiction.startsWith(code.replace(/(00)+$/, '')));
    if (!within)
      throw new DomainError('JURISDICTION_OUT_OF_SCOPE', 403, 'a watch is made for one’s own area', {}, 'jurisdiction');
    const made = await this.watches.open(tx, { ...body, actor: caller.actor });
    return created(`/watches/${made}`, { id: made, version: 1 });
  }

  @Route(change)
  async change(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof change>) {
    const { state, ...changed } = body;
    const version = await this.watches.change(tx, {
      id: params.id,
      expectedVersion: ifMatch,
      draft: changed,
      state,
      actor: caller.actor,
    });
    return { id: params.id, version };
  }
}
