import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DRILL_MILLISECONDS_PER_HOUR } from '#clocks/contract.js';
import { newId } from '#kernel/ids.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { CONFIG_DIR } from './clock-histories.js';
import type { TestDatabase } from './test-database.js';

/** Five hours of a drill: the limit of the first release. */
const LIMIT_MS = 5 * DRILL_MILLISECONDS_PER_HOUR;
const POLL_MS = 50;

/** A case of the list that the test keeps for itself; nothing in it is read back from the product. */
export interface PlantedCase {
  incidentId: string;
  dueAt: number;
  /** When the test first saw the limit fired, by its own clock; undefined: never. */
  seenAt?: number;
}

/** Confirms drills of grade II whose limits pass at the given instants, and nobody answers. */
export async function plantCases(db: TestDatabase, dues: number[]): Promise<PlantedCase[]> {
  const cases = dues.map((dueAt) => ({ incidentId: newId(), dueAt }));
  const starts = cases.map(({ dueAt }) => new Date(dueAt - LIMIT_MS));
  await db.asOwner(
    `INSERT INTO incidents (id, number, title, state, category, grade, grade_basis, heat_level, jurisdiction, policy_pack, drill, occurred_at, detected_at)
     SELECT c.id, c.id::text, '演练', 'confirmed', 'C5', 'II', 'confirmed', 'III', '320600', 'nantong', true, c.at, c.at
       FROM unnest($1::uuid[], $2::timestamptz[]) AS c(id, at)`,
    [cases.map(({ incidentId }) => incidentId), starts],
  );
  await db.worker.asSystem(async (tx) => {
    const at = await tx.now();
    const entries = cases.map(({ incidentId }, index) => {
      const start = starts[index]!.toISOString();
      const stamps = { occurredAt: start, detectedAt: start };
      const payload = { grade: 'II', basis: 'confirmed', heat: 'III', stamps };
      return { type: 'incident.confirmed', at, actor: systemActor('test'), incidentId, subjectId: incidentId, payload };
    });
    await appendLedger(tx, entries);
  });
  await sealAll(db);
  return cases;
}

export async function sealAll(db: TestDatabase): Promise<void> {
  while ((await sealBatch(db.worker)) > 0);
}

export interface ClocksProcess {
  child: ChildProcess;
  /** Resolves when it says that it works. */
  ready: Promise<void>;
  /** Resolves with how it ended: a signal or an exit code. */
  ended: Promise<string>;
  kill(): Promise<string>;
}

/** A process of the product as it is compiled, over the test database. */
export function startClocks(db: TestDatabase, settings: { crashAt?: string; redisUrl?: string } = {}): ClocksProcess {
  const child = fork(path.resolve('dist/apps/clocks/main.js'), {
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_WORKER_URL: db.urls.worker,
      HUIYING_CITY: 'nantong',
      HUIYING_CONFIG_DIR: CONFIG_DIR,
      HUIYING_LOG: 'silent',
      ...(settings.crashAt === undefined ? {} : { CRASH_AT: settings.crashAt }),
      ...(settings.redisUrl === undefined ? {} : { REDIS_URL: settings.redisUrl }),
    },
  });
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? code));
  const ready = Promise.race([once(child, 'message').then(() => undefined), ended.then(() => undefined)]);
  return { child, ready, ended, kill: () => (child.kill('SIGKILL'), ended) };
}

/**
 * Seals the ledger as the delivery process would, and writes down when it first sees a limit fired, until every case is
 * fired and urged or the patience is at its end.
 */
export async function watch(db: TestDatabase, cases: PlantedCase[], patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    // The database may be away: that is one of the faults.
    await look(db, cases).catch(() => undefined);
    const rows = await settled(db).catch(() => 0);
    if (rows >= cases.length || Date.now() > until) return;
    await wait(POLL_MS);
  }
}

async function look(db: TestDatabase, cases: PlantedCase[]): Promise<void> {
  await sealAll(db);
  const fired = await db.asOwner<{ id: string }>(
    `SELECT f.incident_id AS id FROM clock_firings f JOIN response_clocks c ON c.id = f.clock_id WHERE c.clock_key = 'firstRelease.limit' AND f.event = 'overdue'`,
  );
  const seenAt = Date.now();
  const ids = new Set(fired.map(({ id }) => id));
  for (const planted of cases) if (ids.has(planted.incidentId)) planted.seenAt ??= seenAt;
}

async function settled(db: TestDatabase): Promise<number> {
  const [row] = await db.asOwner<{ n: number }>(
    `SELECT count(DISTINCT e.incident_id)::int AS n FROM escalations e WHERE e.step = 'reminder' AND e.reason = 'response'
        AND EXISTS (SELECT 1 FROM clock_firings f JOIN response_clocks c ON c.id = f.clock_id
                     WHERE f.incident_id = e.incident_id AND c.clock_key = 'firstRelease.limit' AND f.event = 'overdue')`,
  );
  return row!.n;
}
