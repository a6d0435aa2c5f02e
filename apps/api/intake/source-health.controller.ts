import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { INGEST_EVENTS } from '#ingest/contract.js';
import { loadMonitoringPolicy } from '#ingest/monitoring-policy.js';
import { PersonalData } from '#ingest/personal-data.js';
import { bytesOf, decideRejection, findRejection, listRejections } from '#ingest/rejections.store.js';
import { SourceHealthViews } from '#ingest/source-health.views.js';
import { findSource } from '#ingest/sources.store.js';
import type { Environment } from '#platform/config/environment.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { instant as instantOf, integer, paging } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, page } from '../http/schemas.js';
import { sourceSchema } from './sources.controller.js';

const gap = z
  .object({
    id: id(),
    sourceId: id(),
    sourceName: z.string(),
    startedAt: instant(),
    endedAt: instant().nullable(),
    cause: z.enum(['silence', 'unreached', 'notAsked']),
    detail: z.string().nullable(),
    expected: z.number().nullable(),
    observed: z.number().int(),
  })
  .meta({ id: 'SourceGap' });
const rejection = z
  .object({
    id: id(),
    sourceId: id(),
    importId: id().nullable(),
    place: z.string(),
    code: z.string(),
    message: z.string(),
    kind: z.enum(['row', 'message', 'entry', 'document']),
    state: z.enum(['held', 'waiting', 'accepted', 'discarded']),
    byteCount: z.number().int().nullable(),
    attempts: z.number().int(),
    at: instant(),
    lastAt: instant().nullable(),
    itemId: id().nullable(),
  })
  .meta({ id: 'Rejection' });
const rejectionParams = z.object({ id: id(), rejection: id() });

const readSource = defineRoute({
  method: 'GET',
  path: '/sources/:id',
  summary: 'One source: health, last error, next poll, the gap that is open',
  permission: 'source.read',
  scope: 'case',
  params: idParams,
  response: sourceSchema
    .omit({ itemsLastDay: true, rejectedLastDay: true, openGapCause: true })
    .extend({ openGap: gap.nullable(), held: z.number().int(), lastDefects: z.array(z.string()), mapping: z.unknown() })
    .meta({ id: 'SourceDetail' }),
});
const readGaps = defineRoute({
  method: 'GET',
  path: '/sources/:id/gaps',
  summary: 'When a source was not heard: start, end, cause, and what it would have brought',
  permission: 'source.read',
  scope: 'case',
  params: idParams,
  query: z.strictObject({ limit: integer(1, 500).default(100) }),
  response: z.object({ items: z.array(gap), nextCursor: z.null() }),
});
const readActivity = defineRoute({
  method: 'GET',
  path: '/sources/:id/activity',
  summary: 'Items of each hour against what the history of the source expects',
  permission: 'source.read',
  scope: 'case',
  params: idParams,
  query: z.strictObject({ hours: integer(1, 336).default(48) }),
  response: z.object({
    items: z.array(z.object({ hour: instant(), items: z.number().int(), expected: z.number() })),
    nextCursor: z.null(),
  }),
});
const readRejections = defineRoute({
  method: 'GET',
  path: '/sources/:id/rejections',
  summary: 'What was refused and is kept, newest first',
  permission: 'source.read',
  scope: 'case',
  params: idParams,
  query: z.strictObject({ ...paging(), state: z.enum(['held', 'waiting', 'accepted', 'discarded']).optional() }),
  response: page(rejection),
});
const settleRejection = defineRoute({
  method: 'POST',
  path: '/sources/:id/rejections/:rejection/decide',
  summary: 'Try a refused thing again by the rules of today, or put it aside for good',
  permission: 'source.manage',
  scope: 'case',
  params: rejectionParams,
  body: z.strictObject({ decision: z.enum(['replay', 'discard']), reason: z.string().trim().max(500).optional() }),
  response: z.object({ id: id() }),
  status: 202,
});
const revealRejection = defineRoute({
  method: 'POST',
  path: '/sources/:id/rejections/:rejection/reveal',
  summary: 'The bytes of a refused thing; they may hold personal data, so the ground is recorded',
  permission: 'personalData.reveal',
  scope: 'case',
  idempotent: false,
  params: rejectionParams,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  response: z.object({ bytes: z.string().meta({ description: 'base64' }), byteCount: z.number().int() }),
});
const blindSpots = defineRoute({
  method: 'GET',
  path: '/reports/blind-spots',
  summary: 'Gaps of all sources in a span, to stand beside its statistics',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({ from: instantOf().optional(), to: instantOf().optional() }),
  response: z.object({ items: z.array(gap), nextCursor: z.null() }),
});

const MAX_GAPS = 1_000;
const cursorSchema = z.object({ at: z.string(), id: z.uuid() });

@Controller()
export class SourceHealthController {
  private readonly historyWeeks: number;

  constructor(
    private readonly health: SourceHealthViews,
    private readonly wakeUps: WakeUps,
    private readonly personal: PersonalData,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.historyWeeks = loadMonitoringPolicy(environment.configDir).historyWeeks;
  }

  @Route(readSource)
  async read(@Input() { tx, params }: RouteInput<typeof readSource>) {
    return this.health.source(tx, params.id);
  }

  @Route(readGaps)
  async gaps(@Input() { tx, params, query }: RouteInput<typeof readGaps>) {
    await findSource(tx, params.id);
    return { items: await this.health.gaps(tx, { sourceId: params.id, limit: query.limit }), nextCursor: null };
  }

  @Route(readActivity)
  async activity(@Input() { tx, params, query }: RouteInput<typeof readActivity>) {
    const span = { hours: query.hours, historyWeeks: this.historyWeeks };
    return { items: await this.health.activity(tx, params.id, span), nextCursor: null };
  }

  @Route(readRejections)
  async rejections(@Input() { tx, params, query }: RouteInput<typeof readRejections>) {
    await findSource(tx, params.id);
    const before = decodeCursor(cursorSchema, query.cursor);
    const rows = await listRejections(tx, {
      sourceId: params.id,
      limit: query.limit + 1,
      ...(query.state === undefined ? {} : { state: query.state }),
      ...(before === undefined ? {} : { before }),
    });
    return pageOf(
      rows,
      query.limit,
      (row) => ({ at: row.at.toISOString(), id: row.id }),
      (row) => row,
    );
  }

  @Route(settleRejection)
  async settle(@Input() { tx, caller, params, body }: RouteInput<typeof settleRejection>) {
    const found = await findRejection(tx, { sourceId: params.id, id: params.rejection });
    await decideRejection(tx, found.id, body.decision === 'replay' ? 'waiting' : 'discarded');
    await appendLedger(tx, [
      {
        type: INGEST_EVENTS.rejectionDecided,
        at: await tx.now(),
        actor: caller.actor,
        subjectId: params.id,
        payload: { rejection: found.id, place: found.place, code: found.code, decision: body.decision },
        ...(body.reason === undefined ? {} : { reason: body.reason }),
      },
    ]);
    if (body.decision === 'replay') await this.wakeUps.wake('ingest');
    return { id: found.id };
  }

  @Route(revealRejection)
  async reveal(@Input() { tx, caller, params, body }: RouteInput<typeof revealRejection>) {
    const found = await findRejection(tx, { sourceId: params.id, id: params.rejection });
    const bytes = bytesOf(found, this.personal.vault) ?? Buffer.alloc(0);
    await appendLedger(tx, [
      {
        type: INGEST_EVENTS.rejectionRevealed,
        at: await tx.now(),
        actor: caller.actor,
        subjectId: params.id,
        reason: body.reason,
        payload: { rejection: found.id, place: found.place, code: found.code, bytes: bytes.byteLength },
      },
    ]);
    return { bytes: bytes.toString('base64'), byteCount: bytes.byteLength };
  }

  @Route(blindSpots)
  async blindSpots(@Input() { tx, query }: RouteInput<typeof blindSpots>) {
    const span = {
      ...(query.from === undefined ? {} : { from: query.from }),
      ...(query.to === undefined ? {} : { to: query.to }),
    };
    return { items: await this.health.gaps(tx, { ...span, limit: MAX_GAPS }), nextCursor: null };
  }
}
