import type { Transaction } from '#platform/database/database.js';
import type { Incident } from './contract.js';
import { INCIDENT_COLUMNS } from './incidents.store.js';

/** A row of the incident list: the incident, its next deadline, and where it stands in the order of the list. */
export interface IncidentListRow extends Incident {
  nextDueAt: Date | null;
  nextAct: string | null;
  overdueCount: number;
  firstOverdueAt: Date | null;
  leadBodyName: string | null;
  sortKeys: string[];
}

export const INCIDENT_SORTS = ['deadline', 'newest', 'heat', 'grade'] as const;
export type IncidentSort = (typeof INCIDENT_SORTS)[number];

/** Where a page ended: the keys of its last row under the sort, as text, and its id. No keys: past the rows with a deadline. */
export interface ListPosition {
  keys: string[];
  id: string;
}

export interface IncidentFilter {
  state?: string[];
  category?: string[];
  grade?: string[];
  heat?: string[];
  body?: string;
  jurisdiction?: string;
  overdue?: boolean;
  dueBefore?: Date;
  drill?: boolean;
  snoozed?: boolean;
  q?: string;
  sort: IncidentSort;
  limit: number;
  after?: ListPosition;
}

/** An order of the list: plain columns with an index below them (migration 0014), so that a page costs a page and not the list. */
interface Order {
  keys: { sql: string; type: string }[];
  descending: boolean;
  /** Of the incidents with a deadline, those without, or all. */
  among: 'dated' | 'undated' | 'all';
}

const DUE = 'coalesce(d.first_overdue_at, d.next_due_at)';
const DETECTED = { sql: 'i.detected_at', type: 'timestamptz' };
const ORDER: Record<IncidentSort, Order> = {
  deadline: { keys: [{ sql: DUE, type: 'timestamptz' }], descending: false, among: 'dated' },
  newest: { keys: [DETECTED], descending: true, among: 'all' },
  heat: { keys: [{ sql: 'i.heat_score', type: 'float8' }], descending: true, among: 'all' },
  // The gravest first: grade, then category (an emergency without figures before all that is ungraded), then the longest waiting.
  grade: {
    keys: [{ sql: 'i.grade_rank', type: 'smallint' }, { sql: 'i.category_rank', type: 'smallint' }, DETECTED],
    descending: false,
    among: 'all',
  },
};
/** No clock runs before the confirmation, nor for what is not ours. */
const WITHOUT_CLOCKS = new Set(['proposed', 'rejected', 'outOfArea', 'merged']);
/** What has no deadline follows what has one, the longest waiting first. */
const WITHOUT_DEADLINE: Order = { keys: [DETECTED], descending: false, among: 'undated' };

/** One page of the incidents that the transaction may see. */
export async function listIncidents(tx: Transaction, filter: IncidentFilter): Promise<IncidentListRow[]> {
  await walkIndexes(tx);
  if (filter.sort !== 'deadline') return pageIn(tx, filter, ORDER[filter.sort]);
  // The keys of a row without a deadline begin with an empty one.
  const beyond = filter.after?.keys[0] === '' || filter.state?.every((state) => WITHOUT_CLOCKS.has(state)) === true;
  const dated = beyond ? [] : await pageIn(tx, filter, ORDER.deadline);
  if (dated.length >= filter.limit) return dated;
  const { after, ...open } = filter;
  const undated = await pageIn(
    tx,
    {
      ...open,
      limit: filter.limit - dated.length,
      ...(beyond && after !== undefined ? { after: { id: after.id, keys: after.keys.slice(1) } } : {}),
    },
    WITHOUT_DEADLINE,
  );
  return [...dated, ...undated.map((row) => ({ ...row, sortKeys: ['', ...row.sortKeys] }))];
}

/**
 * PostgreSQL takes the predicates of a scope for rare and would read and sort the whole list for a page. Over a place most
 * rows pass, and walking an index in the order of the list until the page is full is what is quick; in a body's few rows it is not.
 */
async function walkIndexes(tx: Transaction): Promise<void> {
  if (tx.scope !== 'system' && tx.scope.jurisdictions.length > 0) await without(tx, ['sort', 'bitmapscan', 'seqscan']);
}

/** Turns ways of the planner off until the transaction ends. */
async function without(tx: Transaction, ways: readonly string[]): Promise<void> {
  await tx.query(`SELECT ${ways.map((way) => `set_config('enable_${way}', 'off', true)`).join(', ')}`);
}

async function pageIn(tx: Transaction, filter: IncidentFilter, order: Order): Promise<IncidentListRow[]> {
  const parameters: unknown[] = [];
  const incidents = tx.visible('incidents', parameters);
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const where = conditions(filter, bind);
  if (order.among !== 'all') where.push(`${DUE} IS ${order.among === 'dated' ? 'NOT NULL' : 'NULL'}`);
  const columns = [...order.keys.map(({ sql }) => sql), 'i.id'];
  if (filter.after !== undefined) {
    const { keys, id } = filter.after;
    const values = order.keys.map(({ type }, index) => `${bind(keys[index] ?? null)}::${type}`);
    where.push(`(${columns.join(', ')}) ${order.descending ? '<' : '>'} (${values.join(', ')}, ${bind(id)}::uuid)`);
  }
  // `::text` keeps what a Date would lose: microseconds decide between neighbours.
  const sortKeys = order.keys.map(({ sql }) => `(${sql})::text`).join(', ');
  return tx.query<IncidentListRow>(
    `SELECT ${INCIDENT_COLUMNS}, d.next_due_at AS "nextDueAt", d.next_act AS "nextAct", coalesce(d.overdue_count, 0) AS "overdueCount", d.first_overdue_at AS "firstOverdueAt",
            b.name AS "leadBodyName", ARRAY[${sortKeys}] AS "sortKeys"
       FROM ${incidents} i ${order.among === 'dated' ? '' : 'LEFT '}JOIN incident_deadlines d ON d.incident_id = i.id LEFT JOIN bodies b ON b.id = i.lead_body_id
      ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
      ORDER BY ${columns.map((column) => `${column}${order.descending ? ' DESC' : ''}`).join(', ')} LIMIT ${bind(filter.limit)}`,
    parameters,
  );
}

/** Counts by state, and how many are overdue: the tiles above the list. */
export async function countIncidents(tx: Transaction): Promise<{ state: string; n: number; overdue: number }[]> {
  const parameters: unknown[] = [];
  const incidents = tx.visible('incidents', parameters);
  await without(tx, ['sort']);
  const all = await tx.query<{ state: string; n: number }>(
    `SELECT i.state, count(*)::int AS n FROM ${incidents} i GROUP BY i.state`,
    parameters,
  );
  // From the few that are overdue to their incidents, one by one (OFFSET 0): 100,000 incidents are not asked whether they are.
  const late = await tx.query<{ state: string; n: number }>(
    `WITH late AS MATERIALIZED (SELECT incident_id FROM incident_deadlines WHERE overdue_count > 0)
     SELECT i.state, count(*)::int AS n FROM late CROSS JOIN LATERAL (SELECT v.state FROM ${incidents} v WHERE v.id = late.incident_id OFFSET 0) i GROUP BY i.state`,
    parameters,
  );
  const overdue = new Map(late.map(({ state, n }) => [state, n]));
  return all.map(({ state, n }) => ({ state, n, overdue: overdue.get(state) ?? 0 }));
}

/** How the messages of an incident came in: first and last, and their number in equal parts of the hours before now. */
export interface Activity {
  id: string;
  firstAt: Date;
  lastAt: Date;
  counts: number[];
}

export const ACTIVITY_HOURS = 24;
const ACTIVITY_PARTS = 24;

/** The activity of some incidents, for the lines in the rows of the list. */
export async function activityOf(tx: Transaction, ids: readonly string[]): Promise<Activity[]> {
  const parameters: unknown[] = [];
  const links = tx.visible('incident_items', parameters);
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const rows = await tx.query<{ id: string; firstAt: Date; lastAt: Date; part: number[] }>(
    `SELECT l.incident_id AS id, min(t.at) AS "firstAt", max(t.at) AS "lastAt",
            array_agg(floor(extract(epoch FROM huiying_now() - t.at) * ${ACTIVITY_PARTS} / ${ACTIVITY_HOURS * 3_600})::int)
              FILTER (WHERE t.at > huiying_now() - interval '${ACTIVITY_HOURS} hours') AS part
       FROM ${links} l JOIN items m ON m.id = l.item_id, LATERAL (SELECT least(coalesce(m.published_at, m.received_at), m.received_at) AS at) t
      WHERE l.incident_id = ANY(${bind(ids)}::uuid[]) GROUP BY l.incident_id`,
    parameters,
  );
  return rows.map(({ part, ...row }) => ({ ...row, counts: countsOf(part ?? []) }));
}

/** Parts counted back from now become counts, the oldest first. */
function countsOf(parts: readonly number[]): number[] {
  const counts = Array.from({ length: ACTIVITY_PARTS }, () => 0);
  for (const part of parts) {
    const index = ACTIVITY_PARTS - 1 - Math.min(Math.max(part, 0), ACTIVITY_PARTS - 1);
    counts[index] = counts[index]! + 1;
  }
  return counts;
}

function conditions(filter: IncidentFilter, bind: (value: unknown) => string): string[] {
  const where: string[] = [];
  const among = (column: string, values: string[] | undefined) => {
    // One value is an equality, under which the indexes keep their order.
    if (values?.length === 1) where.push(`${column} = ${bind(values[0])}`);
    else if (values !== undefined) where.push(`${column} = ANY(${bind(values)}::text[])`);
  };
  among('i.state', filter.state);
  among('i.category', filter.category);
  among('i.grade', filter.grade);
  among('i.heat_level', filter.heat);
  if (filter.body !== undefined) where.push(`${bind([filter.body])}::text[] <@ i.body_ids`);
  if (filter.jurisdiction !== undefined) where.push(`i.jurisdiction = ${bind(filter.jurisdiction)}`);
  if (filter.overdue !== undefined)
    where.push(filter.overdue ? 'd.overdue_count > 0' : 'coalesce(d.overdue_count, 0) = 0');
  if (filter.dueBefore !== undefined) where.push(`d.next_due_at < ${bind(filter.dueBefore)}`);
  if (filter.drill !== undefined) where.push(`i.drill = ${bind(filter.drill)}`);
  if (filter.snoozed !== true) where.push('(i.snoozed_until IS NULL OR i.snoozed_until <= huiying_now())');
  else where.push('i.snoozed_until > huiying_now()');
  if (filter.q !== undefined)
    where.push(`(i.title ILIKE ${bind(`%${escapeLike(filter.q)}%`)} OR i.number = ${bind(filter.q)})`);
  return where;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
