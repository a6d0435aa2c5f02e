import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { SOURCE_KINDS } from '#ingest/contract.js';
import { IntakeViews } from '#ingest/intake.views.js';
import { SourcesService } from '#ingest/sources.service.js';
import { WebhookKeys } from '#ingest/webhook-keys.js';
import type { Environment } from '#platform/config/environment.js';
import { DomainError } from '#kernel/error.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, versioned } from '../http/schemas.js';

const rank = z.enum(['individual', 'local', 'city', 'central', 'official']);
export const sourceSchema = z
  .object({
    id: id(),
    kind: z.enum(SOURCE_KINDS),
    name: z.string(),
    url: z.string().nullable(),
    jurisdiction: z.string(),
    channel: z.string(),
    region: z.string().nullable(),
    rank,
    state: z.enum(['active', 'paused', 'gone']),
    mode: z.enum(['routine', 'emergency']),
    intervalSeconds: z.number().int(),
    nextPollAt: instant().nullable(),
    lastPolledAt: instant().nullable(),
    lastOkAt: instant().nullable(),
    lastItemAt: instant().nullable(),
    failureCount: z.number().int(),
    lastErrorCode: z.string().nullable(),
    lastError: z.string().nullable(),
    drill: z.boolean(),
    itemsLastDay: z.number().int(),
    rejectedLastDay: z.number().int(),
    openGapCause: z.string().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Source' });

const newSource = z.strictObject({
  kind: z.enum(SOURCE_KINDS),
  name: z.string().trim().min(1).max(100),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  /** A route of the self-hosted RSSHub, in place of an address. */
  route: z
    .string()
    .trim()
    .regex(/^\/[\w\-./%:@~+,=&?]{1,500}$/)
    .optional(),
  jurisdiction: z.string().regex(/^\d{6,12}$/),
  channel: z.string().trim().min(1).max(40),
  region: z.string().trim().max(60).optional(),
  rank: rank.default('individual'),
  intervalSeconds: z.number().int().min(30).max(86_400).default(900),
});

const listSources = defineRoute({
  method: 'GET',
  path: '/sources',
  summary: 'Sources and their health',
  permission: 'source.read',
  scope: 'case',
  response: z.object({
    items: z.array(sourceSchema),
    nextCursor: z.null(),
    rsshub: z.boolean().meta({ description: 'a self-hosted RSSHub is set, so that sources may name its routes' }),
  }),
});
const addSource = defineRoute({
  method: 'POST',
  path: '/sources',
  summary: 'Add a source',
  permission: 'source.manage',
  scope: 'case',
  body: newSource,
  response: z.object({ id: id(), created: z.boolean() }),
  status: 201,
});
const changeSource = defineRoute({
  method: 'PATCH',
  path: '/sources/:id',
  summary: 'Pause or resume a source, switch its monitoring mode, change its interval',
  permission: 'source.manage',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    state: z.enum(['active', 'paused']).optional(),
    mode: z.enum(['routine', 'emergency']).optional(),
    intervalSeconds: z.number().int().min(30).max(86_400).optional(),
    name: z.string().trim().min(1).max(100).optional(),
    reason: z.string().trim().max(500).optional(),
  }),
  response: versioned,
});
const pollSource = defineRoute({
  method: 'POST',
  path: '/sources/:id/poll',
  summary: 'Ask a source now',
  permission: 'source.manage',
  scope: 'case',
  params: idParams,
  body: z.strictObject({}),
  response: versioned,
  status: 202,
});
const makeKey = defineRoute({
  method: 'POST',
  path: '/sources/:id/webhook-key',
  summary:
    'Make a key with which the source signs what it hands in; the answer alone shows it, the key before holds on',
  permission: 'source.manage',
  scope: 'case',
  // The record of an Idempotency-Key would keep the key.
  idempotent: false,
  params: idParams,
  body: z.strictObject({}),
  response: z.object({ key: z.string() }),
  status: 201,
});

@Controller()
export class SourcesController {
  constructor(
    private readonly intake: IntakeViews,
    private readonly sources: SourcesService,
    private readonly webhookKeys: WebhookKeys,
    private readonly wakeUps: WakeUps,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Route(listSources)
  async list(@Input() { tx }: RouteInput<typeof listSources>) {
    const rsshub = this.environment.rsshub.url !== undefined;
    return { items: await this.intake.sources(tx), nextCursor: null, rsshub };
  }

  @Route(addSource)
  async add(@Input() { tx, caller, body }: RouteInput<typeof addSource>) {
    const { url: address, route, region, ...rest } = body;
    if (address !== undefined && route !== undefined)
      throw new DomainError('ADDRESS_OR_ROUTE', 422, 'an address or a route, not both', {}, 'route');
    if (route !== undefined && this.environment.rsshub.url === undefined)
      throw new DomainError('RSSHUB_NOT_SET', 422, 'no RSSHub is set (HUIYING_RSSHUB_URL)', {}, 'route');
    const url = route === undefined ? address : `rsshub:${route}`;
    const result = await this.sources.add(tx, caller.actor, {
      ...rest,
      ...(url === undefined ? {} : { url }),
      ...(region === undefined ? {} : { region }),
    });
    return created(`/sources/${result.id}`, result);
  }

  @Route(changeSource)
  async change(@Input() { tx, caller, params, body, ifMatch }: RouteInput<typeof changeSource>) {
    return {
      id: params.id,
      version: await this.sources.change(tx, caller.actor, { id: params.id, expectedVersion: ifMatch, change: body }),
    };
  }

  @Route(pollSource)
  async poll(@Input() { tx, caller, params }: RouteInput<typeof pollSource>) {
    const version = await this.sources.askNow(tx, caller.actor, params.id);
    await this.wakeUps.wake('ingest');
    return { id: params.id, version };
  }

  @Route(makeKey)
  async makeKey(@Input() { tx, caller, params }: RouteInput<typeof makeKey>) {
    return { key: await this.webhookKeys.rotate(tx, caller.actor, params.id) };
  }
}
