import { afterAll, afterEach, expect, it, jest } from '@jest/globals';
import { CLAIM_DUE_SQL } from '#clocks/sweep.service.js';
import { newId } from '#kernel/ids.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { FaultRig, until } from '../support/fault-rig.js';
import { everything, type Office, openOffice, person } from '../support/office.js';

/** A database clock that steps, and many clocks: F25, F26, F30, F33, F34. How fast it is: docs/performance.md. */
jest.setTimeout(600_000);

let rig: FaultRig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const firings = (one: FaultRig) => one.db.asOwner('SELECT * FROM clock_firings ORDER BY clock_id, generation, event');

it('F30: the clock of the database steps two hours ahead and back: whatever fired stays fired, once', async () => {
  rig = await FaultRig.open();
  const { db } = rig;
  await rig.startReady(2);
  await rig.plant(20, 3_600_000, 60_000);
  await rig.arm();
  await db.advance(7_200_000);
  await until(async () => {
    await rig!.watch(0);
    return rig!.cases.every(({ seenAt }) => seenAt !== undefined);
  }, 'the clocks that are due by the stepped clock');
  await db.advance(-7_200_000);
  const before = await firings(rig);
  const after = await rig.plant(10, 2_000, 2_000);
  await rig.watch();
  expect(after.every(({ seenAt }) => seenAt !== undefined)).toBe(true);
  const ids = new Set(after.map(({ incidentId }) => incidentId));
  const kept = (await firings(rig)).filter((row) => !ids.has((row as { incident_id: string }).incident_id));
  expect(kept).toEqual(before);
  const twice = await db.asOwner(
    `SELECT incident_id FROM ledger_entries WHERE type = 'clock.overdue' AND payload->>'clockKey' = 'firstRelease.limit' GROUP BY incident_id HAVING count(*) <> 1`,
  );
  expect(twice).toEqual([]);
  process.stdout.write(`| F30 the database's clock +2 h and back | ${rig.cases.length} | – | – |\n`);
});

/** Clocks by the thousand, written as rows: no case of theirs is planted by its story. */
async function plantRows(one: FaultRig, count: number, due: string): Promise<void> {
  const PER_CASE = 5;
  await one.db.asOwner(
    `WITH cases AS (
       INSERT INTO incidents (id, number, title, state, category, jurisdiction, policy_pack, detected_at)
       SELECT gen_random_uuid(), gen_random_uuid()::text, '许多', 'confirmed', 'C3', '320600', 'nantong', huiying_now() FROM generate_series(1, $1) RETURNING id)
     INSERT INTO response_clocks (id, incident_id, clock_key, act, force, form, scope, label, state, started_at, due_at, policy_pack, policy_version, next_look_at)
     SELECT gen_random_uuid(), cases.id, 'many.' || k, 'publicResponse', 'limit', 'deadline', 'public', '许多', 'armed', huiying_now(), d.at, 'nantong', 'test', d.at
       FROM cases, generate_series(1, ${PER_CASE}) k, (SELECT ${due} AS at) d`,
    [count / PER_CASE],
  );
}

it('F26: the claim stays an index scan under statistics that know of no row', async () => {
  rig = await FaultRig.open();
  await rig.db.asOwner('ALTER TABLE response_clocks SET (autovacuum_enabled = false)');
  await rig.db.asOwner('ANALYZE response_clocks');
  await plantRows(rig, 100_000, `huiying_now() + interval '30 days'`);
  const [plan] = await rig.db.asOwner<{ 'QUERY PLAN': unknown }>(
    `EXPLAIN (FORMAT JSON) ${CLAIM_DUE_SQL.replace('$1', 'now()')}`,
  );
  expect(JSON.stringify(plan)).toContain('"Index Name":"response_clocks_look"');
  expect(JSON.stringify(plan)).not.toContain('Seq Scan');
});

it('F33: ten thousand are due at one instant, with two processes and the cases of the list among them', async () => {
  rig = await FaultRig.open();
  await rig.startReady(2);
  await rig.plant(40, 6_000, 0);
  await rig.arm();
  const MANY = 10_000;
  await plantRows(rig, MANY, `to_timestamp(${rig.cases[0]!.dueAt / 1_000})`);
  await until(async () => {
    const [row] = await rig!.db.asOwner<{ n: number }>(
      `SELECT count(*)::int AS n FROM clock_firings f JOIN response_clocks c ON c.id = f.clock_id WHERE c.clock_key LIKE 'many.%'`,
    );
    return row!.n >= MANY;
  }, 'all of them to fire');
  const wrong = await rig.db.asOwner(
    `SELECT c.id FROM response_clocks c WHERE c.clock_key LIKE 'many.%' AND (c.state <> 'overdue'
        OR (SELECT count(*) FROM ledger_entries e WHERE e.subject_id = c.id::text AND e.type = 'clock.overdue') <> 1
        OR (SELECT count(*) FROM clock_firings f WHERE f.clock_id = c.id AND f.fired_at > c.due_at) <> 1)`,
  );
  expect(wrong).toEqual([]);
  expect((await rig.finish(`F33 ${MANY} others due at the same instant`)).problems).toEqual([]);
});

it('F34: one clock is due among two hundred thousand that are not', async () => {
  rig = await FaultRig.open();
  await plantRows(rig, 200_000, `huiying_now() + interval '30 days'`);
  await rig.startReady(2);
  await rig.plant(1, 1_000, 0);
  expect((await rig.finish('F34 one among 200,000')).problems).toEqual([]);
});

let office: Office | undefined;
afterAll(() => office?.close());

it('F25: re-grading, merging, releases, sweeps and followers on the same fifty cases at once: nothing is lost', async () => {
  const START = Date.parse('2026-11-20T14:05:00+08:00');
  const LIMIT = START + 5 * 3_600_000;
  const analyst = person('网信办 周敏');
  office = await openOffice();
  const o = office;
  const ids = Array.from({ length: 50 }, () => newId());
  await o.db.setNow(new Date(START));
  await o.db.asOwner(
    `INSERT INTO incidents (id, number, title, state, category, grade, grade_basis, heat_level, jurisdiction, policy_pack, occurred_at, detected_at)
     SELECT id, id::text, '争锁', 'proposed', 'C5', 'II', 'confirmed', 'III', '320600', 'nantong', $2, $2 FROM unnest($1::uuid[]) AS id`,
    [ids, new Date(START)],
  );
  for (const incidentId of ids) await o.act((tx) => o.decisions.confirm(tx, { incidentId, actor: analyst }));
  await o.settle();
  await o.db.setNow(new Date(LIMIT + 1));
  const outcomes = new Map<string, number>();
  const count = (work: Promise<unknown>, what: string) =>
    work
      .then(
        () => 'done',
        (error: { code?: string; message: string }) => error.code ?? error.message,
      )
      .then((how) => void outcomes.set(`${what} ${how}`, (outcomes.get(`${what} ${how}`) ?? 0) + 1));
  const followers = () => [
    o.sweep.sweep('sweep', 'a'),
    sealBatch(o.db.worker),
    consumeLedger(o.db.worker, o.keeper),
    consumeLedger(o.db.worker, o.ladder),
  ];
  const deeds = ids.flatMap((incidentId, index) => {
    const into = ids[(index + 25) % 50]!;
    const release = o.db.worker.asSystem(async (tx) => {
      const at = await tx.now();
      const payload = { evidence: 'webRelease', publishedAt: at.toISOString(), filedAt: at.toISOString() };
      await appendLedger(tx, [
        { type: 'evidence.proven', at, actor: analyst, incidentId, subjectId: newId(), payload },
      ]);
    });
    return [
      count(
        o.act((tx) => o.decisions.regrade(tx, { incidentId, grade: 'III', basis: 'confirmed', actor: analyst })),
        'regrade',
      ),
      ...(index < 10
        ? [
            count(
              o.act((tx) => o.decisions.merge(tx, { incidentId, into, actor: analyst })),
              'merge',
            ),
          ]
        : []),
      count(release, 'release'),
      ...followers().map((work) => count(work, 'follow')),
    ];
  });
  await Promise.all(deeds);
  await o.settle();
  // What was told to have been done is in the ledger, and computing everything anew changes nothing.
  const [told] = await o.db.asOwner<{ releases: number; regrades: number; merges: number }>(
    `SELECT count(*) FILTER (WHERE type = 'evidence.proven')::int AS releases, count(*) FILTER (WHERE type = 'incident.regraded')::int AS regrades,
            count(*) FILTER (WHERE type = 'incident.merged')::int AS merges FROM ledger_entries`,
  );
  process.stdout.write(
    `| F25 fifty cases, everything at once | 50 | – | ${[...outcomes].map(([what, n]) => `${what} ${n}`).join(', ')} |\n`,
  );
  expect(told!.releases).toBe(outcomes.get('release done'));
  expect(told!.regrades).toBe(outcomes.get('regrade done') ?? 0);
  expect([...outcomes.keys()].filter((key) => /40P01|deadlock|40001/.test(key))).toEqual([]);
  expect(told!.merges).toBeGreaterThan(0);
  const before = await everything(o.db);
  await o.db.worker.asSystem((tx) => o.keeper.sync(tx, ids));
  await o.db.worker.asSystem((tx) => o.ladder.sync(tx, ids));
  expect(await everything(o.db)).toEqual(before);
});
