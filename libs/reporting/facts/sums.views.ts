import { Injectable } from '@nestjs/common';
import { DUTY_FIGURES, dutyFacts } from './duties.js';
import { OUTCOME_FIGURES, outcomeFacts } from './outcomes.js';
import type { FactQuery } from './fact-query.js';
import type { OutcomeSums } from '../rules/outcome-rates.js';
import type { RowCounts } from '../rules/bulletin-table.js';

/** What a sum is over: everything, one county, or one department. */
export interface SumKey {
  /** The index of the period. */
  which: number;
  unit: 'whole' | 'county' | 'body';
  /** Null is of no county or no department. */
  id: string | null;
}

const COUNTS: Readonly<Record<keyof RowCounts, string>> = {
  dispatched: 'dispatched',
  returned: 'returned.n',
  returnsUpheld: 'returnsUpheld.n',
  signDue: 'signedInTime.d',
  signInTime: 'signedInTime.n',
  feedbackDue: 'feedbackInTime.d',
  feedbackInTime: 'feedbackInTime.n',
  reminders: 'reminders',
  supervisions: 'supervisions',
  referrals: 'referrals',
};
const OUTCOMES: Readonly<Record<Exclude<keyof OutcomeSums, 'firstResponse' | 'legalTime' | 'assessmentTime'>, string>> =
  {
    answered: 'responded.n',
    counted: 'responded.d',
    onTime: 'onTime.n',
    decided: 'onTime.d',
    targetMet: 'targetMet.n',
    targetDecided: 'targetMet.d',
    conferencesOnTime: 'conferenceOnTime.n',
    conferencesDecided: 'conferenceOnTime.d',
    overdueAtUpgrade: 'overdueAtUpgrade',
  };

/** What a sum is over; each further unit sorts every span once more. */
const WHOLE = { key: `f.which, 'whole' AS unit, NULL AS id`, sets: 'f.which' };
const UNITS = {
  key: `f.which, CASE WHEN grouping(f.county) = 0 THEN 'county' WHEN grouping(f.body_id) = 0 THEN 'body' ELSE 'whole' END AS unit,
  CASE WHEN grouping(f.county) = 0 THEN f.county WHEN grouping(f.body_id) = 0 THEN f.body_id END AS id`,
  sets: 'GROUPING SETS ((f.which), (f.which, f.county), (f.which, f.body_id))',
};
/** `units`: also each county and each department, in the same pass. */
interface Wanted {
  units: boolean;
}

const countOf = (condition: string, name: string): string => `count(*) FILTER (WHERE ${condition})::int AS "${name}"`;
/** Median, nearest-rank P90 and maximum, as `rules/durations.ts` takes them. */
const spansOf = (column: string, name: string): string =>
  `json_build_object('count', count(f.${column}), 'median', percentile_cont(0.5) WITHIN GROUP (ORDER BY f.${column}), 'p90', percentile_disc(0.9) WITHIN GROUP (ORDER BY f.${column}), 'max', max(f.${column})) AS "${name}"`;

/** Sums over the facts, each in one pass over all periods. */
@Injectable()
export class SumsViews {
  async outcomes(query: FactQuery, { units }: Wanted): Promise<(SumKey & OutcomeSums)[]> {
    const { key, sets } = units ? UNITS : WHOLE;
    const counts = Object.entries(OUTCOMES).map(([name, figure]) => countOf(OUTCOME_FIGURES[figure]!, name));
    const spans = [
      spansOf('first_ms', 'firstResponse'),
      spansOf('legal_ms', 'legalTime'),
      spansOf('assessment_ms', 'assessmentTime'),
    ];
    return query.rows(
      `SELECT ${key}, ${[...counts, ...spans].join(', ')} FROM (${outcomeFacts(query)}) f GROUP BY ${sets}`,
      { whole: true },
    );
  }

  async duties(query: FactQuery, { units }: Wanted): Promise<(SumKey & RowCounts)[]> {
    const { key, sets } = units ? UNITS : WHOLE;
    const counts = Object.entries(COUNTS).map(([name, figure]) => countOf(DUTY_FIGURES[figure]!, name));
    return query.rows(`SELECT ${key}, ${counts.join(', ')} FROM (${dutyFacts(query)}) f GROUP BY ${sets}`, {
      whole: true,
    });
  }
}
