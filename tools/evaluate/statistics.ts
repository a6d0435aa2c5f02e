import { type DurationSummary } from '#reporting/rules/durations.js';
import { responseRates, responseTimes, type ResponseLimits } from '#reporting/rules/response-rates.js';
import { type CheckedCase, type Evaluation, readJsonLines, reportCases, UnreadableInput } from './frame.js';

interface CaseRow {
  id: string;
  class?: 'fast' | 'other';
  start?: string;
  firstReleaseAt: string | null;
  conferenceAt?: string | null;
  eventOccurredAt?: string | null;
  detectedAt?: string;
}

interface Row {
  id: string;
  params: { asOf?: string };
  data: unknown;
  expected: Record<string, unknown>;
  strict: boolean;
}

const HOUR_MS = 3_600_000;
/** The case files fix these limits whatever pack a city runs. */
const CASE_LIMITS: ResponseLimits = {
  targetMs: 3 * HOUR_MS,
  releaseMs: 5 * HOUR_MS,
  conferenceMs: 24 * HOUR_MS,
  responseMs: 48 * HOUR_MS,
};

/** Reads the rows whose data are lists of cases; the others are worked examples of single ratios and belong to the tests. */
export const evaluate: Evaluation = async (file) => {
  const cases: CheckedCase[] = [];
  readJsonLines<Row>(file).forEach((row, index) => {
    if (!Array.isArray(row.data)) return;
    if (typeof row.expected !== 'object') throw new UnreadableInput(file, 'expected is missing', index + 1);
    const all = compute(row.data as CaseRow[], row.params.asOf);
    const actual = Object.fromEntries(Object.keys(row.expected).map((key) => [key, trim(all[key], row.expected[key])]));
    const ok = JSON.stringify(sortKeys(actual)) === JSON.stringify(sortKeys(row.expected));
    cases.push({ id: row.id, strict: row.strict, ok, expected: row.expected, actual });
  });
  return reportCases('statistics', file, cases);
};

const ms = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Date.parse(text);

function compute(rows: CaseRow[], asOf: string | undefined): Record<string, unknown> {
  const timed = rows.filter((row) => row.detectedAt !== undefined);
  const times = responseTimes(
    timed.map((row) => ({
      eventOccurredAt: ms(row.eventOccurredAt),
      detectedAt: ms(row.detectedAt)!,
      firstReleaseAt: ms(row.firstReleaseAt),
    })),
  );
  const incidents = rows
    .filter((row) => row.class !== undefined && row.start !== undefined)
    .map((row) => ({
      id: row.id,
      class: row.class!,
      startedAt: ms(row.start)!,
      firstReleaseAt: ms(row.firstReleaseAt),
      conferenceAt: ms(row.conferenceAt),
    }));
  const rates = responseRates(incidents, CASE_LIMITS, ms(asOf) ?? Infinity);
  return {
    denominatorIds: rates.countedIds,
    onTimeIds: rates.onTimeIds,
    回应率: rates.responded,
    按时回应率: rates.onTime,
    '3小时达标率': rates.targetMet,
    发布会按时率: rates.conferenceOnTime,
    首次回应时长秒: seconds(rates.firstResponseMs),
    法定口径秒: seconds(times.legalMs),
    考核口径秒: seconds(times.assessmentMs),
  };
}

function seconds({ count, median, p90, max }: DurationSummary): Record<string, number | null> {
  const inSeconds = (value: number | null) => (value === null ? null : value / 1000);
  return { count, median: inSeconds(median), p90: inSeconds(p90), max: inSeconds(max) };
}

/** Only the keys that a case asks for. */
function trim(actual: unknown, expected: unknown): unknown {
  if (
    typeof expected !== 'object' ||
    expected === null ||
    Array.isArray(expected) ||
    typeof actual !== 'object' ||
    actual === null
  )
    return actual;
  return Object.fromEntries(Object.keys(expected).map((key) => [key, (actual as Record<string, unknown>)[key]]));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
