import type { Transaction } from '#platform/database/database.js';
import { jurisdictionPattern, type ScopedTable } from '#platform/database/scope.js';
import type { Period } from '../rules/period.js';

/** By which instant an incident belongs to a period. Every report declares it. */
export type Membership = 'due' | 'dispatched';

/** What a report covers. `place` narrows the scope of the transaction to one jurisdiction (a city covers its counties). */
export interface Frame {
  period: Period;
  membership: Membership;
  place?: string;
}

/** Incidents that are taken anew by one statement. */
const PORTION = 5_000;

/** States of what is no case of ours. */
export const NOT_OURS = `('rejected', 'merged', 'outOfArea')`;

/**
 * One query over the facts of a report: its parameters, its period and its time. A figure and the list of what it counts
 * are made from the same text, so they can't differ. What hangs on an incident is joined to `cases`, which is the scope.
 */
export class FactQuery {
  readonly parameters: unknown[] = [];
  private readonly bound = new Map<string, string>();

  constructor(
    private readonly tx: Transaction,
    readonly frame: Frame,
    readonly asOf: Date,
    /** The period, and any others that are looked at in the same pass; their index is `which`. */
    readonly periods: readonly Period[] = [frame.period],
  ) {}

  /** The place of a value; equal texts, numbers and instants share one. */
  bind(value: unknown): string {
    const key = value instanceof Date ? value.toISOString() : JSON.stringify(value);
    const place = this.bound.get(key) ?? `$${this.parameters.push(value)}`;
    this.bound.set(key, place);
    return place;
  }

  /** The time of the data. */
  get at(): string {
    return this.bind(this.asOf);
  }

  visible(table: ScopedTable): string {
    return this.tx.visible(table, this.parameters);
  }

  /** Incidents that count, as `report_cases` has them: visible, no drill, ours, and of the place. */
  cases(): string {
    return `(SELECT v.incident_id AS id, v.* FROM ${this.visible('report_cases')} v WHERE ${this.ours()})`;
  }

  /** Acts of one kind on such incidents, as `report_acts` has them. */
  acts(...kinds: string[]): string {
    const of = kinds.map((kind) => `'${kind}'`).join(', ');
    return `(SELECT v.*, left(v.jurisdiction, 6) AS county FROM ${this.visible('report_acts')} v WHERE v.kind IN (${of}) AND ${this.ours()})`;
  }

  /** Topics of such incidents, as `report_topics` has them. */
  topics(): string {
    return `(SELECT v.* FROM ${this.visible('report_topics')} v WHERE ${this.ours()})`;
  }

  private ours(): string {
    const { place } = this.frame;
    const here = place === undefined ? '' : ` AND v.jurisdiction LIKE ${this.bind(jurisdictionPattern(place))}`;
    return `NOT v.drill AND v.state NOT IN ${NOT_OURS}${here}`;
  }

  /** The index of the period in which an instant lies; null outside of all. */
  which(column: string): string {
    const parts = this.periods.map(
      ({ from, to }, index) =>
        `WHEN ${column} >= ${this.bind(new Date(from))} AND ${column} < ${this.bind(new Date(to))} THEN ${index}`,
    );
    return `CASE ${parts.join(' ')} END`;
  }

  /** From the first begin to the last end, so that an index can be used. */
  within(column: string): string {
    const from = new Date(Math.min(...this.periods.map((period) => period.from)));
    const to = new Date(Math.max(...this.periods.map((period) => period.to)));
    return `${column} >= ${this.bind(from)} AND ${column} < ${this.bind(to)}`;
  }

  /** Within, and known at the time of the data. */
  happened(column: string): string {
    return `${this.within(column)} AND ${column} <= ${this.at}`;
  }

  /**
   * Runs it over rows that are up to date, with the memory that sorting a quarter needs and without compiling, which
   * costs more than it saves here. `whole`: it reads the facts of a whole period, of which PostgreSQL expects a handful,
   * since it can't know how many rows a scope lets pass; nested loops over them would take minutes.
   */
  async rows<Row extends object>(sql: string, { whole = false } = {}): Promise<Row[]> {
    await this.refresh();
    await this.tx.query(
      `SELECT set_config('work_mem', '48MB', true), set_config('jit', 'off', true), set_config('enable_nestloop', $1, true)`,
      [whole ? 'off' : 'on'],
    );
    return this.tx.query<Row>(sql, this.parameters);
  }

  /** Takes anew what changed since somebody last asked, in portions that each keep within the limit of a statement. */
  private async refresh(): Promise<void> {
    for (let more: boolean | undefined = true; more === true;)
      more = (await this.tx.one<{ more: boolean }>('SELECT report_refresh($1) AS more', [PORTION]))?.more;
  }

  /** Another question of the same transaction, with parameters of its own and few rows. */
  async also<Row extends object>(sql: string, parameters: unknown[]): Promise<Row[]> {
    await this.tx.query(`SELECT set_config('enable_nestloop', 'on', true)`);
    return this.tx.query<Row>(sql, parameters);
  }
}
