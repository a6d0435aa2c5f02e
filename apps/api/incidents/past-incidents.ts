import { Injectable } from '@nestjs/common';
import type { ClockView } from '#clocks/clocks.views.js';
import type { ComputedClock } from '#clocks/contract.js';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { PastLinesViews } from '#reporting/past-lines.views.js';
import { incidentAsOf, type KnownIncident } from '#reporting/rules/incident-as-of.js';

/** What the page of an incident shows now, as far as going back needs it. */
interface Detail {
  id: string;
  number: string;
  title: string;
  drill: boolean;
  policyPack: string;
  leadBodyId: string | null;
  items: { receivedAt: Date; originalGoneSince: Date | null }[];
  clocks: unknown[];
  assignments: KnownIncident['assignments'][number][] | object[];
  timeline: { id: string; at: Date }[];
}

const LATE = new Set(['overdue']);
const notAfter = (at: Date | null, asOf: Date) => (at !== null && at <= asOf ? at : null);

/** An incident as it was at an instant: its rows from the ledger, its clocks from the same rules that run now. */
@Injectable()
export class PastIncidents {
  constructor(
    private readonly lines: PastLinesViews,
    private readonly keeper: ClockKeeper,
  ) {}

  async of<Known extends Detail>(tx: Transaction, detail: Known, asOf: Date): Promise<Known & { asOf: Date }> {
    const lines = await this.lines.until(tx, detail.id, asOf);
    const { assignments, statements, evidence, escalations, conferences, firstReports, dispositions, closeOut } =
      detail as unknown as KnownIncident;
    const rows = { assignments, statements, evidence, escalations, conferences, firstReports, dispositions, closeOut };
    const { incident, ...past } = incidentAsOf({ incident: detail as never, ...rows }, lines, asOf);
    const then = incident as unknown as Known;
    const clocks = await this.clocksAt(tx, then, asOf);
    const late = clocks.filter((clock) => LATE.has(clock.state) && clock.force === 'limit');
    const next = clocks.filter(({ state }) => state === 'armed' || state === 'dueSoon')[0];
    const known = new Set(lines.map((line) => line.id));
    return {
      ...then,
      ...past,
      items: detail.items
        .filter((item) => item.receivedAt <= asOf)
        .map((item) => ({ ...item, originalGoneSince: notAfter(item.originalGoneSince, asOf) })),
      clocks,
      nextDueAt: next?.dueAt ?? null,
      nextAct: next?.act ?? null,
      overdueCount: late.length,
      firstOverdueAt: late[0]?.dueAt ?? null,
      // What lay ahead then has come or was answered since; the record tells it.
      ladder: [],
      timeline: detail.timeline.filter((entry) => known.has(entry.id)),
      asOf,
    } as unknown as Known & { asOf: Date };
  }

  private async clocksAt(tx: Transaction, incident: Detail, asOf: Date): Promise<ClockView[]> {
    const { clocks } = await this.keeper.asOf(tx, incident.id, asOf);
    const stored = await tx.query<{ id: string; key: string; version: number; body: string | null }>(
      `SELECT id, clock_key || '|' || generation AS key, version, body_id AS body FROM response_clocks WHERE incident_id = $1`,
      [incident.id],
    );
    const rows = new Map(stored.map((row) => [row.key, row]));
    return clocks
      .flatMap((clock) => {
        const row = rows.get(`${clock.id}|${clock.generation}`);
        return clock.dueAt === null ? [] : [viewOf(incident, clock, row)];
      })
      .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  }
}

function viewOf(
  incident: Detail,
  clock: ComputedClock,
  row: { id: string; version: number; body: string | null } | undefined,
): ClockView {
  const rule = clock.computation.find((step) => step.step === 'rule');
  return {
    id: row?.id ?? newId(),
    incidentId: incident.id,
    incidentNumber: incident.number,
    incidentTitle: incident.title,
    act: clock.act,
    label: rule?.step === 'rule' ? rule.label : clock.act,
    force: clock.force,
    scope: clock.ring as ClockView['scope'],
    state: clock.state,
    stateReason: clock.reason,
    startedAt: new Date(clock.startedAt),
    dueAt: new Date(clock.dueAt!),
    stateAt: clock.stateAt === null ? null : new Date(clock.stateAt),
    bodyId: clock.owner === 'respondingBody' ? clock.body : (row?.body ?? clock.body),
    provisional: clock.provisional,
    drill: incident.drill,
    policyPack: incident.policyPack,
    policyVersion: clock.policyVersion,
    version: row?.version ?? 1,
  };
}
