import { officeTime, spanText } from '../labels.js';
import type { Period } from '../rules/period.js';
import type { Ratio } from '../rules/ratio.js';

/** Which list of words a key belongs to; the screen has them in two languages, paper and files in Chinese. */
export type WordList =
  | 'category'
  | 'grade'
  | 'basis'
  | 'incidentState'
  | 'clockState'
  | 'step'
  | 'topic'
  | 'place'
  | 'body'
  | 'figure'
  | 'none';

/** A value of a report: `text` as paper and files have it, and what a screen needs to say it in another language and to open its rows. */
export interface ReportCell {
  text: string;
  kind: 'text' | 'number' | 'rate' | 'span' | 'instant' | 'word';
  /** The number, the milliseconds of a span, the instant, or the key of a word. */
  value: string | number | null;
  list?: WordList;
  n?: number;
  d?: number;
  /** The question that lists exactly what was counted, below `/reports/rows?`; of a rate, its numerator and denominator. */
  rows?: string;
  base?: string;
  incidentId?: string;
}

export interface ReportColumn {
  key: string;
  label: string;
  numeric?: boolean;
  /** Width in a workbook, in characters. */
  width?: number;
}

export interface ReportTable {
  key: string;
  title: string;
  columns: ReportColumn[];
  rows: ReportCell[][];
}

/** A whole report: what it is, of when, by which rules, and its tables. */
export interface ReportDocument {
  key: string;
  title: string;
  period: Period | null;
  asOf: Date;
  notes: string[];
  rules: { key: string; label: string; rule: string }[];
  tables: ReportTable[];
  /** On paper in place of title and period: the number of the case. */
  serial?: string;
}

/** The question behind a number: the figure and what narrows it. Empty parts are left out. */
export const rowsOf = (figure: string, frame: Readonly<Record<string, string | undefined>> = {}): string =>
  new URLSearchParams(
    Object.entries({ figure, ...frame }).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString();

export const text = (value: string | null): ReportCell => ({ text: value ?? '', kind: 'text', value });
export const word = (list: WordList, key: string | null, label: string): ReportCell => ({
  text: label,
  kind: 'word',
  value: key,
  list,
});
export const count = (value: number, rows?: string): ReportCell => ({
  text: String(value),
  kind: 'number',
  value,
  ...(rows === undefined ? {} : { rows }),
});
export const rate = ({ n, d, pct }: Ratio, rows?: string, base?: string): ReportCell => ({
  text: pct === '—' ? pct : `${pct}%`,
  kind: 'rate',
  value: pct,
  n,
  d,
  ...(rows === undefined ? {} : { rows }),
  ...(base === undefined ? {} : { base }),
});
/** Change in percent, as `percentageChange` gives it. */
export const change = (pct: string): ReportCell => text(pct === '—' ? pct : `${pct}%`);
export const span = (milliseconds: number | null, rows?: string): ReportCell => ({
  text: spanText(milliseconds),
  kind: 'span',
  value: milliseconds,
  ...(rows === undefined ? {} : { rows }),
});
export const instant = (at: Date | null): ReportCell => ({
  text: officeTime(at),
  kind: 'instant',
  value: at === null ? null : at.toISOString(),
});
export const incident = (id: string, title: string): ReportCell => ({ ...text(title), incidentId: id });
