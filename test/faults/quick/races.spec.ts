import { afterAll, beforeAll, expect, it, test } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { everything, type Office, openOffice, person } from '../../support/office.js';

const ANALYST = person('网信办 周敏');
const START = Date.parse('2026-11-20T14:05:00+08:00');
const LIMIT = START + 5 * 3_600_000;
const TARGET = START + 3 * 3_600_000;

let o: Office;
beforeAll(async () => {
  o = await openOffice();
});
afterAll(() => o.close());

/** Confirmed cases of one start, with their clocks computed and armed. */
async function armed(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await o.db.setNow(new Date(START));
  await o.db.asOwner(
    `INSERT INTO incidents (id, number, title, state, category, grade, grade_basis, heat_level, jurisdiction, policy_pack, occurred_at, detected_at)
     SELECT id, id::text, '竞争', 'proposed', 'C5', 'II', 'confirmed', 'III', '320600', 'nantong', $2, $2 FROM unnest($1::uuid[]) AS id`,
    [ids, new Date(START)],
  );
  for (const incidentId of ids) await o.act((tx) => o.decisions.confirm(tx, { incidentId, actor: ANALYST }));
  await o.settle();
  await o.db.setNow(new Date(TARGET + 60_000));
  await o.settle();
  return ids;
}

/** A proven release, filed at this very instant. */
async function prove(tx: Transaction, incidentId: string): Promise<void> {
  const at = await tx.now();
  const published = { publishedAt: at.toISOString(), filedAt: at.toISOString() };
  const payload = { evidence: 'webRelease', ...published };
  await appendLedger(tx, [{ type: 'evidence.proven', at, actor: ANALYST, incidentId, subjectId: newId(), payload }]);
}

/** Two processes at once: both sweep, both follow, both seal. */
const everybody = (): Promise<unknown> =>
  Promise.all([
    o.sweep.sweep('sweep', 'a'),
    o.sweep.sweep('timer', 'b'),
    sealBatch(o.db.worker),
    consumeLedger(o.db.worker, o.keeper),
    consumeLedger(o.db.worker, o.keeper),
    consumeLedger(o.db.worker, o.ladder),
  ]);

interface Verdict {
  id: string;
  state: string;
  overdue: number;
  entries: number;
  urgings: number;
}

async function verdicts(ids: string[]): Promise<Verdict[]> {
  return o.db.asOwner<Verdict>(
    `SELECT c.incident_id AS id, c.state,
            (SELECT count(*)::int FROM clock_firings f WHERE f.clock_id = c.id AND f.event = 'overdue') AS overdue,
            (SELECT count(*)::int FROM ledger_entries e WHERE e.incident_id = c.incident_id AND e.type = 'clock.overdue' AND e.payload->>'clockKey' = c.clock_key) AS entries,
            (SELECT count(*)::int FROM escalations s WHERE s.incident_id = c.incident_id AND s.step = 'reminder' AND s.reason = 'response') AS urgings
       FROM response_clocks c WHERE c.incident_id = ANY($1::uuid[]) AND c.clock_key = 'firstRelease.limit'`,
    [ids],
  );
}

test.each([
  [-1, 'met'],
  [0, 'met'],
  [1, 'metLate'],
])(
  'F35: a release %i ms from the due, racing two sweeps: the verdict is the order of the database',
  async (offset, state) => {
    const ids = await armed(40);
    await o.db.setNow(new Date(LIMIT + offset));
    const proofs = ids.map((id) => o.db.worker.asSystem((tx) => prove(tx, id)));
    await Promise.all([...proofs, everybody(), everybody(), everybody()]);
    // The sweep comes again a moment later, as it does; nothing may have been missed or be told twice.
    await o.db.setNow(new Date(LIMIT + 1_000));
    await Promise.all([everybody(), everybody()]);
    await o.settle();
    const found = await verdicts(ids);
    expect(new Set(found.map((row) => row.state))).toEqual(new Set([state]));
    // A sweep may be faster than the follower of the ledger: then the record of the firing stays beside `met`, once.
    expect(found.filter((row) => row.overdue > 1 || row.entries > 1 || row.urgings > 1)).toEqual([]);
    expect(found).toHaveLength(40);
  },
);

type Act = (tx: Transaction, id: string, other: string) => Promise<unknown>;
const ACTS: Record<string, Act> = {
  regraded: (tx, incidentId) =>
    o.decisions.regrade(tx, { incidentId, grade: 'III', basis: 'confirmed', actor: ANALYST }),
  'out of the area': (tx, incidentId) =>
    o.decisions.reject(tx, { incidentId, as: 'outOfArea', reason: '外地', actor: ANALYST }),
  merged: (tx, incidentId, into) => o.decisions.merge(tx, { incidentId, into, actor: ANALYST }),
  'corrected in its start': (tx, incidentId) =>
    o.decisions.correctStamp(tx, {
      incidentId,
      stamp: 'occurredAt',
      value: new Date(START + 600_000),
      source: 'notice',
      actor: ANALYST,
    }),
};

/** Milliseconds from the due. */
const OFFSETS = process.env['FAULTS_ALL'] === '1' ? [-50, -1, 0, 1, 50] : [1];

it.each(Object.keys(ACTS).flatMap((act) => OFFSETS.map((offset) => [act, offset] as const)))(
  'F36: a case is %s %i ms from its due: one outcome a generation, and what the rules say stands in the rows',
  async (act, offset) => {
    const ids = await armed(8);
    await o.db.setNow(new Date(LIMIT + offset));
    const decide = (id: string, index: number) => o.act((tx) => ACTS[act]!(tx, id, ids[(index + 4) % 8]!));
    await Promise.all([...ids.slice(0, 4).map(decide), everybody(), everybody()]);
    await o.db.setNow(new Date(LIMIT + 1_000));
    await Promise.all([everybody(), everybody()]);
    await o.settle();
    const found = await verdicts(ids);
    expect(found.filter((row) => row.overdue > 1 || row.entries > 1 || row.urgings > 1)).toEqual([]);
    const told = new Map(found.map((row) => [row.id, row]));
    for (const id of ids.slice(4)) expect(told.get(id)).toMatchObject({ state: 'overdue', overdue: 1, entries: 1 });
    const before = await everything(o.db);
    await o.db.worker.asSystem((tx) => o.keeper.sync(tx, ids));
    await o.db.worker.asSystem((tx) => o.ladder.sync(tx, ids));
    expect(await everything(o.db)).toEqual(before);
  },
);
