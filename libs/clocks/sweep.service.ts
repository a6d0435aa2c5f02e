import { Injectable } from '@nestjs/common';
import type { Database, Transaction } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { crashPoint } from '#platform/process/crash-point.js';
import { refreshDeadlines } from './deadlines.store.js';

/** How many clocks one transaction claims: small enough that a lock is short, large enough that 100,000 at once take seconds. */
export const SWEEP_BATCH = 500;

/** How the look came about: a timer at the due instant, or the sweep of every second. */
export type FiringPath = 'timer' | 'sweep';

interface DueClock {
  id: string;
  incident_id: string;
  act: string;
  force: string;
  form: string;
  scope: string;
  body_id: string | null;
  assignment_id: string | null;
  clock_key: string;
  generation: number;
  due_at: Date;
  warn_at: Date[];
  drill: boolean;
  policy_version: string;
  looked_for: Date;
}

interface Firing {
  clock: DueClock;
  event: string;
  type: string;
  state: 'armed' | 'dueSoon' | 'overdue' | 'met';
  dueAt: Date;
  nextLookAt: Date | null;
}

/**
 * Fires what is due. Claiming, the new state, the firing's record and the ledger entry are one transaction, set-based;
 * a clock that another process holds is skipped, one that was met in the meantime is not touched (design, invariants 2 and 3).
 */
@Injectable()
export class SweepService {
  constructor(private readonly database: Database) {}

  /** One batch. Returns how many clocks were looked at; 0 means nothing is due. */
  async sweep(path: FiringPath, process: string): Promise<number> {
    const fired = await this.database.asSystem(async (tx) => {
      const now = await tx.now();
      const due = await claimDue(tx, now);
      if (due.length === 0) return 0;
      crashPoint('sweep.claimed');
      const firings = due.map((clock) => judge(clock, now));
      await saveStates(tx, firings);
      await saveFirings(tx, firings, now, path, process);
      crashPoint('sweep.fired');
      await appendLedger(
        tx,
        firings.map((firing) => ({
          type: firing.type,
          at: now,
          actor: systemActor('clocks'),
          incidentId: firing.clock.incident_id,
          subjectId: firing.clock.id,
          rule: firing.clock.policy_version,
          payload: {
            clockKey: firing.clock.clock_key,
            generation: firing.clock.generation,
            act: firing.clock.act,
            force: firing.clock.force,
            scope: firing.clock.scope,
            bodyId: firing.clock.body_id,
            assignmentId: firing.clock.assignment_id,
            event: firing.event,
            dueAt: firing.dueAt.toISOString(),
            drill: firing.clock.drill,
          },
        })),
      );
      await refreshDeadlines(tx, [...new Set(due.map((clock) => clock.incident_id))]);
      crashPoint('sweep.written');
      return due.length;
    });
    if (fired > 0) crashPoint('sweep.committed');
    return fired;
  }
}

/**
 * Locks and reads in one step: a row that a commit changed in between is judged as it stands now, never as the statement's
 * snapshot saw it. Without join or sub-select, stale statistics can't turn the index scan into something else.
 */
export const CLAIM_DUE_SQL = `
  SELECT id, incident_id, act, force, form, scope, body_id, assignment_id, clock_key, generation, due_at, warn_at, drill, policy_version, next_look_at AS looked_for
    FROM response_clocks WHERE next_look_at <= $1 ORDER BY next_look_at LIMIT ${SWEEP_BATCH} FOR UPDATE SKIP LOCKED`;

const claimDue = (tx: Transaction, now: Date): Promise<DueClock[]> => tx.query<DueClock>(CLAIM_DUE_SQL, [now]);

/** On time means stop ≤ due (domain 3.7.5): a clock is overdue only after its due instant. */
function judge(clock: DueClock, now: Date): Firing {
  if (clock.due_at.getTime() < now.getTime()) {
    const ended = clock.form === 'minimum' ? ('met' as const) : ('overdue' as const);
    return { clock, event: ended, type: `clock.${ended}`, state: ended, dueAt: clock.due_at, nextLookAt: null };
  }
  const next = clock.warn_at.find((at) => at.getTime() > now.getTime()) ?? clock.due_at;
  // At the very due instant nothing is late yet: look again a millisecond later.
  const nextLookAt = next.getTime() <= now.getTime() ? new Date(clock.due_at.getTime() + 1) : next;
  const warned = clock.warn_at.filter((at) => at.getTime() <= now.getTime()).length;
  // Every warning is told; the last one turns the clock to dueSoon.
  const state = warned >= clock.warn_at.length ? 'dueSoon' : 'armed';
  return { clock, event: `warning${warned}`, type: 'clock.dueSoon', state, dueAt: clock.looked_for, nextLookAt };
}

async function saveStates(tx: Transaction, firings: Firing[]): Promise<void> {
  await tx.query(
    `UPDATE response_clocks c SET state = f.state, next_look_at = f.next_look_at, state_at = CASE WHEN f.state IN ('armed', 'dueSoon') THEN c.state_at ELSE c.due_at END,
            fired_at = CASE WHEN f.state IN ('armed', 'dueSoon') THEN c.fired_at ELSE huiying_now() END, version = c.version + 1
       FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS f(id, state, next_look_at)
      WHERE c.id = f.id AND c.state IN ('armed', 'dueSoon')`,
    [firings.map((f) => f.clock.id), firings.map((f) => f.state), firings.map((f) => f.nextLookAt)],
  );
}

async function saveFirings(
  tx: Transaction,
  firings: Firing[],
  now: Date,
  path: FiringPath,
  process: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO clock_firings (clock_id, generation, event, due_at, fired_at, lateness_ms, path, process, drill, incident_id)
     SELECT f.id, f.generation, f.event, f.due_at, $6, extract(epoch FROM ($6::timestamptz - f.due_at)) * 1000, $7, $8, f.drill, f.incident_id
       FROM unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[], $5::boolean[], $9::uuid[]) AS f(id, generation, event, due_at, drill, incident_id)
     ON CONFLICT DO NOTHING`,
    [
      firings.map((f) => f.clock.id),
      firings.map((f) => f.clock.generation),
      firings.map((f) => f.event),
      firings.map((f) => f.dueAt),
      firings.map((f) => f.clock.drill),
      now,
      path,
      process,
      firings.map((f) => f.clock.incident_id),
    ],
  );
}
