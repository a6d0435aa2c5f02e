import { newId } from '#kernel/ids.js';
import { insertRow } from './rows.js';
import type { TestDatabase } from './test-database.js';

const HOUR_MS = 3_600_000;

/** A case of a report: `released` and `held` are hours after its start. */
export interface ReportCase {
  title?: string;
  jurisdiction?: string;
  body?: string;
  startedAt?: Date;
  fast?: boolean;
  released?: number | null;
  held?: number | null;
  drill?: boolean;
  state?: string;
  category?: string;
  topics?: string[];
}

export const REPORT_START = new Date('2026-11-16T09:00:00+08:00');

/** Plants an incident with its order and its public clocks as they stand at `now`. Returns its id. */
export async function plantCase(db: TestDatabase, now: Date, given: ReportCase = {}): Promise<string> {
  const { jurisdiction = '990121', startedAt = REPORT_START, fast = false, drill = false } = given;
  const body = given.body ?? `${jurisdiction}-ENV`;
  const id = newId();
  await insertRow(db, 'incidents', {
    id,
    number: `云舆〔2026〕${id.slice(-6)}号`,
    title: given.title ?? '停水两天无人答复',
    state: given.state ?? 'assigned',
    category: given.category ?? 'C3',
    ...(given.topics === undefined ? {} : { categories: JSON.stringify({ tags: given.topics }) }),
    grade: fast ? 'II' : 'none',
    jurisdiction,
    body_ids: [body],
    lead_body_id: body,
    policy_pack: 'yunjiang',
    detected_at: startedAt,
    dispatched_at: startedAt,
    drill,
  });
  await insertRow(db, 'assignments', {
    incident_id: id,
    body_id: body,
    number: `云舆交〔2026〕${id.slice(-6)}号`,
    role: 'lead',
    state: 'dispatched',
    dispatched_at: startedAt,
    dispatched_by: 'test',
  });
  const clock = async (act: string, force: string, hours: number, stoppedAfter: number | null | undefined) => {
    const dueAt = new Date(startedAt.getTime() + hours * HOUR_MS);
    const stoppedAt = stoppedAfter == null ? null : new Date(startedAt.getTime() + Math.round(stoppedAfter * HOUR_MS));
    const state =
      stoppedAt !== null && stoppedAt <= now
        ? stoppedAt <= dueAt
          ? 'met'
          : 'metLate'
        : now > dueAt
          ? 'overdue'
          : 'armed';
    await insertRow(db, 'response_clocks', {
      incident_id: id,
      clock_key: `${act}.${force}`,
      act,
      force,
      form: 'deadline',
      scope: 'public',
      label: `${act} ${hours} h`,
      body_id: body,
      state,
      started_at: startedAt,
      due_at: dueAt,
      state_at: state === 'overdue' ? dueAt : state === 'armed' ? null : stoppedAt,
      drill,
      policy_pack: 'yunjiang',
      policy_version: 'yunjiang-1',
    });
  };
  if (fast) {
    await clock('firstRelease', 'target', 3, given.released);
    await clock('firstRelease', 'limit', 5, given.released);
    await clock('pressConference', 'limit', 24, given.held);
  } else await clock('publicResponse', 'limit', 48, given.released);
  return id;
}

/** The ten cases with known answers (domain, K-08), at 100 hours after their start. */
export const K08: readonly ReportCase[] = [
  { title: 'A', fast: true, released: 2 + 50 / 60, held: 20 },
  { title: 'B', fast: true, released: 4.5, held: 23 + 59 / 60 },
  { title: 'C', fast: true, released: 5, held: 24 },
  { title: 'D', fast: true, released: 5 + 1 / 3_600, held: 30 },
  { title: 'E', released: 10 },
  { title: 'F', released: 47 + 59 / 60 },
  { title: 'G', released: 48 },
  { title: 'H', released: 50 },
  { title: 'I', released: null },
  { title: 'J', released: null, startedAt: new Date(REPORT_START.getTime() + 80 * HOUR_MS) },
];
export const K08_NOW = new Date(REPORT_START.getTime() + 100 * HOUR_MS);
