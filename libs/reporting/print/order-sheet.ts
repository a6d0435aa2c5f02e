import {
  BASIS_LABELS,
  CATEGORY_LABELS,
  CHANNEL_LABELS,
  clockStateOf,
  GRADE_LABELS,
  labelOf,
  officeTime,
  ROLE_LABELS,
} from '../labels.js';
import type { OrderSheet, SheetClock } from '../sheets.views.js';
import { html, lines, type Markup } from './markup.js';
import { formRows, gridTable } from './grid.js';
import { page } from './page.js';
import { qrMark } from './qr-mark.js';

/** Who prints, when, and for whom: on every sheet. */
export interface SheetFrame {
  office: string;
  /** The supervision office (督查室), if the city has one. */
  supervisor?: string;
  /** The authority that referrals go to (纪委监委). */
  discipline?: string;
  asOf: Date;
  by: string;
  /** Where the product is reached from outside: `https://huiying.example.gov.cn`. */
  address?: string;
}

/** Characters of the main content on the sheet (domain 7.4). */
const MAX_CONTENT = 300;

/** The order of one body (交办单) on one A4 page. */
export function printOrderSheet(order: OrderSheet, { office, asOf, by, address }: SheetFrame): string {
  const signFor = order.clocks.find(({ act }) => act === 'signFor');
  return page(
    {
      issuer: office,
      title: order.drill ? '网络舆情交办单（演练）' : '网络舆情交办单',
      serial: order.number,
      remarks: [`密级：内部`, `缓急：${urgencyOf(order)}`, `交办时间：${officeTime(order.dispatchedAt)}`],
    },
    html`${formRows([
      ['舆情标题', html`<strong>${order.title}</strong>`, 'wide'],
      ['案号', order.incidentNumber],
      ['签收期限', signFor === undefined ? '—' : officeTime(signFor.dueAt)],
      ['来源', order.sourceName ?? '—'],
      ['首发时间', officeTime(order.firstPublicAt) || '不详'],
      ['链接', order.url ?? '—', 'wide'],
      ['发现时间', officeTime(order.detectedAt)],
      ['类别', categoryOf(order)],
      ['事件等级', `${labelOf(GRADE_LABELS, order.grade)}（${labelOf(BASIS_LABELS, order.gradeBasis)}）`],
      ['热度等级', `${order.heatLevel} 级（${order.heatScore.toFixed(1)}）`],
      ['传播数据', spreadOf(order)],
      ['主要内容', lines(cut(order.content ?? '', MAX_CONTENT)), 'wide'],
      [`${labelOf(ROLE_LABELS, order.role)}单位`, order.bodyName],
      ['其他单位', order.coBodies ?? '无'],
      ['办理要求', lines(order.task === '' ? '核实、处置、回应、报告' : order.task), 'wide'],
      ['统一口径', wordingOf(order)],
      ['附件清单', attachmentsOf(order), 'wide'],
    ])}
    ${clockTable(order.clocks)}
    ${formRows([
      ['拟办／批示', html`<div class="blank"></div>`, 'wide'],
      ['交办人', order.dispatcherName ?? html`<div class="blank"></div>`],
      ['审核人', ''],
      ['签收人', order.acknowledgedBy === null ? '' : (order.signerName ?? '已在系统签收')],
      ['签收时间', officeTime(order.acknowledgedAt)],
      ['反馈栏', feedback(order.verification), 'wide'],
    ])}`,
    {
      compact: true,
      seal: { office, date: officeTime(order.dispatchedAt).slice(0, 10) },
      mark: qrMark(signAddress(order, address), [
        address === undefined ? '扫码读取案号' : '扫码打开本交办单签收',
        order.incidentNumber,
      ]),
      notes: [`打印 ${officeTime(asOf, true)}，${by}。时限以系统记录为准；力争类为目标，不计超时。`],
    },
  );
}

/** The page on which the body reads and signs for the order; without an address the code holds the number of the case. */
const signAddress = ({ incidentId, incidentNumber }: OrderSheet, address: string | undefined): string =>
  address === undefined ? incidentNumber : `${address}/orders?incident=${incidentId}`;

/** The main category and the others (domain 7.4: 主/次). */
export function categoryOf({ category, categories }: OrderSheet): string {
  const others = Array.isArray(categories['secondary']) ? categories['secondary'].map(String) : [];
  const named = others.map((other) => labelOf(CATEGORY_LABELS, other));
  return `${labelOf(CATEGORY_LABELS, category)}${named.length === 0 ? '' : `（次：${named.join('、')}）`}`;
}

export const spreadOf = ({ itemCount, spread }: OrderSheet): string =>
  `相关信息 ${itemCount} 条${spread.length === 0 ? '' : `：${spread.map(({ channel, items }) => `${labelOf(CHANNEL_LABELS, channel)} ${items}`).join('、')}`}`;

export const wordingOf = ({ wordingAt, wordingVersion }: OrderSheet): string =>
  wordingAt === null ? '暂无' : `见系统口径单第 ${wordingVersion ?? 1} 版（${officeTime(wordingAt)}）`;

const attachmentsOf = ({ contentSha256 }: OrderSheet): Markup =>
  contentSha256 === null ? html`无` : html`原文快照 1 份 <span class="small">SHA-256 ${contentSha256}</span>`;

function clockTable(clocks: readonly SheetClock[]): Markup {
  if (clocks.length === 0) return html`<p>时限尚未起算。</p>`;
  return gridTable(
    ['时限', '性质', '截止', '现状', '政策依据'],
    clocks.map((clock) => [
      clock.label,
      clock.force === 'target' ? '力争' : '最迟',
      officeTime(clock.dueAt),
      stateOf(clock),
      [clock.document, clock.article].filter((part) => part !== null).join(' ') || '—',
    ]),
    { widths: [24, 7, 18, 27, 42] },
  );
}

const stateOf = (clock: SheetClock): string =>
  `${clockStateOf(clock)}${clock.state === 'met' || clock.state === 'metLate' ? ` ${officeTime(clock.stateAt)}` : ''}`;

/** 特急 where an hour counts, 加急 for high heat or a graded event, else 平急. */
export const urgencyOf = ({ grade, heatLevel }: OrderSheet): string =>
  grade === 'I' || grade === 'II'
    ? '特急'
    : grade === 'III' || heatLevel === 'I' || heatLevel === 'II'
      ? '加急'
      : '平急';

function feedback(verification: Record<string, unknown> | null): Markup {
  const facts = verification?.['facts'];
  if (typeof facts === 'string') return lines(cut(facts, MAX_CONTENT));
  return html`<div class="blank">事实核查结论、处置措施、回应情况（链接）、下一步：</div>`;
}

/** By code points, so that no character is cut in two. */
const cut = (text: string, length: number): string => {
  const points = [...text.trim()];
  return points.length <= length ? points.join('') : `${points.slice(0, length - 1).join('')}…`;
};
