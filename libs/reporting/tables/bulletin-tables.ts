import type { Bulletin } from '../bulletin.service.js';
import type { Example } from '../effects.views.js';
import type { Frame } from '../facts/fact-query.js';
import { BULLETIN_RULES, type BulletinRow } from '../rules/bulletin-table.js';
import { change, count, incident, rate, type ReportCell, type ReportColumn, type ReportTable, rowsOf, span, text, word } from './report-table.js'; // prettier-ignore

export const RATE_LABELS: Readonly<Record<keyof typeof BULLETIN_RULES, string>> = {
  responded: '回应率',
  onTime: '按时回应率',
  targetMet: '3 小时达标率',
  conferenceOnTime: '发布会按时率',
  firstResponseMs: '首次回应时长',
  signedInTime: '签收及时率',
  feedbackInTime: '反馈及时率',
  returned: '退回率',
  returnsUpheld: '退回采纳率',
  effect: '效果评估均分',
  changePct: '环比',
  laggards: '长期落后',
};

const COLUMNS: readonly ReportColumn[] = [
  { key: 'rank', label: '名次', numeric: true, width: 6 },
  { key: 'unit', label: '单位', width: 24 },
  { key: 'dispatched', label: '交办件数', numeric: true },
  { key: 'changePct', label: '环比', numeric: true },
  { key: 'signedInTime', label: '签收及时率', numeric: true },
  { key: 'feedbackInTime', label: '反馈及时率', numeric: true },
  { key: 'responded', label: '回应率', numeric: true },
  { key: 'onTime', label: '按时回应率', numeric: true },
  { key: 'previousOnTime', label: '上季按时回应率', numeric: true },
  { key: 'targetMet', label: '3 小时达标率', numeric: true },
  { key: 'conferenceOnTime', label: '发布会按时率', numeric: true },
  { key: 'firstMedian', label: '首次回应中位数', numeric: true, width: 20 },
  { key: 'firstP90', label: '首次回应 P90', numeric: true, width: 20 },
  { key: 'firstMax', label: '首次回应最长', numeric: true, width: 20 },
  { key: 'returned', label: '退回率', numeric: true },
  { key: 'returnsUpheld', label: '退回采纳率', numeric: true },
  { key: 'effect', label: '效果评估均分', numeric: true },
  { key: 'reminders', label: '催办', numeric: true },
  { key: 'supervisions', label: '督办', numeric: true },
  { key: 'referrals', label: '问责移送', numeric: true },
  { key: 'overdueAtUpgrade', label: '升级时已超时', numeric: true },
  { key: 'lagging', label: '长期落后', width: 10 },
];

/** A mean never stands without its count; a bulletin frozen before scores were counted has none. */
const score = (effect: BulletinRow['effect'], rows: string): ReportCell =>
  effect === undefined || effect.mean === null
    ? text('—')
    : { text: `${effect.mean.toFixed(1)}（${effect.count} 件）`, kind: 'number', value: effect.mean, rows };

const ELEMENTS: Readonly<Record<string, string>> = { cause: '问题成因', solution: '解决方案', constraints: '制约因素' };
/** Why a case is named, in words. */
export const whyNamed = ({ missing, grounds }: Example): string =>
  [
    ...(missing.length === 0 ? [] : [`缺少${missing.map((name) => ELEMENTS[name] ?? name).join('、')}`]),
    ...(grounds.length === 0 ? [] : [`认定${grounds.join('、')}`]),
  ].join('；') || '各项得分见效果评估表';

const examplesTable = (key: string, title: string, examples: readonly Example[]): ReportTable => ({
  key,
  title,
  columns: [
    { key: 'number', label: '案号', width: 22 },
    { key: 'title', label: '舆情标题', width: 50 },
    { key: 'unit', label: '单位', width: 24 },
    { key: 'effect', label: '效果评估得分', numeric: true },
    { key: 'detail', label: '情况', width: 40 },
  ],
  rows: examples.map((named) => [
    text(named.number),
    incident(named.incidentId, named.title),
    text(named.bodyName),
    { text: named.score.toFixed(1), kind: 'number', value: named.score },
    text(whyNamed(named)),
  ]),
});

/** The frame of a question as a number's link carries it. */
export const frameOf = ({ period, membership, place }: Frame, asOf: Date) => ({
  quarter: period.name,
  by: membership,
  place,
  asOf: asOf.toISOString(),
});

/** Counties, departments and the whole; best on-time rate first, which is the rank. */
export function bulletinTables(bulletin: Bulletin, frame: Frame, asOf: Date): ReportTable[] {
  const named = (key: string, title: string, unit: 'county' | 'body', table: Bulletin['counties']): ReportTable => ({
    key,
    title,
    columns: [...COLUMNS],
    rows: table.rows.map((row, index) =>
      cellsOf(row, { rank: index + 1, lags: table.laggards.includes(row.id) }, (figure) =>
        rowsOf(figure, { ...frameOf(frame, asOf), [unit]: row.id }),
      ),
    ),
  });
  return [
    {
      key: 'whole',
      title: '总体',
      columns: [...COLUMNS],
      rows: [cellsOf(bulletin.whole, null, (figure) => rowsOf(figure, frameOf(frame, asOf)))],
    },
    named('counties', '县（市、区）', 'county', bulletin.counties),
    named('departments', '部门（单位）', 'body', bulletin.departments),
    examplesTable('goodExamples', '正面典型', bulletin.examples?.good ?? []),
    examplesTable('badExamples', '反面典型', bulletin.examples?.bad ?? []),
  ];
}

function cellsOf(
  row: BulletinRow,
  place: { rank: number; lags: boolean } | null,
  link: (figure: string) => string,
): ReportCell[] {
  const of = (figure: string, value: BulletinRow['onTime']) => rate(value, link(`${figure}.n`), link(`${figure}.d`));
  const { median, p90, max } = row.firstResponseMs;
  // Who has no denominator is not ranked.
  const rank = place === null || row.onTime.d === 0 ? text('—') : count(place.rank);
  return [
    rank,
    text(row.name),
    count(row.dispatched, link('dispatched')),
    change(row.changePct),
    of('signedInTime', row.signedInTime),
    of('feedbackInTime', row.feedbackInTime),
    of('responded', row.responded),
    of('onTime', row.onTime),
    rate(row.previousOnTime),
    of('targetMet', row.targetMet),
    of('conferenceOnTime', row.conferenceOnTime),
    span(median, link('firstResponse')),
    span(p90, link('firstResponse')),
    span(max, link('firstResponse')),
    of('returned', row.returned),
    of('returnsUpheld', row.returnsUpheld),
    score(row.effect, link('effect')),
    count(row.reminders, link('reminders')),
    count(row.supervisions, link('supervisions')),
    count(row.referrals, link('referrals')),
    count(row.overdueAtUpgrade, link('overdueAtUpgrade')),
    word('none', place?.lags === true ? 'lags' : null, place?.lags === true ? '长期落后' : ''),
  ];
}

export const bulletinRules = (): { key: string; label: string; rule: string }[] =>
  Object.entries(BULLETIN_RULES).map(([key, rule]) => ({
    key,
    label: RATE_LABELS[key as keyof typeof RATE_LABELS],
    rule,
  }));
