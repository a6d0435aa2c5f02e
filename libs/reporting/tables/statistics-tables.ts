import type { Frame } from '../facts/fact-query.js';
import type { Indicator } from '../indicators.service.js';
import { CATEGORY_LABELS, labelOf } from '../labels.js';
import type { ClassCount, PublishedAnswer } from '../public-statistics.views.js';
import type { HotlineFigures } from '../rules/hotline-words.js';
import { type Ratio, ratio } from '../rules/ratio.js';
import { frameOf } from './bulletin-tables.js';
import { count, rate, type ReportTable, rowsOf, span, text, word } from './report-table.js';

/** Indicators of the hotline are figures of its orders. */
const HOTLINE: Readonly<Record<string, string>> = {
  hotlineHandled: 'hotline.handled',
  hotlineClosedInTime: 'hotline.closedInTime',
  hotlineSatisfied: 'hotline.satisfied',
  hotlineSolved: 'hotline.solved',
};

export function indicatorTables(items: readonly Indicator[], frame: Frame, asOf: Date): ReportTable[] {
  const link = (figure: string) => rowsOf(figure, frameOf(frame, asOf));
  const figureOf = (key: string) => HOTLINE[key] ?? key;
  const shares = items.flatMap(({ key, label, rule, ratio: value }) =>
    value === null
      ? []
      : [[word('figure', key, label), rate(value, link(`${figureOf(key)}.n`), link(`${figureOf(key)}.d`)), text(rule)]],
  );
  const spans = items.flatMap(
    ({ key, label, rule, durationsMs: value }) =>
    value === null
      ? []
      : [[word('figure', key, label), count(value.count, link(key)), span(value.median, link(key)), span(value.p90, link(key)), span(value.max, link(key)), text(rule)]], // prettier-ignore
  );
  return [
    {
      key: 'shares',
      title: '比率',
      columns: [
        { key: 'indicator', label: '指标', width: 24 },
        { key: 'rate', label: '数值', numeric: true },
        { key: 'rule', label: '口径', width: 60 },
      ],
      rows: shares,
    },
    {
      key: 'spans',
      title: '时长',
      columns: [
        { key: 'indicator', label: '指标', width: 28 },
        { key: 'count', label: '件数', numeric: true },
        { key: 'median', label: '中位数', numeric: true, width: 20 },
        { key: 'p90', label: 'P90', numeric: true, width: 20 },
        { key: 'max', label: '最长', numeric: true, width: 20 },
        { key: 'rule', label: '口径', width: 60 },
      ],
      rows: spans,
    },
  ];
}

const HOTLINE_LABELS = {
  handled: '办结率',
  closedInTime: '按时办结率',
  satisfied: '满意率',
  solved: '解决率',
  returned: '退单率',
} as const;

export interface PublicFigures {
  figures: HotlineFigures;
  types: readonly { type: string; share: Ratio }[];
  classes: readonly ClassCount[];
  answers: readonly PublishedAnswer[];
}

/** The hotline and the categories of a month. `link` is left out of what is published. */
export function publicTables(
  { figures, types, classes, answers }: PublicFigures,
  frame: Readonly<Record<string, string | undefined>>,
): ReportTable[] {
  const link = (figure: string, value?: string) => rowsOf(figure, { ...frame, value });
  const shareColumns = [
    { key: 'indicator', label: '指标', width: 20 },
    { key: 'rate', label: '数值', numeric: true },
  ];
  return [
    {
      key: 'hotline',
      title: '热线',
      columns: shareColumns,
      rows: [
        [word('figure', 'hotlineAccepted', '受理件数'), count(figures.accepted, link('hotline.accepted'))],
        ...(Object.keys(HOTLINE_LABELS) as (keyof typeof HOTLINE_LABELS)[]).map((key) => [
          word('figure', `hotline.${key}`, HOTLINE_LABELS[key]),
          rate(figures[key], link(`hotline.${key}.n`), link(`hotline.${key}.d`)),
        ]),
      ],
    },
    {
      key: 'types',
      title: '诉求类型',
      columns: [
        { key: 'type', label: '类型' },
        { key: 'share', label: '占比（分母为各类合计）', numeric: true },
      ],
      rows: types.map(({ type, share }) => [
        text(type),
        rate(share, link('hotline.type', type), link('hotline.accepted')),
      ]),
    },
    {
      key: 'classes',
      title: '舆情类别',
      columns: [
        { key: 'category', label: '类别', width: 24 },
        { key: 'detected', label: '受理', numeric: true },
        { key: 'answered', label: '已回应', numeric: true },
      ],
      rows: classes.map(({ category, detected, answered }) => [
        word('category', category, labelOf(CATEGORY_LABELS, category)),
        count(detected, link('public.detected', category)),
        rate(ratio(answered, detected), link('public.answered', category), link('public.detected', category)),
      ]),
    },
    {
      key: 'answers',
      title: '典型答复（均已公开）',
      columns: [
        { key: 'title', label: '标题', width: 50 },
        { key: 'publishedOn', label: '发布日期' },
        { key: 'link', label: '链接', width: 50 },
      ],
      rows: answers.map((answer) => [text(answer.title), text(answer.publishedOn), text(answer.link)]),
    },
  ];
}
