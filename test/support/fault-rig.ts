import { setTimeout as wait } from 'node:timers/promises';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { newId } from '#kernel/ids.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { check, type Outcome } from './fault-check.js';
import { CONFIG_DIR, freePort, type ProcessSettings, type RigProcess, startProcess } from './fault-process.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { TEST_DRILL_HOUR_MS } from './settings.js';

/** Five hours of a drill: the limit of the first release. */
const LIMIT_MS = 5 * TEST_DRILL_HOUR_MS;
const POLL_MS = 50;
/** Only ends what hangs, also on a busy machine; nothing is judged by it. */
export const PATIENCE_MS = 150_000;
/** What is too long for `npm test`. */
export const ALL = process.env['FAULTS_ALL'] === '1';

/** A case of the list that the test keeps for itself; nothing in it is read back from the product. */
export interface PlantedCase {
  incidentId: string;
  dueAt: number;
  /** When the test first saw the limit fired, by its own clock; undefined: never. */
  seenAt?: number;
  /** A release was proven in time: nothing may fire and nobody may be urged. */
  answered?: true;
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

/** A release that is proven now, before the due of the case. */
export async function answer(db: TestDatabase, planted: PlantedCase): Promise<void> {
  planted.answered = true;
  const { incidentId } = planted;
  await db.worker.asSystem(async (tx) => {
    const at = await tx.now();
    const payload = { evidence: 'webRelease', publishedAt: at.toISOString(), filedAt: at.toISOString() };
    const actor = systemActor('test');
    await appendLedger(tx, [{ type: 'evidence.proven', at, actor, incidentId, subjectId: newId(), payload }]);
  });
}

export async function sealAll(db: TestDatabase): Promise<void> {
  while ((await sealBatch(db.worker)) > 0);
}

/** Asks until the answer is yes. A question that fails (the database may be away) is asked again. */
export async function until(question: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(POLL_MS))
    if (await Promise.resolve(question()).catch(() => false)) return;
  throw new Error(`waited in vain for: ${what}`);
}

/**
 * Seals the ledger as the delivery process would, and writes down when it first sees a limit fired, until every case is
 * fired and urged or the patience is at its end.
 */
export async function watch(db: TestDatabase, cases: PlantedCase[], patienceMs = PATIENCE_MS): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    // The database may be away: that is one of the faults.
    await look(db, cases).catch(() => undefined);
    const rows = await settled(db).catch(() => 0);
    if (rows >= cases.filter(({ answered }) => answered !== true).length || Date.now() > end) return;
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

const keepers = new Map<string, ClockKeeper>();
/** Loading the packs takes a second; they are pure. */
export function testKeeper(): ClockKeeper {
  const known =
    keepers.get(CONFIG_DIR) ?? new ClockKeeper(LoadedPolicies.load(CONFIG_DIR, undefined, TEST_DRILL_HOUR_MS));
  keepers.set(CONFIG_DIR, known);
  return known;
}

/** One row of the fault matrix: a database, the list of the test, and the processes that it starts. */
export class FaultRig {
  readonly cases: PlantedCase[] = [];
  private readonly processes: RigProcess[] = [];

  private constructor(
    readonly db: TestDatabase,
    private readonly queueUrl: string | undefined,
  ) {}

  /** On the server of the suites, or on one of the row's own; wake-ups over PostgreSQL unless a Redis is given. */
  static async open(options: { superuserUrl?: string; redisUrl?: string | undefined } = {}): Promise<FaultRig> {
    return new FaultRig(await createTestDatabase(options.superuserUrl), options.redisUrl);
  }

  start(settings: ProcessSettings = {}): RigProcess {
    const started = startProcess(this.db, { redisUrl: this.queueUrl, ...settings });
    this.processes.push(started);
    return started;
  }

  /** Starts some and waits until all of them work. */
  async startReady(count: number, settings: ProcessSettings = {}): Promise<RigProcess[]> {
    const started = Array.from({ length: count }, () => this.start(settings));
    await Promise.all(started.map(({ ready }) => ready));
    return started;
  }

  /** Starts an api of its own and answers where it listens. */
  async startApi(): Promise<string> {
    const port = await freePort();
    await this.start({ name: 'api', environment: { PORT: String(port) } }).ready;
    return `http://127.0.0.1:${port}`;
  }

  /** Cases whose limits pass one after the other, from so many milliseconds from now. */
  async plant(count: number, fromMs: number, overMs: number): Promise<PlantedCase[]> {
    const now = Date.now();
    const dues = Array.from({ length: count }, (_, index) => now + fromMs + Math.round((index * overMs) / count));
    const planted = await plantCases(this.db, dues);
    this.cases.push(...planted);
    return planted;
  }

  /** Computes the clocks of what was planted in the test itself, so that whoever comes finds them armed. */
  async arm(): Promise<void> {
    while ((await consumeLedger(this.db.worker, testKeeper())) > 0);
    await sealAll(this.db);
  }

  watch(patienceMs?: number): Promise<void> {
    return watch(this.db, this.cases, patienceMs);
  }

  /** Until the last due of the list has passed, by the time of the database. */
  async passed(): Promise<void> {
    const last = Math.max(...this.cases.map(({ dueAt }) => dueAt));
    await until(async () => {
      const [row] = await this.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now');
      return row!.now.getTime() > last;
    }, 'the last due to pass');
  }

  /** Waits for everything, compares, and says in a line what came of it. */
  async finish(name: string): Promise<Outcome> {
    await this.watch();
    const outcome = await check(this.db, this.cases);
    const { firstLateMs, lastLateMs, paths } = outcome;
    const by = Object.entries(paths).map(([path, n]) => `${n} ${path}`);
    process.stdout.write(`| ${name} | ${this.cases.length} | ${firstLateMs} to ${lastLateMs} | ${by.join(', ')} |\n`);
    return outcome;
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.kill()));
    await this.db.drop();
  }
}
