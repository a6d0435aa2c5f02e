import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Open311Intake } from '#ingest/open311.service.js';
import { Open311Views, ServiceCatalogue } from '#ingest/open311.views.js';
import { OPEN311_LIMITS, serviceOf } from '#ingest/rules/open311.js';
import { DomainError } from '#kernel/error.js';
import { officeIso } from '#kernel/time.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { instant, listOf } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id } from '../http/schemas.js';

const text = z.string().nullable();
const request = z
  .object({
    service_request_id: z.string(),
    status: z.enum(['open', 'closed']),
    status_notes: text,
    service_name: z.string(),
    service_code: z.string(),
    description: z.string(),
    agency_responsible: text,
    service_notice: text,
    requested_datetime: z.string(),
    updated_datetime: text,
    expected_datetime: text,
    address: text,
    address_id: text,
    zipcode: z.null(),
    lat: z.number().nullable(),
    long: z.number().nullable(),
    media_url: text,
    x_acknowledged_datetime: text,
    x_returns: z.number().int(),
    x_supervised: z.boolean(),
    x_satisfaction: text,
  })
  .meta({ id: 'Open311Request' });

const discovery = defineRoute({
  method: 'GET',
  path: '/open311/v2/discovery.json',
  root: true,
  summary: 'Open311: where this server answers',
  permission: 'public',
  scope: 'none',
  response: z.unknown(),
});
const services = defineRoute({
  method: 'GET',
  path: '/open311/v2/services.json',
  root: true,
  summary: 'Open311: the services that a request can be about',
  permission: 'public',
  scope: 'none',
  query: z.object({}),
  response: z.array(z.unknown()),
});
const requests = defineRoute({
  method: 'GET',
  path: '/open311/v2/requests.json',
  root: true,
  summary: `Open311: requests, without personal data; at most ${OPEN311_LIMITS.maxRequests} within ${OPEN311_LIMITS.maxDays} days`,
  permission: 'item.read',
  scope: 'case',
  // The standard lets clients send parameters of their own; they are not used.
  query: z.object({
    service_request_id: listOf(z.uuid(), OPEN311_LIMITS.maxRequests).optional(),
    service_code: listOf(z.string().max(64)).optional(),
    start_date: instant().optional(),
    end_date: instant().optional(),
    status: z.enum(['open', 'closed']).optional(),
  }),
  response: z.array(request),
});
const one = defineRoute({
  method: 'GET',
  path: '/open311/v2/requests/:id.json',
  root: true,
  summary: 'Open311: one request',
  permission: 'item.read',
  scope: 'case',
  params: z.object({ id: id() }),
  response: z.array(request),
});
const post = defineRoute({
  method: 'POST',
  path: '/open311/v2/requests.json',
  root: true,
  summary: 'Open311: hand in a request (form-encoded); name, phone and e-mail never come back',
  permission: 'hotline.push',
  scope: 'case',
  consumes: ['application/x-www-form-urlencoded'],
  bodyLimitBytes: 100_000,
  response: z.array(z.object({ service_request_id: z.string(), service_notice: text, account_id: z.null() })),
  status: 201,
});

const DAY_MS = 86_400_000;

/** GeoReport v2 in JSON, both ways. Reading needs a token like everything else: what citizens wrote is not published by accident. */
@Controller()
export class Open311Controller {
  constructor(
    private readonly catalogue: ServiceCatalogue,
    private readonly views: Open311Views,
    private readonly intake: Open311Intake,
    private readonly wakeUps: WakeUps,
  ) {}

  @Route(discovery)
  async discovery(@Input() { tx, request: asked }: RouteInput<typeof discovery>) {
    const url = `${asked.protocol}://${asked.get('host') ?? 'localhost'}/open311/v2`;
    const endpoint = { specification: 'http://wiki.open311.org/GeoReport_v2', url, changeset: '2026-11-26T00:00:00+08:00', type: 'production', formats: ['application/json'] };
    return { changeset: officeIso(await tx.now()), contact: '', key_service: '', endpoints: [endpoint] };
  } // prettier-ignore

  @Route(services)
  async services(@Input() _input: RouteInput<typeof services>) {
    return this.catalogue.services.map((service) => serviceOf(service, service.name));
  }

  @Route(requests)
  async requests(@Input() { tx, query }: RouteInput<typeof requests>) {
    const now = await tx.now();
    const to = query.end_date ?? now;
    const from = query.start_date ?? new Date(to.getTime() - OPEN311_LIMITS.maxDays * DAY_MS);
    if (to.getTime() - from.getTime() > OPEN311_LIMITS.maxDays * DAY_MS)
      throw new DomainError('OPEN311_SPAN', 400, `at most ${OPEN311_LIMITS.maxDays} days`, { days: OPEN311_LIMITS.maxDays }, 'start_date'); // prettier-ignore
    return this.views.requests(tx, {
      from,
      to,
      ...(query.service_request_id === undefined ? {} : { ids: query.service_request_id }),
      ...(query.service_code === undefined ? {} : { codes: query.service_code }),
      ...(query.status === undefined ? {} : { status: query.status }),
    });
  }

  @Route(one)
  async one(@Input() { tx, params }: RouteInput<typeof one>) {
    const now = await tx.now();
    const found = await this.views.requests(tx, { ids: [params.id], from: now, to: now });
    if (found.length === 0) throw new DomainError('OPEN311_NOT_FOUND', 404, 'no such request');
    return found;
  }

  @Route(post)
  async post(@Input() { tx, caller, rawBody }: RouteInput<typeof post>) {
    const held = caller.duties.find((duty) => duty.permissions.has('hotline.push'));
    if (held === undefined) throw new DomainError('NOT_PERMITTED', 403, 'this needs a duty that may hand in messages');
    const itemId = await this.intake.take(tx, {
      rawBody,
      actor: caller.actor,
      jurisdiction: held.jurisdiction,
      ...(caller.sourceId === undefined ? {} : { sourceId: caller.sourceId }),
    });
    await this.wakeUps.wake('triage');
    return [{ service_request_id: itemId, service_notice: null, account_id: null }];
  }
}
