import { Injectable } from '@nestjs/common';
import type { WorkingCalendar } from '#kernel/calendar.js';
import { DomainError } from '#kernel/error.js';
import { groupBy } from '#kernel/group-by.js';
import type { Transaction } from '#platform/database/database.js';
import { appendLedger, type LedgerEntry } from '#platform/ledger/ledger.js';
import { FrozenTexts, type PolicyText } from '#platform/config/frozen-texts.js';
import type { LedgerSubscription, SealedEntry } from '#platform/ledger/subscription.js';
import type { ClockComputation, ComputedClock } from './contract.js';
import { type ClockRow, lockClocks, retireClocks, saveClocks, type StoredClock } from './clocks.store.js';
import { movedEntry, retiredEntry } from './clock-entries.js';
import { toRow } from './clock-row.js';
import { historyOf, loadLines } from './ledger-lines.store.js';
import { refreshDeadlines } from './deadlines.store.js';
import type { PolicyPack } from './policy/contract.js';
import { computeClocks } from './rules/compute-clocks.js';
import { CLOCK_MOVING_EVENTS, endedAssignments, type LedgerLine } from './rules/history-from-ledger.js';

/** The packs of the installation and the calendar of working days, loaded and checked at start. */
export abstract class ClockPolicies {
  abstract readonly calendar: WorkingCalendar;
  abstract packIds(): string[];
  /** The pack of an incident; a drill runs the same pack on a smaller scale. */
  abstract packFor(packId: string, drill: boolean): PolicyPack;
  /** A pack on the scale of the installation's drills. */
  abstract readonly forDrill: (pack: PolicyPack) => PolicyPack;
  /** The same pack as a text with its digest, not scaled: what an incident is held to. */
  abstract textFor(packId: string): PolicyText<PolicyPack>;
  /** The body whose clock it is where the pack names an office instead of the responding body; null where the city has none. */
  abstract officeOf(owner: string): string | null;
}

interface IncidentRow {
  id: string;
  drill: boolean;
  policy_pack: string;
}
/** An incident with the pack it is held to and its ledger. */
interface Judged {
  incident: IncidentRow;
  pack: PolicyPack;
  lines: LedgerLine[];
  linesOf: Map<string, LedgerLine[]>;
}

/** The owner of a clock that is the lead body's. */
const RESPONDING_BODY = 'respondingBody';
/** Clocks of these states still ask something of somebody. */
const LOOKED_AT = new Set(['armed', 'dueSoon', 'paused', 'overdue']);

/**
 * Keeps the rows of the clocks equal to what the rules say of an incident's ledger. Whatever moves a clock is an entry of
 * the ledger; the whole history is computed anew, so a correction can't leave a clock behind (domain 3.8).
 */
@Injectable()
export class ClockKeeper implements LedgerSubscription {
  readonly consumer = 'clocks';
  readonly types = CLOCK_MOVING_EVENTS;
  private readonly frozen = new FrozenTexts<PolicyPack>('clocks');

  constructor(private readonly policies: ClockPolicies) {}

  async handle(tx: Transaction, entries: SealedEntry[]): Promise<void> {
    const ids = [...new Set(entries.map((entry) => entry.incidentId).filter((id) => id !== null))];
    await this.sync(tx, [...new Set([...ids, ...(await mergedWith(tx, ids))])]);
  }

  /** Computes the clocks of the incidents and writes what differs, with a ledger entry for each that moved. */
  async sync(tx: Transaction, incidentIds: string[]): Promise<void> {
    if (incidentIds.length === 0) return;
    const incidents = await tx.query<IncidentRow>(
      'SELECT id, drill, policy_pack FROM incidents WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
      [incidentIds],
    );
    const linesOf = await loadLines(tx, incidentIds);
    const packs = await this.packsOf(tx, incidents, true);
    const stored = groupBy(await lockClocks(tx, incidentIds), (clock) => clock.incidentId);
    const now = await tx.now();
    const rows: Omit<ClockRow, 'id'>[] = [];
    const moved: LedgerEntry[] = [];
    const gone: StoredClock[] = [];
    for (const incident of incidents) {
      const lines = linesOf.get(incident.id) ?? [];
      const known = new Map(
        (stored.get(incident.id) ?? []).map((clock) => [`${clock.clockKey}|${clock.generation}`, clock]),
      );
      const computed = this.compute({ incident, pack: packs.get(incident.id)!, lines, linesOf }, now.getTime());
      for (const row of computed) {
        const before = known.get(`${row.clockKey}|${row.generation}`);
        if (before !== undefined && isSame(before, row)) continue;
        rows.push(row);
        if (before === undefined || before.state !== row.state || before.dueAt !== row.dueAt)
          moved.push(movedEntry(row, before, now));
      }
      for (const row of computed) known.delete(`${row.clockKey}|${row.generation}`);
      gone.push(...[...known.values()].filter((clock) => LOOKED_AT.has(clock.state)));
    }
    await saveClocks(tx, rows);
    await retireClocks(
      tx,
      gone.map((clock) => clock.id),
      now,
    );
    moved.push(...gone.map((clock) => retiredEntry(clock, now)));
    await this.recordLateDiscoveries(tx, rows, now);
    await appendLedger(tx, moved);
    await refreshDeadlines(tx, incidentIds);
  }

  /** Why the rules would not grant an entry written now, in their own word; undefined when they would. Nothing is written. */
  async refusalOf(
    tx: Transaction,
    incidentId: string,
    entry: { type: string; payload: Record<string, unknown> },
  ): Promise<string | undefined> {
    const at = await tx.now();
    const asked = { ...entry, id: 'asked', at, subjectId: null, actorName: '', reason: null };
    const { refusals } = await this.inspect(tx, incidentId, [asked]);
    return refusals.find((refusal) => refusal.entryId === asked.id)?.reason;
  }

  /** What the rules say of an incident now, with entries that are not written; the rows of the clocks stay as they are. */
  async inspect(tx: Transaction, incidentId: string, further: LedgerLine[] = []): Promise<ClockComputation> {
    const incident = await this.incidentOf(tx, incidentId);
    const linesOf = await loadLines(tx, [incidentId]);
    const now = (await tx.now()).getTime();
    const pack = (await this.packsOf(tx, [incident], false)).get(incidentId)!;
    const lines = [...(linesOf.get(incidentId) ?? []), ...further];
    return this.judge({ incident, pack, lines, linesOf }, now);
  }

  /** The clocks as they stood at an instant of the past, from what the ledger held by then. */
  async asOf(tx: Transaction, incidentId: string, at: Date): Promise<ClockComputation> {
    const incident = await this.incidentOf(tx, incidentId);
    const all = await loadLines(tx, [incidentId]);
    const linesOf = new Map([...all].map(([id, lines]) => [id, lines.filter((line) => line.at <= at)]));
    const pack = (await this.packsOf(tx, [incident], false)).get(incidentId)!;
    return this.judge({ incident, pack, lines: linesOf.get(incidentId) ?? [], linesOf }, at.getTime());
  }

  private async incidentOf(tx: Transaction, id: string): Promise<IncidentRow> {
    const incident = await tx.one<IncidentRow>('SELECT id, drill, policy_pack FROM incidents WHERE id = $1', [id]);
    if (incident === undefined) throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    return incident;
  }

  /** The pack that each incident began under; a drill runs it on its own scale. */
  private async packsOf(tx: Transaction, incidents: IncidentRow[], freeze: boolean): Promise<Map<string, PolicyPack>> {
    const present = new Map(incidents.map(({ id, policy_pack }) => [id, this.policies.textFor(policy_pack)]));
    const packs = await this.frozen.forIncidents(tx, present, { freeze });
    for (const { id, drill } of incidents) if (drill) packs.set(id, this.policies.forDrill(packs.get(id)!));
    return packs;
  }

  private judge({ incident, pack, lines, linesOf }: Judged, now: number): ClockComputation {
    const history = historyOf(incident.id, lines, linesOf);
    return computeClocks({ pack, calendar: this.policies.calendar, history, now });
  }

  private compute(judged: Judged, now: number): Omit<ClockRow, 'id'>[] {
    const { incident, pack, lines } = judged;
    const ended = endedAssignments(lines);
    const rules = new Map(
      pack.versions.flatMap((version) => version.rules.map((rule) => [rule.id, rule.label] as const)),
    );
    const { clocks, figures } = this.judge(judged, now);
    return clocks
      .filter((clock) => clock.dueAt !== null)
      .map((clock) => ({ ...clock, body: clock.assignmentId === null ? this.ownerOf(clock) : clock.body }))
      .map((clock) => endWithOrder(clock, ended))
      .map((clock) => toRow({ incident, pack, figures }, clock, rules.get(clock.ruleId) ?? clock.label, now));
  }

  /** The first report is the network office's to make, not the responding body's: notices and lateness go to the owner. */
  private ownerOf(clock: ComputedClock): string | null {
    return clock.owner === RESPONDING_BODY ? clock.body : (this.policies.officeOf(clock.owner) ?? clock.body);
  }

  /** A clock that is found overdue while it is computed has its firing recorded too, under its own path. */
  private async recordLateDiscoveries(tx: Transaction, rows: Omit<ClockRow, 'id'>[], now: Date): Promise<void> {
    const overdue = rows.filter((row) => row.state === 'overdue' || row.state === 'overdueAtUpgrade');
    if (overdue.length === 0) return;
    await tx.query(
      `INSERT INTO clock_firings (clock_id, generation, event, due_at, fired_at, lateness_ms, path, process, drill, incident_id)
       SELECT c.id, c.generation, c.state, c.due_at, $3, extract(epoch FROM ($3::timestamptz - c.due_at)) * 1000, 'recompute', 'clocks', c.drill, c.incident_id
         FROM response_clocks c JOIN unnest($1::uuid[], $2::text[]) AS k(incident_id, clock_key) ON c.incident_id = k.incident_id AND c.clock_key = k.clock_key
        WHERE c.state IN ('overdue', 'overdueAtUpgrade') ON CONFLICT DO NOTHING`,
      [overdue.map((row) => row.incidentId), overdue.map((row) => row.clockKey), now],
    );
  }
}

/** What the order still asked for when it ended is asked of nobody any more; a due that had passed by then stays. */
function endWithOrder(clock: ComputedClock, ended: Map<string, number>): ComputedClock {
  const at = clock.assignmentId === null ? undefined : ended.get(clock.assignmentId);
  if (at === undefined || !LOOKED_AT.has(clock.state)) return clock;
  if (clock.state === 'overdue' && clock.dueAt! <= at) return clock;
  return { ...clock, state: 'cancelled', stateAt: at, reason: 'assignmentEnded' };
}

/** The incidents that some are merged into, and those merged into them: a release of one counts for all (domain 3.8). */
async function mergedWith(tx: Transaction, incidentIds: string[]): Promise<string[]> {
  if (incidentIds.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `SELECT merged_into AS id FROM incidents WHERE id = ANY($1::uuid[]) AND merged_into IS NOT NULL
      UNION SELECT id FROM incidents WHERE merged_into = ANY($1::uuid[])`,
    [incidentIds],
  );
  return rows.map((row) => row.id);
}

const isSame = (before: StoredClock, row: Omit<ClockRow, 'id'>): boolean =>
  before.state === row.state &&
  before.startedAt === row.startedAt &&
  before.dueAt === row.dueAt &&
  before.provisional === row.provisional &&
  before.bodyId === row.bodyId &&
  before.calendarIncomplete === (row.computation as { calendarIncomplete: boolean }).calendarIncomplete;
