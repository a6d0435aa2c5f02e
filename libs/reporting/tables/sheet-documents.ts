import { basisOf, clockLines, type ClockOnPaper, sinceOf } from '../clock-lines.js';
import { BASIS_LABELS, CLOCK_REASON_LABELS, clockStateOf, GRADE_LABELS, labelOf, officeTime, REASON_LABELS, ROLE_LABELS, STEP_LABELS } from '../labels.js'; // prettier-ignore
import { ANSWERS, deadlineText, issuerOf } from '../print/escalation-sheet.js';
import { categoryOf, type SheetFrame, spreadOf, urgencyOf, wordingOf } from '../print/order-sheet.js';
import type { EscalationSheet, OrderSheet, SheetClock } from '../sheets.views.js';
import { instant, type ReportCell, type ReportDocument, type ReportTable, span, text, word } from './report-table.js';

/** What a sheet says, as names and values. */
const form = (title: string, rows: readonly (readonly [string, ReportCell | string | null])[]): ReportTable => ({
  key: 'sheet',
  title,
  columns: [
    { key: 'item', label: '项目', width: 18 },
    { key: 'content', label: '内容', width: 80 },
  ],
  rows: rows.map(([name, value]) => [text(name), typeof value === 'string' || value === null ? text(value) : value]),
});
const drillMark = (drill: boolean): string => (drill ? '（演练）' : '');
const document = (
  key: string,
  title: string,
  { asOf, notes = [], tables }: { asOf: Date; notes?: string[]; tables: ReportTable[] },
): ReportDocument => ({ key, title, period: null, asOf, notes, rules: [], tables });

/** 交办单 as tables. */
export function orderDocument(order: OrderSheet, asOf: Date): ReportDocument {
  const facts = order.verification?.['facts'];
  return document('orderSheet', `网络舆情交办单${drillMark(order.drill)} ${order.number}`, {
    asOf,
    notes: ['时限以系统记录为准；力争类为目标，不计超时。'],
    tables: [
      form('交办单', [
        ['编号', order.number],
        ['缓急', urgencyOf(order)],
        ['交办时间', instant(order.dispatchedAt)],
        ['舆情标题', order.title],
        ['案号', order.incidentNumber],
        ['来源', order.sourceName],
        ['链接', order.url],
        ['首发时间', instant(order.firstPublicAt)],
        ['发现时间', instant(order.detectedAt)],
        ['类别', word('category', order.category, categoryOf(order))],
        ['事件等级', word('grade', order.grade, labelOf(GRADE_LABELS, order.grade))],
        ['等级依据', word('basis', order.gradeBasis, labelOf(BASIS_LABELS, order.gradeBasis))],
        ['热度等级', `${order.heatLevel} 级（${order.heatScore.toFixed(1)}）`],
        ['传播数据', spreadOf(order)],
        ['主要内容', order.content],
        ['原文 SHA-256', order.contentSha256],
        [`${labelOf(ROLE_LABELS, order.role)}单位`, order.bodyName],
        ['其他单位', order.coBodies],
        ['办理要求', order.task === '' ? '核实、处置、回应、报告' : order.task],
        ['统一口径', wordingOf(order)],
        ['交办人', order.dispatcherName],
        ['签收人', order.signerName],
        ['签收时间', instant(order.acknowledgedAt)],
        ['核实结论', typeof facts === 'string' ? facts : null],
      ]),
      clockTable(order.clocks),
    ],
  });
}

const clockTable = (clocks: readonly SheetClock[]): ReportTable => ({
  key: 'clocks',
  title: '时限',
  columns: [
    { key: 'limit', label: '时限', width: 24 },
    { key: 'force', label: '性质' },
    { key: 'dueAt', label: '截止', width: 17 },
    { key: 'clockState', label: '现状', width: 14 },
    { key: 'stateAt', label: '完成', width: 17 },
    { key: 'document', label: '文件', width: 40 },
    { key: 'article', label: '条款', width: 24 },
  ],
  rows: clocks.map((clock) => [
    text(clock.label),
    text(clock.force === 'target' ? '力争' : '最迟'),
    instant(clock.dueAt),
    word('clockState', clock.state, clockStateOf(clock)),
    instant(clock.state.startsWith('met') ? clock.stateAt : null),
    text(clock.document),
    text(clock.article),
  ]),
});

/** 催办单, 督办单 or 问责移送 as tables. */
export function escalationDocument(sheet: EscalationSheet, frame: SheetFrame): ReportDocument {
  const step = labelOf(STEP_LABELS, sheet.step);
  const { asOf } = frame;
  const over = sheet.clockDueAt === null ? null : (sheet.clockStoppedAt ?? asOf).getTime() - sheet.clockDueAt.getTime();
  return document('escalationSheet', `网络舆情${step}单${drillMark(sheet.drill)} ${sheet.number ?? ''}`.trim(), {
    asOf,
    notes: ['逾期时长算至完成时刻；未完成的算至数据时间。'],
    tables: [
      form(`${step}单`, [
        ['编号', sheet.number],
        ['种类', word('step', sheet.step, step)],
        ['签发机构', issuerOf(sheet, frame)],
        ['签发时间', instant(sheet.issuedAt)],
        ['现状', labelOf(ANSWERS, sheet.state)],
        ['承办单位', sheet.bodyName],
        ['舆情标题', sheet.title],
        ['案号', sheet.incidentNumber],
        ['交办单号', sheet.orderNumber],
        ['交办时间', instant(sheet.orderedAt)],
        [`${step}事项`, labelOf(REASON_LABELS, sheet.reason)],
        ['逾期时限', sheet.clockLabel],
        ['原截止时间', instant(sheet.clockDueAt)],
        ['已逾期', over === null || over <= 0 ? null : span(Math.floor(over / 60_000) * 60_000)],
        ...(sheet.step === 'accountabilityReferral'
          ? [['移送机关', frame.discipline ?? '有权机关'] as const]
          : [['新的期限', { ...instant(sheet.deadline), text: deadlineText(sheet) }] as const]),
        ['情形', sheet.grounds.join('、')],
        ['签收时间', instant(sheet.receivedAt)],
      ]),
      {
        key: 'earlier',
        title: '此前催办、督办',
        columns: [
          { key: 'step', label: '种类' },
          { key: 'number', label: '编号', width: 24 },
          { key: 'at', label: '时间', width: 17 },
          { key: 'answer', label: '结果', width: 20 },
        ],
        rows: sheet.earlier.map((earlier) => [
          word('step', earlier.step, labelOf(STEP_LABELS, earlier.step)),
          text(earlier.number),
          instant(earlier.at),
          text(labelOf(ANSWERS, earlier.state)),
        ]),
      },
    ],
  });
}

/** 时限计算单 as tables. */
export function clockDocument(clock: ClockOnPaper, asOf: Date): ReportDocument {
  const { computation } = clock;
  return document('clockSheet', `时限计算单${drillMark(clock.drill)} ${clock.incidentNumber}`, {
    asOf,
    notes: ['时间均为北京时间；按时指完成时刻不晚于截止时刻，不作取整。'],
    tables: [
      form('时限', [
        ['案号', clock.incidentNumber],
        ['舆情标题', clock.incidentTitle],
        ['时限', clock.label],
        ['性质', clock.force === 'target' ? '力争（目标）' : '最迟（期限）'],
        ['依据', basisOf(clock)],
        ['起算', { ...instant(clock.startedAt), text: officeTime(clock.startedAt, true) }],
        ['截止', { ...instant(clock.dueAt), text: officeTime(clock.dueAt, true) }],
        ['现状', word('clockState', clock.state, clockStateOf(clock))],
        ['时刻', { ...instant(clock.stateAt), text: officeTime(clock.stateAt, true) }],
        ['说明', clock.stateReason === null ? null : labelOf(CLOCK_REASON_LABELS, clock.stateReason)],
        ['法定口径', sinceOf(computation['legalSeconds'], computation['legalStartAt'], '事件发生')],
        ['考核口径', sinceOf(computation['assessmentSeconds'], computation['assessmentStartAt'], '发现')],
      ]),
      {
        key: 'steps',
        title: '计算过程',
        columns: [
          { key: 'step', label: '事项', width: 18 },
          { key: 'content', label: '内容', width: 80 },
        ],
        rows: clockLines(clock).map(({ words: [name, content] }) => [text(name), text(content)]),
      },
    ],
  });
}
