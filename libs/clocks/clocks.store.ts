import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';

/** A clock's row as the keeper compares it. Instants are epoch milliseconds. */
export interface ClockRow {
  id: string;
  incidentId: string;
  clockKey: string;
  generation: number;
  act: string;
  force: string;
  form: string;
  scope: string;
  label: string;
  bodyId: string | null;
  assignmentId: string | null;
  state: string;
  startedAt: number;
  dueAt: number;
  stateAt: number | null;
  stateReason: string | null;
  provisional: boolean;
  drill: boolean;
  policyPack: string;
  policyVersion: string;
  computation: unknown;
  warnAt: number[];
  nextLookAt: number | null;
}

interface StoredRow {
  id: string;
  incident_id: string;
  clock_key: string;
  generation: number;
  state: string;
  started_at: Date;
  due_at: Date;
  provisional: boolean;
  body_id: string | null;
  calendar_incomplete: boolean;
}

export type StoredClock = Pick<
  ClockRow,
  'id' | 'incidentId' | 'clockKey' | 'generation' | 'state' | 'startedAt' | 'dueAt' | 'provisional' | 'bodyId'
> & { calendarIncomplete: boolean };

/** The rows of some incidents, locked: the sweep skips them until this transaction ends. */
export async function lockClocks(tx: Transaction, incidentIds: string[]): Promise<StoredClock[]> {
  const rows = await tx.query<StoredRow>(
    `SELECT id, incident_id, clock_key, generation, state, started_at, due_at, provisional, body_id,
            coalesce((computation->>'calendarIncomplete')::boolean, false) AS calendar_incomplete FROM response_clocks
      WHERE incident_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
    [incidentIds],
  );
  return rows.map((row) => ({
    id: row.id,
    incidentId: row.incident_id,
    clockKey: row.clock_key,
    generation: row.generation,
    state: row.state,
    startedAt: row.started_at.getTime(),
    dueAt: row.due_at.getTime(),
    provisional: row.provisional,
    bodyId: row.body_id,
    calendarIncomplete: row.calendar_incomplete,
  }));
}

const at = (instant: number | null): Date | null => (instant === null ? null : new Date(instant));

/** Writes clocks as they must stand now: new ones are inserted, known ones (by incident, key and generation) replaced. */
export async function saveClocks(tx: Transaction, clocks: Omit<ClockRow, 'id'>[]): Promise<void> {
  if (clocks.length === 0) return;
  const column = <T>(pick: (clock: Omit<ClockRow, 'id'>) => T) => clocks.map(pick);
  await tx.query(
    `INSERT INTO response_clocks (id, incident_id, clock_key, generation, act, force, form, scope, label, body_id, assignment_id, state, started_at, due_at, state_at,
                                  state_reason, provisional, drill, policy_pack, policy_version, computation, warn_at, next_look_at)
     SELECT c.id, c.incident_id, c.clock_key, c.generation, c.act, c.force, c.form, c.scope, c.label, c.body_id, c.assignment_id, c.state, c.started_at, c.due_at, c.state_at,
            c.state_reason, c.provisional, c.drill, c.policy_pack, c.policy_version, c.computation,
            ARRAY(SELECT to_timestamp(w::float8 / 1000) FROM jsonb_array_elements_text(c.warn_at) AS w), c.next_look_at
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::uuid[], $12::text[], $13::timestamptz[],
                   $14::timestamptz[], $15::timestamptz[], $16::text[], $17::boolean[], $18::boolean[], $19::text[], $20::text[], $21::jsonb[], $22::jsonb[], $23::timestamptz[])
         AS c(id, incident_id, clock_key, generation, act, force, form, scope, label, body_id, assignment_id, state, started_at, due_at, state_at, state_reason, provisional, drill,
              policy_pack, policy_version, computation, warn_at, next_look_at)
     ON CONFLICT (incident_id, clock_key, generation) DO UPDATE SET
       body_id = excluded.body_id, state = excluded.state, started_at = excluded.started_at, due_at = excluded.due_at, state_at = excluded.state_at, state_reason = excluded.state_reason,
       provisional = excluded.provisional, computation = excluded.computation, warn_at = excluded.warn_at, next_look_at = excluded.next_look_at, version = response_clocks.version + 1`,
    [
      column(() => newId()),
      column((c) => c.incidentId),
      column((c) => c.clockKey),
      column((c) => c.generation),
      column((c) => c.act),
      column((c) => c.force),
      column((c) => c.form),
      column((c) => c.scope),
      column((c) => c.label),
      column((c) => c.bodyId),
      column((c) => c.assignmentId),
      column((c) => c.state),
      column((c) => at(c.startedAt)),
      column((c) => at(c.dueAt)),
      column((c) => at(c.stateAt)),
      column((c) => c.stateReason),
      column((c) => c.provisional),
      column((c) => c.drill),
      column((c) => c.policyPack),
      column((c) => c.policyVersion),
      column((c) => JSON.stringify(c.computation)),
      column((c) => JSON.stringify(c.warnAt)),
      column((c) => at(c.nextLookAt)),
    ],
  );
}

/** Ends clocks that no rule knows any more; the record of their firings stays. */
export async function retireClocks(tx: Transaction, ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `UPDATE response_clocks SET state = 'notApplicable', state_at = $2, state_reason = 'recomputed', next_look_at = NULL, version = version + 1 WHERE id = ANY($1::uuid[])`,
    [ids, now],
  );
}

/** Incidents with a clock that runs into a year whose notice was missing when it was computed. */
export async function incidentsWithOpenCalendar(tx: Transaction, after: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT incident_id AS id FROM response_clocks
      WHERE state IN ('armed', 'dueSoon', 'paused', 'overdue') AND (computation->>'calendarIncomplete')::boolean AND incident_id > $1 ORDER BY incident_id LIMIT $2`,
    [after, limit],
  );
  return rows.map((row) => row.id);
}
