import type { NextHourRow, OverdueRow } from '../boards.views.js';
import { TOTALS } from '../facts/overview.js';
import { CATEGORY_LABELS, GRADE_LABELS, INCIDENT_STATE_LABELS, labelOf, STEP_LABELS } from '../labels.js';
import type { Periodical } from '../periodical.service.js';
import { change, count, incident, instant, rate, type ReportCell, type ReportTable, rowsOf, span, text, word } from './report-table.js'; // prettier-ignore

export const TOTAL_LABELS = {
  items: '信息条目',
  detected: '新发现事件',
  dispatched: '交办',
  responded: '已回应',
  closed: '办结',
  open: '期末在办',
  breached: '回应超时',
} as const;
export const DIMENSION_LABELS = {
  category: '类别',
  grade: '事件等级',
  heat: '热度',
  jurisdiction: '属地',
  source: '来源',
  topic: '领域',
  channel: '渠道',
} as const;
export const OUTLOOK_LABELS = { conference: '新闻发布会', update: '后续发布', ladder: '督促节点' } as const;

/** The questions behind the numbers of this period and of the one before. */
export interface PeriodLinks {
  now: Readonly<Record<string, string | undefined>>;
  before: Readonly<Record<string, string | undefined>>;
}

const CHANGES = [
  { key: 'current', label: '本期', numeric: true },
  { key: 'previous', label: '上期', numeric: true },
  { key: 'change', label: '变化', numeric: true },
];

/** 日报, 周报 and 月报 as tables (domain 7.2). */
export function periodicalTables(report: Periodical, { now, before }: PeriodLinks): ReportTable[] {
  const changed = (value: { current: number; previous: number; changePct: string }, figure: string, key?: string) => [
    count(value.current, rowsOf(figure, { ...now, value: key })),
    count(value.previous, rowsOf(figure, { ...before, value: key })),
    change(value.changePct),
  ];
  const grade = (key: string) => word('grade', key, labelOf(GRADE_LABELS, key));
  const category = (key: string) => word('category', key, labelOf(CATEGORY_LABELS, key));
  return [
    {
      key: 'totals',
      title: '总体情况',
      columns: [{ key: 'total', label: '项目', width: 16 }, ...CHANGES],
      rows: TOTALS.map((name) => [
        word('figure', `total.${name}`, TOTAL_LABELS[name]),
        ...changed(report.totals[name], `total.${name}`),
      ]),
    },
    {
      key: 'breakdown',
      title: '分项',
      columns: [{ key: 'dimension', label: '分项' }, { key: 'name', label: '名称', width: 24 }, ...CHANGES],
      rows: report.breakdown.map((row) => [
        word('figure', `by.${row.dimension}`, DIMENSION_LABELS[row.dimension]),
        row.dimension === 'category'
          ? category(row.key)
          : row.dimension === 'topic'
            ? word('topic', row.key, row.label)
            : row.dimension === 'grade'
              ? grade(row.key)
              : row.dimension === 'jurisdiction'
                ? word('place', row.key, row.label)
                : text(row.label),
        ...changed(row, `by.${row.dimension}`, row.key),
      ]),
    },
    {
      key: 'important',
      title: '重要舆情',
      columns: [
        { key: 'title', label: '标题', width: 40 },
        { key: 'number', label: '案号', width: 20 },
        { key: 'category', label: '类别' },
        { key: 'grade', label: '事件等级' },
        { key: 'heat', label: '热度' },
        { key: 'detectedAt', label: '发现', width: 17 },
        { key: 'lead', label: '主办', width: 24 },
        { key: 'state', label: '状态' },
      ],
      rows: report.important.map((row) => [
        incident(row.id, row.title),
        text(row.number),
        category(row.category),
        grade(row.grade),
        text(row.heatLevel),
        instant(row.detectedAt),
        text(row.leadBodyName),
        word('incidentState', row.state, labelOf(INCIDENT_STATE_LABELS, row.state)),
      ]),
    },
    overdueTable(report.overdue),
    {
      key: 'topics',
      title: '热线热点',
      columns: [
        { key: 'title', label: '标题', width: 40 },
        { key: 'number', label: '案号', width: 20 },
        { key: 'orders', label: '工单数', numeric: true },
      ],
      rows: report.hotline.topics.map((row) => [
        incident(row.incidentId, row.title),
        text(row.incidentNumber),
        count(row.orders),
      ]),
    },
    {
      key: 'requestTypes',
      title: '热线类型',
      columns: [
        { key: 'type', label: '类型' },
        { key: 'share', label: '占比（分母为各类合计）', numeric: true },
      ],
      rows: report.hotline.types.map(({ type, share }) => [
        text(type),
        rate(share, rowsOf('hotline.type', { ...now, value: type }), rowsOf('hotline.accepted', now)),
      ]),
    },
    {
      key: 'rumours',
      title: '谣言与澄清',
      columns: [
        { key: 'title', label: '标题', width: 40 },
        { key: 'number', label: '案号', width: 20 },
        { key: 'detectedAt', label: '发现', width: 17 },
        { key: 'clarifiedAt', label: '澄清', width: 17 },
        { key: 'link', label: '链接', width: 40 },
      ],
      rows: report.rumours.map((row) => [
        incident(row.id, row.title),
        text(row.number),
        instant(row.detectedAt),
        instant(row.clarifiedAt),
        text(row.link),
      ]),
    },
    {
      key: 'outlook',
      title: '后期关注',
      columns: [
        { key: 'at', label: '时间', width: 17 },
        { key: 'kind', label: '事项' },
        { key: 'title', label: '标题', width: 40 },
        { key: 'number', label: '案号', width: 20 },
      ],
      rows: report.outlook.map((row) => [
        instant(row.at),
        row.kind === 'ladder' && row.detail !== null
          ? word('step', row.detail, labelOf(STEP_LABELS, row.detail))
          : word('figure', `outlook.${row.kind}`, OUTLOOK_LABELS[row.kind]),
        incident(row.incidentId, row.title),
        text(row.incidentNumber),
      ]),
    },
  ];
}

const COLOURS = { green: '正常', yellow: '临期', red: '超时', purple: '升级时已超时' } as const;
const wholeMinutes = (ms: number): number => Math.floor(Math.abs(ms) / 60_000) * 60_000;

/** Why no step of the ladder lies ahead. */
const NO_STEP = {
  target: '力争时限，不催办',
  over: '无后续自动步骤，待人工处置',
  running: '到期后按阶梯办理',
} as const;
export const whyNoStep = ({ force, leftMs }: Pick<OverdueRow, 'force' | 'leftMs'>): keyof typeof NO_STEP =>
  force === 'target' ? 'target' : leftMs < 0 ? 'over' : 'running';
export const noStepText = (row: Pick<OverdueRow, 'force' | 'leftMs'>): string => NO_STEP[whyNoStep(row)];

/** Who takes each step of the ladder (NT19 Art.20): the last two are decided by people of the supervising body. */
const TAKERS: Readonly<Record<string, string>> = {
  notice: '系统自动提醒',
  reminder: '网信机构',
  supervision: '督查机构',
  accountabilityReferral: '督查机构移送',
};
export const takerOf = (step: string | null): string => (step === null ? '—' : (TAKERS[step] ?? '—'));

/** The overdue list: what is over first, then by the time to breach. */
export const overdueTable = (rows: readonly OverdueRow[]): ReportTable => ({
  key: 'overdue',
  title: '超时与临期',
  columns: [
    { key: 'colour', label: '现状' },
    { key: 'title', label: '标题', width: 40 },
    { key: 'number', label: '案号', width: 20 },
    { key: 'body', label: '单位', width: 24 },
    { key: 'limit', label: '时限', width: 20 },
    { key: 'dueAt', label: '截止', width: 17 },
    { key: 'left', label: '逾期／剩余', width: 18 },
    { key: 'nextStep', label: '下一步', width: 12 },
    { key: 'nextAt', label: '下一步时间', width: 17 },
    { key: 'nextBy', label: '由谁采取', width: 20 },
  ],
  rows: rows.map((row): ReportCell[] => [
    word('figure', `colour.${row.colour}`, COLOURS[row.colour]),
    incident(row.incidentId, row.incidentTitle),
    text(row.incidentNumber),
    text(row.bodyName ?? row.bodyId),
    text(row.label),
    instant(row.dueAt),
    { ...span(wholeMinutes(row.leftMs)), text: `${row.leftMs < 0 ? '逾期' : '剩余'} ${span(wholeMinutes(row.leftMs)).text}`, value: row.leftMs }, // prettier-ignore
    row.nextStep === null
      ? word('figure', `noStep.${whyNoStep(row)}`, NO_STEP[whyNoStep(row)])
      : word('step', row.nextStep.step, labelOf(STEP_LABELS, row.nextStep.step)),
    row.nextStep === null ? text('—') : instant(row.nextStep.at),
    text(takerOf(row.nextStep?.step ?? null)),
  ]),
});

/** What runs out within the hour, the most urgent first, with the act that saves it. */
export const nextHourTable = (rows: readonly NextHourRow[]): ReportTable => ({
  key: 'nextHour',
  title: '一小时内到期',
  columns: [
    { key: 'minutesLeft', label: '剩余分钟', numeric: true },
    { key: 'title', label: '标题', width: 40 },
    { key: 'number', label: '案号', width: 20 },
    { key: 'grade', label: '事件等级' },
    { key: 'limit', label: '时限', width: 20 },
    { key: 'dueAt', label: '截止', width: 17 },
    { key: 'body', label: '单位', width: 24 },
    { key: 'load', label: '在办时限', numeric: true },
    { key: 'urgency', label: '紧迫度', numeric: true },
    { key: 'action', label: '挽救动作', width: 24 },
  ],
  rows: rows.map((row) => [
    count(row.minutesLeft),
    incident(row.incidentId, row.incidentTitle),
    text(row.incidentNumber),
    word('grade', row.grade, labelOf(GRADE_LABELS, row.grade)),
    text(row.label),
    instant(row.dueAt),
    text(row.bodyName),
    count(row.load),
    count(row.urgency),
    word('figure', `saving.${row.action.act}`, row.action.label),
  ]),
});
