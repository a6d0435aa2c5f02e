import type { UpheldGround } from '../grounds.views.js';
import { incident, instant, type ReportTable, text, word } from './report-table.js';

const MEASURES: Readonly<Record<string, string>> = {
  criticism: '通报批评',
  interview: '约谈整改',
  referral: '移交问责',
};

/** The quarter's grounds of accountability that people upheld, by ground (YW18 二(四), R38). */
export const groundTable = (grounds: readonly UpheldGround[]): ReportTable => ({
  key: 'grounds',
  title: '认定的问责情形',
  columns: [
    { key: 'ground', label: '情形', width: 20 },
    { key: 'incident', label: '案号', width: 24 },
    { key: 'body', label: '承办单位', width: 28 },
    { key: 'measure', label: '措施', width: 16 },
    { key: 'decidedAt', label: '认定时间', width: 20 },
    { key: 'decidedBy', label: '认定人', width: 16 },
    { key: 'rectifyBy', label: '整改期限', width: 14 },
    { key: 'closedAt', label: '整改完成', width: 20 },
  ],
  rows: grounds.map((row) => [
    text(row.ground),
    incident(row.incidentId, row.number),
    text(row.bodyName),
    row.measure === null ? text(null) : word('figure', `account.${row.measure}`, MEASURES[row.measure] ?? row.measure),
    instant(row.decidedAt),
    text(row.decidedBy),
    text(row.rectifyBy),
    instant(row.closedAt),
  ]),
});
