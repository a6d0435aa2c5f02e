import type { Bulletin, BulletinTable } from '../bulletin.service.js';
import type { Example } from '../effects.views.js';
import { officeTime, spanText } from '../labels.js';
import { BULLETIN_RULES, type BulletinRow } from '../rules/bulletin-table.js';
import type { Period } from '../rules/period.js';
import type { Ratio } from '../rules/ratio.js';
import type { Demand } from '../snapshots.store.js';
import { whyNamed } from '../tables/bulletin-tables.js';
import { html, type Markup } from './markup.js';
import { gridTable } from './grid.js';
import { page } from './page.js';

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
  /** What lagging units must do by when, and until when bodies may object: of a frozen bulletin. */
  demands?: readonly Demand[];
  objectionsUntil?: Date | null;
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
  effect: '效果评估均分',
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
  '效果评估均分',
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
      <h2>四、典型案例</h2>
      ${examplesOf('正面典型', bulletin.examples?.good ?? [])} ${examplesOf('反面典型', bulletin.examples?.bad ?? [])}
      <h2>五、整改要求</h2>
      ${demandsOf(frame)}
      <h2>六、计算规则</h2>
      ${Object.entries(BULLETIN_RULES).map(([key, rule]) => html`<p class="small">${RATE_LABELS[key as keyof typeof BULLETIN_RULES]}：${rule}</p>`)}`,
    { landscape: true, seal: { office, date: officeTime(asOf).slice(0, 10) }, notes: [...notes, `制表：${by}`] },
  );
}

const summary = (whole: BulletinRow): string =>
  `本期交办 ${whole.dispatched} 件（环比 ${percent(whole.changePct)}）。应回应并已到期或已回应 ${whole.responded.d} 起，已回应 ${whole.responded.n} 起，` +
  `回应率 ${percent(whole.responded.pct)}；按时回应 ${whole.onTime.n} 起，按时回应率 ${percent(whole.onTime.pct)}；首次回应时长中位数 ${spanText(whole.firstResponseMs.median)}、` +
  `P90 ${spanText(whole.firstResponseMs.p90)}、最长 ${spanText(whole.firstResponseMs.max)}。升级时已超时 ${whole.overdueAtUpgrade} 起，单列，不计入失职。`;

/** Nothing was asked of the unit in the period and nothing fell due: it is named below the table. */
const isIdle = (row: BulletinRow): boolean =>
  [
    row.dispatched,
    row.reminders,
    row.supervisions,
    row.referrals,
    row.returned.n,
    row.overdueAtUpgrade,
    row.effect?.count ?? 0,
  ].every((n) => n === 0) &&
  [row.responded, row.onTime, row.targetMet, row.conferenceOnTime, row.signedInTime, row.feedbackInTime].every(
    ({ d }) => d === 0,
  );

function tableOf({ rows }: BulletinTable): Markup {
  if (rows.length === 0) return html`<p>本期无数据。</p>`;
  const busy = rows.filter((row) => !isIdle(row));
  const idle = rows.filter(isIdle).map(({ name }) => name);
  return html`${busy.length === 0 ? '' : rowsOf(busy)}
  ${idle.length === 0 ? '' : html`<p class="small">本期无交办、无到期时限的单位 ${idle.length} 个：${idle.join('、')}。</p>`}`;
}

function rowsOf(rows: readonly BulletinRow[]): Markup {
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
    row.effect === undefined || row.effect.mean === null ? '—' : `${row.effect.mean.toFixed(1)}（${row.effect.count}）`,
    `${row.reminders}／${row.supervisions}／${row.referrals}`,
  ]);
  return gridTable(HEADS, cells, { numeric: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12] });
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

const examplesOf = (name: string, examples: readonly Example[]): Markup =>
  examples.length === 0
    ? html`<p>${name}：本期效果评估中无达到标准的案件。</p>`
    : html`${examples.map(
        (named) =>
          html`<p>
            ${name}：${named.title}（${named.number}，${named.bodyName ?? '承办单位未定'}），效果评估
            ${named.score.toFixed(1)} 分，${whyNamed(named)}。
          </p>`,
      )}`;

function demandsOf({ demands, objectionsUntil }: PrintFrame): Markup {
  if (demands === undefined) return html`<p>通报冻结后确定整改单位和期限。</p>`;
  return html`${
    demands.length === 0
      ? html`<p>本期没有连续两个季度落后的单位，不另提整改要求。</p>`
      : demands.map(
          ({ name, dueOn }) =>
            html`<p>${name}：于 ${dueOn} 前书面报告落后原因、整改措施和责任人，并在系统内登记整改情况。</p>`,
        )
  }
  ${
    objectionsUntil === null || objectionsUntil === undefined
      ? ''
      : html`<p>被通报单位对数据有异议的，可于 ${officeTime(objectionsUntil)} 前在系统内提出一次，逾期视为无异议。</p>`
  }`;
}

const quarterTitle = (name: string): string =>
  `${name.slice(0, 4)} 年第${'一二三四'[Number(name.slice(5)) - 1] ?? ''}季度`;
const fraction = ({ n, d }: Ratio): string => `${n}/${d}`;
const percent = (pct: string): string => (pct === '—' ? pct : `${pct}%`);
/** A percentage never stands without its counts. */
const rate = (ratio: Ratio): Markup => html`${percent(ratio.pct)} <span class="fraction">${fraction(ratio)}</span>`;
