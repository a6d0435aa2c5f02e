import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { closingFacts, intervalFacts, knownEventFacts, releaseFacts } from './facts/conduct.js';
import { DUTY_FIGURES, dutyFacts } from './facts/duties.js';
import { effectFacts } from './facts/effects.js';
import type { FactQuery } from './facts/fact-query.js';
import { HOTLINE_FIGURES, hotlineFacts } from './facts/hotline.js';
import { OUTCOME_FIGURES, outcomeFacts } from './facts/outcomes.js';
import { answeredFacts, clarificationFacts, confirmedFacts, type Dimension, DIMENSIONS, signForFacts, TOTAL_FACTS } from './facts/overview.js'; // prettier-ignore

/** One thing that a number counts: an incident, an order or clock of it, or an item that came in. */
export interface CountedRow {
  incidentId: string | null;
  itemId: string | null;
  /** What was counted: number of the case or order, label of the clock, title of the item. */
  subject: string;
  /** The instant by which it belongs to the period. */
  at: Date;
  number: string | null;
  title: string | null;
  state: string | null;
  category: string | null;
  grade: string | null;
  jurisdiction: string | null;
  bodyName: string | null;
}

/** Which rows: the figure, of one county or department, and of one value of a property. */
export interface FigureAsked {
  figure: string;
  county?: string | undefined;
  body?: string | undefined;
  /** A category, grade, heat level, place, topic, channel or type of request. */
  value?: string | undefined;
}

type Relation = (query: FactQuery, value: string | undefined) => string;

const filtered = (facts: (query: FactQuery) => string, condition: (query: FactQuery) => string): Relation => {
  return (query) => `SELECT f.* FROM (${facts(query)}) f WHERE ${condition(query)}`;
};
/** A table of conditions over one relation, under a common beginning of their names. */
const family = (
  facts: (query: FactQuery) => string,
  conditions: Readonly<Record<string, string | ((query: FactQuery) => string)>>,
  prefix = '',
): [string, Relation][] =>
  Object.entries(conditions).map(([name, condition]) => [
    `${prefix}${name}`,
    filtered(facts, typeof condition === 'string' ? () => condition : condition),
  ]);

const ofDimension = (name: Dimension): Relation => {
  const { facts, column } = DIMENSIONS[name];
  return (query, value) => `SELECT f.* FROM (${facts(query)}) f WHERE ${column} = ${query.bind(value ?? '')}`;
};

/** Every figure of every report, and the rows that it counts: the same text that the count is made of. */
export const FIGURES: ReadonlyMap<string, Relation> = new Map<string, Relation>([
  ...family(outcomeFacts, OUTCOME_FIGURES),
  ...family(dutyFacts, DUTY_FIGURES),
  ...Object.entries(TOTAL_FACTS).map(([name, facts]): [string, Relation] => [`total.${name}`, facts]),
  ...(Object.keys(DIMENSIONS) as Dimension[]).map((name): [string, Relation] => [`by.${name}`, ofDimension(name)]),
  ...family(hotlineFacts, HOTLINE_FIGURES, 'hotline.'),
  ['hotline.type', (query, value) => `SELECT f.* FROM (${hotlineFacts(query)}) f WHERE coalesce(f.request_type, '未注明') = ${query.bind(value ?? '')}`], // prettier-ignore
  ...family(releaseFacts, { 'corrected.n': 'f.corrected_ms IS NOT NULL', 'corrected.d': 'true', correction: 'f.corrected_ms IS NOT NULL' }), // prettier-ignore
  ...family(intervalFacts, { 'intervalsKept.n': 'f.kept', 'intervalsKept.d': 'true' }),
  ...family(closingFacts, { 'reopened.n': 'f.reopened', 'reopened.d': 'true' }),
  ...family(knownEventFacts, { 'missed.n': 'f.missed', 'missed.d': 'true' }),
  ['effect', effectFacts],
  ['clarification', clarificationFacts],
  ['signForSpan', (query, value) => `SELECT f.* FROM (${signForFacts(query)}) f WHERE f.span = ${query.bind(value ?? '')}`], // prettier-ignore
  ['public.detected', (query, value) => `SELECT f.* FROM (${confirmedFacts(query)}) f WHERE f.category = ${query.bind(value ?? '')}`], // prettier-ignore
  ['public.answered', (query, value) => `SELECT f.* FROM (${answeredFacts(query)}) f WHERE f.category = ${query.bind(value ?? '')}`], // prettier-ignore
]);

/** Rows that one page skips at most: beyond, one narrows the question. */
export const MAX_OFFSET = 10_000;

@Injectable()
export class RowsViews {
  /** How many rows a figure counts, and one page of them, the newest first. */
  async rows(
    query: FactQuery,
    asked: FigureAsked,
    { limit, offset }: { limit: number; offset: number },
  ): Promise<{ total: number; rows: CountedRow[] }> {
    const counted = this.counted(query, asked);
    const [count] = await query.rows<{ n: number }>(`SELECT count(*)::int AS n FROM (${counted}) f`, { whole: true });
    const page = await query.rows<object>(
      `SELECT f.* FROM (${counted}) f ORDER BY f.at DESC, f.incident_id, f.item_id, f.subject LIMIT ${query.bind(limit)} OFFSET ${query.bind(offset)}`,
      { whole: true },
    );
    const rows = await query.also<CountedRow>(
      `SELECT p.incident_id AS "incidentId", p.item_id AS "itemId", p.subject, p.at, i.number, coalesce(i.title, m.title) AS title, i.state, i.category, i.grade, coalesce(i.jurisdiction, m.jurisdiction) AS jurisdiction, b.name AS "bodyName"
         FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (incident_id uuid, item_id uuid, subject text, at timestamptz, body_id text)) WITH ORDINALITY AS p (incident_id, item_id, subject, at, body_id, n)
         LEFT JOIN incidents i ON i.id = p.incident_id LEFT JOIN items m ON m.id = p.item_id LEFT JOIN bodies b ON b.id = coalesce(p.body_id, i.lead_body_id)
        ORDER BY p.n`,
      [JSON.stringify(page)],
    );
    return { total: count!.n, rows };
  }

  private counted(query: FactQuery, { figure, county, body, value }: FigureAsked): string {
    const relation = FIGURES.get(figure);
    if (relation === undefined)
      throw new DomainError('UNKNOWN_FIGURE', 404, 'no such figure', { figure: figure.slice(0, 60) }, 'figure');
    const units = [
      ...(county === undefined ? [] : [`f.county = ${query.bind(county)}`]),
      ...(body === undefined ? [] : [`f.body_id = ${query.bind(body)}`]),
    ];
    return `SELECT f.incident_id, ${columnOf(figure)} AS item_id, ${subjectOf(figure)} AS subject, f.at, f.body_id FROM (${relation(query, value)}) f${units.length === 0 ? '' : ` WHERE ${units.join(' AND ')}`}`;
  }
}

/** Outcomes and duties are of incidents alone. */
const columnOf = (figure: string): string =>
  figure in OUTCOME_FIGURES || figure in DUTY_FIGURES ? 'NULL::uuid' : 'f.item_id';
const subjectOf = (figure: string): string => (figure in OUTCOME_FIGURES ? `''` : 'f.subject');
