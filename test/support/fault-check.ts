import { CANONICAL_ENTRY, GENESIS_HASH, sealHash } from '#platform/ledger/sealer.js';
import type { PlantedCase } from './fault-rig.js';
import type { TestDatabase } from './test-database.js';

interface CaseRow {
  id: string;
  clocks: number;
  due: Date | null;
  firings: number;
  fired: Date | null;
  overdueEntries: number;
  startedEntries: number;
  urgings: number;
  issuedEntries: number;
  notices: number;
  met: boolean;
}

export interface Outcome {
  /** Every invariant that does not hold, with the case; empty: all hold. */
  problems: string[];
  firstLateMs: number;
  lastLateMs: number;
  /** How many firings came by which path. */
  paths: Record<string, number>;
}

const LIMIT = `c.clock_key = 'firstRelease.limit'`;
const ENTRY = `e.incident_id = i.id AND e.payload->>'clockKey' = 'firstRelease.limit'`;
const URGED = `e.incident_id = i.id AND e.type = 'escalation.issued' AND e.payload->>'reason' = 'response'`;

/** Compares the product's tables with the test's own list: nothing lost, nothing twice, nothing early, everything written down. */
export async function check(db: TestDatabase, cases: PlantedCase[]): Promise<Outcome> {
  const rows = await db.asOwner<CaseRow>(
    `SELECT i.id,
            (SELECT count(*)::int FROM response_clocks c WHERE c.incident_id = i.id AND ${LIMIT}) AS clocks,
            (SELECT max(c.due_at) FROM response_clocks c WHERE c.incident_id = i.id AND ${LIMIT}) AS due,
            (SELECT count(*)::int FROM clock_firings f JOIN response_clocks c ON c.id = f.clock_id WHERE f.incident_id = i.id AND ${LIMIT} AND f.event = 'overdue') AS firings,
            (SELECT min(f.fired_at) FROM clock_firings f JOIN response_clocks c ON c.id = f.clock_id WHERE f.incident_id = i.id AND ${LIMIT} AND f.event = 'overdue') AS fired,
            (SELECT count(*)::int FROM ledger_entries e WHERE ${ENTRY} AND e.type = 'clock.overdue') AS "overdueEntries",
            (SELECT count(*)::int FROM ledger_entries e WHERE ${ENTRY} AND e.type = 'clock.started') AS "startedEntries",
            (SELECT count(*)::int FROM escalations s WHERE s.incident_id = i.id AND s.step = 'reminder' AND s.reason = 'response') AS urgings,
            (SELECT count(*)::int FROM ledger_entries e WHERE ${URGED}) AS "issuedEntries",
            (SELECT count(*)::int FROM deliveries d WHERE d.incident_id = i.id AND d.topic = 'reminder') AS notices,
            EXISTS (SELECT 1 FROM response_clocks c WHERE c.incident_id = i.id AND ${LIMIT} AND c.state = 'met') AS met
       FROM incidents i`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const problems = cases.flatMap((planted) => problemsOf(planted, byId.get(planted.incidentId)));
  problems.push(...(await numberProblems(db)), ...(await chainProblems(db)), ...(await sealProblems(db)));
  const late = cases.flatMap((planted) => {
    const fired = byId.get(planted.incidentId)?.fired;
    return fired === null || fired === undefined ? [] : [fired.getTime() - planted.dueAt];
  });
  const paths = await db.asOwner<{ path: string; n: number }>(
    `SELECT path, count(*)::int AS n FROM clock_firings f JOIN response_clocks c ON c.id = f.clock_id WHERE ${LIMIT} AND f.event = 'overdue' GROUP BY path`,
  );
  return {
    problems,
    firstLateMs: Math.min(...late),
    lastLateMs: Math.max(...late),
    paths: Object.fromEntries(paths.map(({ path, n }) => [path, n])),
  };
}

function problemsOf({ incidentId, dueAt, seenAt, answered }: PlantedCase, row: CaseRow | undefined): string[] {
  if (row === undefined) return [`${incidentId}: the case is gone`];
  if (answered === true) return answeredProblems(incidentId, row);
  const say = (wrong: boolean, what: string) => (wrong ? [`${incidentId}: ${what}`] : []);
  // A case that was computed after its due has no `clock.started`: its first entry says overdue.
  return [
    ...say(row.clocks !== 1, `${row.clocks} clocks instead of 1`),
    ...say(row.due?.getTime() !== dueAt, `due ${row.due?.toISOString()}, not ${new Date(dueAt).toISOString()}`),
    ...say(row.firings !== 1, `fired ${row.firings} times`),
    ...say(row.overdueEntries !== 1, `${row.overdueEntries} entries clock.overdue`),
    ...say(row.startedEntries > 1, `${row.startedEntries} entries clock.started`),
    ...say(row.urgings !== 1, `${row.urgings} urgings`),
    ...say(row.issuedEntries !== 1, `${row.issuedEntries} entries escalation.issued`),
    // Notices are written where a delivery process runs; nowhere twice.
    ...say(row.notices > 1, `told ${row.notices} times`),
    ...say(row.fired !== null && row.fired.getTime() <= dueAt, 'recorded as fired before its due had passed'),
    ...say(seenAt === undefined || seenAt <= dueAt, `seen fired ${seenAt === undefined ? 'never' : 'early'}`),
  ];
}

function answeredProblems(incidentId: string, row: CaseRow): string[] {
  const wrong = row.firings + row.overdueEntries + row.urgings + row.issuedEntries + row.notices;
  return [
    ...(row.met ? [] : [`${incidentId}: answered in time and not met`]),
    ...(wrong === 0 ? [] : [`${incidentId}: answered in time, and fired ${row.firings}, urged ${row.urgings} times`]),
  ];
}

/** Every entry is sealed or waits for it. */
async function sealProblems(db: TestDatabase): Promise<string[]> {
  const lost = await db.asOwner<{ type: string }>(
    `SELECT e.type FROM ledger_entries e WHERE NOT EXISTS (SELECT 1 FROM ledger_seals s WHERE s.entry_id = e.id)
        AND NOT EXISTS (SELECT 1 FROM ledger_unsealed u WHERE u.entry_id = e.id) LIMIT 5`,
  );
  return lost.map(({ type }) => `an entry ${type} will never be sealed`);
}

/** Numbers of documents are gap-free and unique within committed work. */
async function numberProblems(db: TestDatabase): Promise<string[]> {
  const rows = await db.asOwner<{ n: string }>(
    `SELECT substring(number FROM '〕(\\d+)号') AS n FROM escalations WHERE number IS NOT NULL ORDER BY length(number), number`,
  );
  const wrong = rows.findIndex(({ n }, index) => Number(n) !== index + 1);
  return wrong < 0 ? [] : [`number ${rows[wrong]!.n} stands in the place of ${wrong + 1}`];
}

async function chainProblems(db: TestDatabase): Promise<string[]> {
  const rows = await db.asOwner<{ seq: string; prev: string; hash: string; canonical: string }>(
    `SELECT s.seq, s.prev_hash AS prev, s.hash, ${CANONICAL_ENTRY} AS canonical FROM ledger_seals s JOIN ledger_entries e ON e.id = s.entry_id ORDER BY s.seq`,
  );
  let previous = GENESIS_HASH;
  for (const [index, row] of rows.entries()) {
    const right = Number(row.seq) === index + 1 && row.prev === previous;
    if (!right || sealHash(previous, index + 1, row.canonical) !== row.hash) return [`the chain breaks at ${row.seq}`];
    previous = row.hash;
  }
  return [];
}
