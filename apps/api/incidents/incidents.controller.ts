import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { escalationsOf } from '#escalation/escalations.store.js';
import { EscalationViews } from '#escalation/escalation.views.js';
import { assignmentsVisible } from '#assignment/assignment.views.js';
import { proposalOf } from '#assignment/assignment.views.js';
import { ClocksViews } from '#clocks/clocks.views.js';
import { closeOutOf } from '#response/close-outs.store.js';
import { conferencesOf } from '#response/conferences.store.js';
import { dispositionsOf } from '#response/dispositions.store.js';
import { evidenceOf } from '#response/evidence.store.js';
import { reportsOf } from '#response/reports.store.js';
import { statementsOf } from '#response/statements.store.js';
import type { Transaction } from '#platform/database/database.js';
import { activityOf, countIncidents, INCIDENT_SORTS, listIncidents } from '#triage/incident-list.views.js';
import { IncidentsViews } from '#triage/incidents.views.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { flag, instant as instantQuery, listOf, paging } from '../http/query.js';
import { withETag } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, page } from '../http/schemas.js';
import { PastIncidents } from './past-incidents.js';
import {
  categorySchema,
  gradeSchema,
  incidentDetailSchema,
  incidentSchema,
  incidentStateSchema,
} from './incident.schemas.js';

const cursorSchema = z.object({ keys: z.array(z.string().max(40)).min(1).max(4), id: z.uuid() });
const MAX_ITEMS = 200;
const MAX_TIMELINE = 300;
const MAX_CLOCKS = 200;

const list = defineRoute({
  method: 'GET',
  path: '/incidents',
  summary: 'Incidents in the caller’s scope, by next deadline unless sorted otherwise',
  permission: 'incident.read',
  scope: 'case',
  query: z.strictObject({
    ...paging(),
    state: listOf(incidentStateSchema).optional(),
    category: listOf(categorySchema).optional(),
    grade: listOf(gradeSchema).optional(),
    heat: listOf(z.enum(['I', 'II', 'III', 'IV'])).optional(),
    body: z.string().max(40).optional(),
    jurisdiction: z.string().max(12).optional(),
    overdue: flag().optional(),
    dueBefore: instantQuery().optional(),
    drill: flag().optional(),
    snoozed: flag().optional(),
    q: z.string().trim().min(1).max(100).optional(),
    sort: z.enum(INCIDENT_SORTS).default('deadline'),
  }),
  response: page(incidentSchema),
});

const count = defineRoute({
  method: 'GET',
  path: '/incidents/counts',
  summary: 'How many incidents stand in each state, and how many of them are overdue',
  permission: 'incident.read',
  scope: 'case',
  response: z.object({
    items: z.array(z.object({ state: incidentStateSchema, n: z.number().int(), overdue: z.number().int() })),
  }),
});

const activity = defineRoute({
  method: 'GET',
  path: '/incidents/activity',
  summary:
    'When the messages of some incidents came in: first, last, and how many in each hour of the last day, the oldest hour first',
  permission: 'incident.read',
  scope: 'case',
  query: z.strictObject({ ids: listOf(id(), 100) }),
  response: z.object({
    items: z.array(z.object({ id: id(), firstAt: instant(), lastAt: instant(), counts: z.array(z.number().int()) })),
  }),
});

const readIncident = defineRoute({
  method: 'GET',
  path: '/incidents/:id',
  summary: 'One incident with items, clocks, assignments, statements, ladder (past and future) and timeline',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  /** Without it: now. */
  query: z.strictObject({ asOf: instantQuery().optional() }),
  response: incidentDetailSchema,
});

@Controller()
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentsViews,
    private readonly clocks: ClocksViews,
    private readonly escalations: EscalationViews,
    private readonly past: PastIncidents,
  ) {}

  @Route(list)
  async list(@Input() { tx, query }: RouteInput<typeof list>) {
    const { limit, cursor, ...filter } = query;
    const after = decodeCursor(cursorSchema, cursor);
    const rows = await listIncidents(tx, {
      ...filter,
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    });
    return pageOf(
      rows,
      limit,
      (row) => ({ keys: row.sortKeys, id: row.id }),
      (row) => row,
    );
  }

  @Route(count)
  async counts(@Input() { tx }: RouteInput<typeof count>) {
    return { items: (await countIncidents(tx)) as { state: 'proposed'; n: number; overdue: number }[] };
  }

  @Route(activity)
  async activity(@Input() { tx, query }: RouteInput<typeof activity>) {
    return { items: await activityOf(tx, query.ids) };
  }

  @Route(readIncident)
  async read(@Input() { tx, params, query }: RouteInput<typeof readIncident>) {
    const detail = await this.present(tx, params.id);
    return withETag(detail.version, query.asOf === undefined ? detail : await this.past.of(tx, detail, query.asOf));
  }

  private async present(tx: Transaction, id: string) {
    return {
      ...(await this.incidents.find(tx, id)),
      items: await this.incidents.items(tx, id, MAX_ITEMS),
      clocks: (await this.clocks.list(tx, { incidentId: id, limit: MAX_CLOCKS })) as never[],
      proposal: (await proposalOf(tx, id)) ?? null,
      assignments: await assignmentsVisible(tx, id),
      statements: await statementsOf(tx, id),
      evidence: await evidenceOf(tx, id),
      conferences: await conferencesOf(tx, id),
      firstReports: await reportsOf(tx, id),
      dispositions: (await dispositionsOf(tx, id)).map((row) => ({ ...row, evidence: { ...row.evidence } })),
      closeOut: await closeOutOf(tx, id),
      escalations: await escalationsOf(tx, id),
      ladder: await this.escalations.plan(tx, id),
      timeline: await this.incidents.timeline(tx, id, MAX_TIMELINE),
      serverTime: await tx.now(),
      asOf: null as Date | null,
    };
  }
}
