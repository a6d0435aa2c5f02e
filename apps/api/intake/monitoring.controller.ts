import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody } from '#accounts/contract.js';
import { MonitoringService } from '#ingest/monitoring.service.js';
import { listStandards } from '#ingest/standards.store.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant, instantInput } from '../http/schemas.js';

const jurisdiction = z.string().regex(/^\d{6,12}$/);
const mode = z.enum(['routine', 'emergency']);
const words = z.array(z.string().trim().min(1).max(40)).max(500);

const listModes = defineRoute({
  method: 'GET',
  path: '/monitoring-modes',
  summary: 'Which places watch in emergency mode, since when and why',
  permission: 'session',
  scope: 'case',
  response: z.object({
    items: z.array(
      z.object({ jurisdiction: z.string(), mode, since: instant(), reason: z.string(), changedBy: z.string() }),
    ),
    nextCursor: z.null(),
  }),
});
const switchMode = defineRoute({
  method: 'POST',
  path: '/monitoring-modes',
  summary: 'Switch the sources of a place to routine or emergency; an emergency shortens their intervals at once',
  permission: 'source.manage',
  scope: 'case',
  body: z.strictObject({ jurisdiction, mode, reason: z.string().trim().min(1).max(500) }),
  response: z.object({ sources: z.number().int() }),
});
const list = defineRoute({
  method: 'GET',
  path: '/monitoring-standards',
  summary: 'The monitoring standards of the bodies, every version with its dates',
  permission: 'policy.read',
  scope: 'case',
  response: z.object({
    items: z.array(
      z.object({
        id: id(),
        bodyId: z.string(),
        jurisdiction: z.string(),
        version: z.number().int(),
        name: z.string(),
        words: z.array(z.string()),
        exclusions: z.array(z.string()),
        minimumWords: z.number().int(),
        alarmItems: z.number().int().nullable(),
        alarmHours: z.number().int().nullable(),
        effectiveFrom: instant(),
        effectiveTo: instant().nullable(),
        createdBy: z.string(),
      }),
    ),
    nextCursor: z.null(),
  }),
});
const add = defineRoute({
  method: 'POST',
  path: '/monitoring-standards',
  summary: 'The next version of a body’s monitoring standard; the one before ends where it begins',
  permission: 'standard.manage',
  scope: 'case',
  body: z.strictObject({
    bodyId: z.string().trim().min(1).max(40),
    name: z.string().trim().min(1).max(100),
    words: words.min(1),
    exclusions: words.default([]),
    minimumWords: z.number().int().min(1).max(20).default(1),
    alarmItems: z.number().int().min(1).max(10_000).nullable().default(null),
    alarmHours: z.number().int().min(1).max(720).nullable().default(null),
    effectiveFrom: instantInput(),
  }),
  response: z.object({ id: id(), version: z.number().int() }),
  status: 201,
});

@Controller()
export class MonitoringController {
  constructor(
    private readonly monitoring: MonitoringService,
    private readonly wakeUps: WakeUps,
  ) {}

  @Route(listModes)
  async modes(@Input() { tx }: RouteInput<typeof listModes>) {
    return { items: await this.monitoring.modes(tx), nextCursor: null };
  }

  @Route(switchMode)
  async switch(@Input() { tx, caller, body }: RouteInput<typeof switchMode>) {
    const result = await this.monitoring.switchMode(tx, caller.actor, body);
    await this.wakeUps.wake('ingest');
    return result;
  }

  @Route(list)
  async list(@Input() { tx }: RouteInput<typeof list>) {
    return { items: await listStandards(tx), nextCursor: null };
  }

  @Route(add)
  async add(@Input() { tx, caller, body }: RouteInput<typeof add>) {
    // Who holds the duty in a body sets the standard of that body; who holds it over a place is bound by row-level security.
    if (!caller.duties.some((held) => held.sees === 'jurisdiction' && held.permissions.has('standard.manage')))
      requireInBody(caller, 'standard.manage', body.bodyId);
    const added = await this.monitoring.addStandard(tx, caller.actor, { ...body, createdBy: caller.actor.name });
    return created(`/monitoring-standards/${added.id}`, added);
  }
}
