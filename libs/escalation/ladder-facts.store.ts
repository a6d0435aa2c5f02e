import { groupBy } from '#kernel/group-by.js';
import type { Transaction } from '#platform/database/database.js';
import type { AssignmentFacts, LadderFacts, LadderLevel } from './rules/steps.js';

/** An incident whose ladder is to be drawn, with its facts. */
export interface LadderSubject {
  incidentId: string;
  drill: boolean;
  leadBodyId: string | null;
  facts: LadderFacts;
  /** What each co-responder owes by itself: its task's own dues, never the response that the lead gives (domain 5.4). */
  coResponders: { bodyId: string; facts: LadderFacts }[];
}

/** Marks the steps of a co-responder's own ladder among those of the incident. */
export const ladderOf = (coBodyId: string | null): string => (coBodyId === null ? '' : `co:${coBodyId}:`);
export const belongsTo = (triggerKey: string, ladder: string): boolean =>
  ladder === '' ? !triggerKey.startsWith('co:') : triggerKey.startsWith(ladder);

interface IncidentRow {
  id: string;
  drill: boolean;
  grade: string;
  heat_level: string;
  lead_body_id: string | null;
  detected_at: Date;
  closed_at: Date | null;
}
interface ClockRow {
  incident_id: string;
  act: string;
  scope: string;
  force: string;
  state: string;
  assignment_id: string | null;
  started_at: Date;
  due_at: Date;
  stopped_at: string | null;
  filed_late: boolean;
  state_at: Date | null;
}
interface OrderRow {
  id: string;
  incident_id: string;
  body_id: string;
  role: string;
  dispatched_at: Date;
  ended_at: Date | null;
  acknowledged_at: Date | null;
  verified_at: Date | null;
  reported_at: Date | null;
}
interface StepRow {
  incident_id: string;
  trigger_key: string;
  step: string;
  ordinal: number;
  state: string;
  issued_at: Date | null;
  deadline: Date | null;
  answered_at: Date | null;
  withdrawn: { at: string; reason: string; by?: string } | null;
}

/** Acts of a public limit clock that ask for an answer to the public. */
const ANSWERING = new Set(['firstRelease', 'publicResponse', 'makeupRelease']);
const FAST_ACTS = new Set(['firstRelease', 'makeupRelease']);
const DEAD = new Set(['superseded', 'cancelled', 'notApplicable']);

const ms = (instant: Date | null): number | null => instant?.getTime() ?? null;

/** The facts of the confirmed incidents among `ids`, from their clocks, orders and earlier steps. */
export async function ladderSubjects(tx: Transaction, ids: string[]): Promise<LadderSubject[]> {
  const incidents = await tx.query<IncidentRow>(
    `SELECT id, drill, grade, heat_level, lead_body_id, detected_at, CASE WHEN state IN ('struckOff', 'rejected', 'merged', 'outOfArea') THEN coalesce(closed_at, updated_at) END AS closed_at
       FROM incidents WHERE id = ANY($1::uuid[]) AND state <> 'proposed' ORDER BY id FOR UPDATE`,
    [ids],
  );
  const clocks = groupBy(
    await tx.query<ClockRow>(
      `SELECT incident_id, act, scope, force, state, assignment_id, started_at, due_at, state_at, computation->>'stoppedAt' AS stopped_at, coalesce((computation->>'filedLate')::boolean, false) AS filed_late
         FROM response_clocks WHERE incident_id = ANY($1::uuid[]) ORDER BY due_at`,
      [ids],
    ),
    (row) => row.incident_id,
  );
  const orders = groupBy(
    await tx.query<OrderRow>(
      `SELECT id, incident_id, body_id, role, dispatched_at, ended_at, acknowledged_at, verified_at, reported_at FROM assignments
        WHERE incident_id = ANY($1::uuid[]) AND role IN ('lead', 'co') ORDER BY dispatched_at, id`,
      [ids],
    ),
    (row) => row.incident_id,
  );
  const steps = groupBy(
    await tx.query<StepRow>(
      `SELECT incident_id, trigger_key, step, ordinal, state, issued_at, deadline, answered_at, withdrawn FROM escalations WHERE incident_id = ANY($1::uuid[])`,
      [ids],
    ),
    (row) => row.incident_id,
  );
  return incidents.map((incident) => {
    const rows = {
      clocks: clocks.get(incident.id) ?? [],
      orders: orders.get(incident.id) ?? [],
      steps: steps.get(incident.id) ?? [],
    };
    const facts = factsOf(incident, rows);
    const coBodies = [...new Set(rows.orders.filter((order) => order.role === 'co').map((order) => order.body_id))];
    return {
      incidentId: incident.id,
      drill: incident.drill,
      leadBodyId: incident.lead_body_id,
      facts,
      coResponders: coBodies.map((bodyId) => ({ bodyId, facts: coFacts(facts, bodyId, rows) })),
    };
  });
}

function factsOf(
  incident: IncidentRow,
  rows: { clocks: ClockRow[]; orders: OrderRow[]; steps: StepRow[] },
): LadderFacts {
  const answering = rows.clocks.filter(
    (clock) =>
      clock.scope === 'public' && clock.force === 'limit' && ANSWERING.has(clock.act) && !DEAD.has(clock.state),
  );
  // A make-up due takes the place of the limit that had passed at the upgrade (domain 3.8).
  const clock = answering.find((candidate) => candidate.state !== 'overdueAtUpgrade') ?? answering[0];
  const stoppedAt = clock?.stopped_at ?? null;
  return {
    level: levelOf(incident, clock),
    // Without a public due the inner duties still stand, and what was asked before is still to be settled or taken back.
    clockStart: (clock?.started_at ?? incident.detected_at).getTime(),
    responseDueAt: ms(clock?.due_at ?? null),
    publicResponseAt: stoppedAt === null ? null : Number(stoppedAt),
    publicResponseFiledAt: clock?.filed_late === true ? ms(clock.state_at) : null,
    closedAt: ms(incident.closed_at),
    assignments: rows.orders.filter((order) => order.role === 'lead').map((order) => turnOf(order, rows.clocks)),
    withdrawals: [],
    supervision: supervisionIn(rows.steps, ladderOf(null)),
  };
}

/** A co-responder's share of the case: its own turns and dues; the public answer is the lead's. */
function coFacts(
  facts: LadderFacts,
  bodyId: string,
  rows: { clocks: ClockRow[]; orders: OrderRow[]; steps: StepRow[] },
) {
  const turns = rows.orders.filter((order) => order.role === 'co' && order.body_id === bodyId);
  return {
    ...facts,
    responseDueAt: null,
    publicResponseAt: null,
    publicResponseFiledAt: null,
    assignments: turns.map((order) => turnOf(order, rows.clocks)),
    supervision: supervisionIn(rows.steps, ladderOf(bodyId)),
  };
}

/** The 督办 of one ladder that a person issued. */
function supervisionIn(steps: StepRow[], ladder: string): LadderFacts['supervision'] {
  const step = steps.find(
    (row) => row.step === 'supervision' && row.issued_at !== null && belongsTo(row.trigger_key, ladder),
  );
  if (step === undefined) return null;
  const withdrawn = step.state === 'withdrawn' && step.withdrawn !== null ? Date.parse(step.withdrawn.at) : null;
  return {
    issuedAt: step.issued_at!.getTime(),
    deadline: ms(step.deadline),
    answeredAt: ms(step.answered_at),
    withdrawnAt: withdrawn,
  };
}

/** The fast clocks make a case fast, whatever its own grade: a city may start them at III, a merged incident brings them along. */
function levelOf({ grade, heat_level: heat }: IncidentRow, answering: ClockRow | undefined): LadderLevel {
  if (grade === 'I' || grade === 'II' || (answering !== undefined && FAST_ACTS.has(answering.act))) return 'fast';
  return heat === 'I' || heat === 'II' ? 'I-II' : (heat as 'III' | 'IV');
}

function turnOf(order: OrderRow, clocks: ClockRow[]): AssignmentFacts {
  const due = (act: string) =>
    ms(
      clocks.find((clock) => clock.assignment_id === order.id && clock.act === act && !DEAD.has(clock.state))?.due_at ??
        null,
    );
  return {
    bodyId: order.body_id,
    dispatchedAt: order.dispatched_at.getTime(),
    endedAt: ms(order.ended_at),
    signForDueAt: due('signFor'),
    verificationDueAt: due('verificationFeedback'),
    handlingDueAt: due('handlingFeedback'),
    signedAt: ms(order.acknowledged_at),
    verificationAcceptedAt: ms(order.verified_at),
    handlingReportedAt: ms(order.reported_at),
  };
}
