import type { Bulletin, BulletinTable } from '../bulletin.service.js';
import { officeTime, spanText } from '../labels.js';
import { BULLETIN_RULES, type BulletinRow } from '../rules/bulletin-table.js';
import type { Period } from '../rules/period.js';
import type { Ratio } from '../rules/ratio.js';
import { html, type Markup } from './markup.js';
import { gridTable, page } from './page.js';

/** What a printed report says besides its numbers. */
export interface PrintFrame {
  period: Period;
  asOf: Date;
  notes: readonly string[];
  /** Who made it. */
  by: string;
  /** Who issues it; the place of the installation. */
  office?: string;
  serial?: string;
}

const RATE_LABELS: Readonly<Record<keyof typeof BULLETIN_RULES, string>> = {
  responded: '回应率',
  onTime: '按时回应率',
  targetMet: '3 小时达标率',
  conferenceOnTime: '发布会按时率',
  firstResponseMs: '首次回应时长',
  signedInTime: '签收及时率',
  feedbackInTime: '反馈及时率',
  returned: '退回率',
  returnsUpheld: '退回采纳率',
  changePct: '环比',
  laggards: '长期落后',
};

const HEADS = [
  '单位',
  '交办',
  '环比',
  '签收及时',
  '反馈及时',
  '回应',
  '按时回应',
  '3小时达标',
  '发布会按时',
  '首次回应 中位／P90',
  '退回（采纳）',
  '催办／督办／移送',
];

/** The quarterly bulletin on A4 across. */
export function printBulletin(bulletin: Bulletin, frame: PrintFrame): string {
  const { period, asOf, notes, by } = frame;
  const office = frame.office ?? '政务舆情回应';
  return page(
    {
      issuer: office,
      title: `${quarterTitle(period.name)}政务舆情回应工作情况通报`,
      serial: frame.serial ?? '（未冻结，非正式编号）',
      remarks: [`数据时间 ${officeTime(asOf, true)}`],
    },
    html`<p>${summary(bulletin.whole)}</p>
      <h2>一、县（市、区）</h2>
      ${tableOf(bulletin.counties)}
      <h2>二、部门（单位）</h2>
      ${tableOf(bulletin.departments)}
      <h2>三、长期落后单位</h2>
      ${laggardsOf([bulletin.counties, bulletin.departments])}
      <h2>四、计算规则</h2>
      ${Object.entries(BULLETIN_RULES).map(([key, rule]) => html`<p class="small">${RATE_LABELS[key as keyof typeof BULLETIN_RULES]}：${rule}</p>`)}`,
    { landscape: true, seal: { office, date: officeTime(asOf).slice(0, 10) }, notes: [...notes, `制表：${by}`] },
  );
}

const summary = (whole: BulletinRow): string =>
  `本期交办 ${whole.dispatched} 件（环比 ${percent(whole.changePct)}）。应回应并已到期或已回应 ${whole.responded.d} 起，已回应 ${whole.responded.n} 起，` +
  `回应率 ${percent(whole.responded.pct)}；按时回应 ${whole.onTime.n} 起，按时回应率 ${percent(whole.onTime.pct)}；首次回应时长中位数 ${spanText(whole.firstResponseMs.median)}、` +
  `P90 ${spanText(whole.firstResponseMs.p90)}、最长 ${spanText(whole.firstResponseMs.max)}。升级时已超时 ${whole.overdueAtUpgrade} 起，单列，不计入失职。`;

function tableOf({ rows }: BulletinTable): Markup {
  if (rows.length === 0) return html`<p>本期无数据。</p>`;
  const cells = rows.map((row) => [
    row.name,
    row.dispatched,
    percent(row.changePct),
    rate(row.signedInTime),
    rate(row.feedbackInTime),
    rate(row.responded),
    rate(row.onTime),
    rate(row.targetMet),
    rate(row.conferenceOnTime),
    `${spanText(row.firstResponseMs.median)}／${spanText(row.firstResponseMs.p90)}`,
    `${row.returned.n}（${row.returnsUpheld.n}）`,
    `${row.reminders}／${row.supervisions}／${row.referrals}`,
  ]);
  return gridTable(HEADS, cells, [1, 2, 3, 4, 5, 6, 7, 8, 10, 11]);
}

function laggardsOf(tables: readonly BulletinTable[]): Markup {
  const named = tables.flatMap(({ rows, laggards }) => rows.filter((row) => laggards.includes(row.id)));
  if (named.length === 0) return html`<p>无。</p>`;
  return html`${named.map(
    (row) =>
      html`<p>
        ${row.name}：本季 ${percent(row.onTime.pct)}（${fraction(row.onTime)}），上季
        ${percent(row.previousOnTime.pct)}（${fraction(row.previousOnTime)}）。
      </p>`,
  )}`;
}

const quarterTitle = (name: string): string =>
  `${name.slice(0, 4)} 年第${'一二三四'[Number(name.slice(5)) - 1] ?? ''}季度`;
const fraction = ({ n, d }: Ratio): string => `${n}/${d}`;
const percent = (pct: string): string => (pct === '—' ? pct : `${pct}%`);
/** A percentage never stands without its counts. */
const rate = (ratio: Ratio): Markup => html`${percent(ratio.pct)} <span class="fraction">${fraction(ratio)}</span>`;
