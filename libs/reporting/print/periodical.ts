import {
  BASIS_LABELS,
  CATEGORY_LABELS,
  clockStateOf,
  GRADE_LABELS,
  INCIDENT_STATE_LABELS,
  labelOf,
  officeTime,
  spanText,
  STEP_LABELS,
} from '../labels.js';
import type { ImportantCase } from '../cases.views.js';
import type { OverdueRow } from '../boards.views.js';
import { periodWords, serialOf } from '../rules/period-words.js';
import type { Periodical } from '../periodical.service.js';
import type { PrintFrame } from './bulletin.js';
import { html, type Markup } from './markup.js';
import { gridTable } from './grid.js';
import { page } from './page.js';
import { DIMENSION_LABELS, noStepText, OUTLOOK_LABELS, takerOf, TOTAL_LABELS } from '../tables/periodical-tables.js';

const NAMES: Readonly<Record<string, string>> = { day: '舆情日报', week: '舆情周报', month: '舆情月报' };

/** The daily, weekly or monthly report on A4 paper (domain 7.2). */
export function printPeriodical(
  report: Periodical,
  { period, asOf, notes, by, office = '政务舆情回应' }: PrintFrame,
): string {
  const name = NAMES[period.kind] ?? '舆情报告';
  return page(
    {
      issuer: office,
      title: name,
      serial: serialOf(name, period),
      remarks: [periodWords(period), `数据时间 ${officeTime(asOf, true)}`],
    },
    html`<h2>一、总体情况</h2>
      ${gridTable(
        ['项目', '本期', '上期', '变化'],
        Object.entries(report.totals).map(([key, value]) => [
          TOTAL_LABELS[key as keyof typeof TOTAL_LABELS],
          value.current,
          value.previous,
          percent(value.changePct),
        ]),
        { numeric: [1, 2, 3] },
      )}
      ${
        report.breakdown.length === 0
          ? ''
          : gridTable(
              ['分项', '名称', '本期', '上期', '变化'],
              report.breakdown.map((row) => [
                DIMENSION_LABELS[row.dimension],
                row.label,
                row.current,
                row.previous,
                percent(row.changePct),
              ]),
              { numeric: [2, 3, 4] },
            )
      }
      <h2>二、重要舆情</h2>
      ${orNone(report.important.map(caseOf))}
      <h2>三、超时与临期</h2>
      ${report.overdue.length === 0 ? html`<p>无。</p>` : overdueTable(report.overdue)}
      <h2>四、热线热点</h2>
      <p>
        受理 ${report.hotline.figures.accepted} 件；办结率 ${rateText(report.hotline.figures.handled)}；满意率
        ${rateText(report.hotline.figures.satisfied)}。
      </p>
      ${report.hotline.types.length === 0 ? '' : html`<p>按类型：${report.hotline.types.map(({ type, share }) => `${type} ${share.n}（${percent(share.pct)}）`).join('，')}；分母为各类合计 ${report.hotline.types[0]?.share.d ?? 0}。</p>`}
      ${orNone(report.hotline.topics.map((topic, index) => html`<p>${index + 1}. ${topic.title}（${topic.incidentNumber}），${topic.orders} 件。</p>`))}
      <h2>五、谣言与澄清</h2>
      ${orNone(
        report.rumours.map(
          (row) =>
            html`<p>
              ${row.title}（${row.number}，${labelOf(CATEGORY_LABELS, row.category)}），发现
              ${officeTime(row.detectedAt)}，${row.clarifiedAt === null ? '尚未澄清' : `澄清 ${officeTime(row.clarifiedAt)}`}。
            </p>`,
        ),
      )}
      <h2>六、后期关注</h2>
      ${orNone(
        report.outlook.map(
          (row) =>
            html`<p>
              ${officeTime(row.at)}　${OUTLOOK_LABELS[row.kind]}${row.detail === null ? '' : `（${labelOf(STEP_LABELS, row.detail)}）`}：${row.title}（${row.incidentNumber}）
            </p>`,
        ),
      )}
      <h2>七、工作建议</h2>
      <div class="box"></div>`,
    { compact: true, seal: { office, date: officeTime(asOf).slice(0, 10) }, notes: [...notes, `制表：${by}`] },
  );
}

const caseOf = (row: ImportantCase): Markup =>
  html`<div class="whole">
    <p>
      <strong>${row.title}</strong
      >（${row.number}）　${labelOf(CATEGORY_LABELS, row.category)}，${labelOf(GRADE_LABELS, row.grade)}（${labelOf(BASIS_LABELS, row.gradeBasis)}），热度
      ${row.heatLevel} 级，相关信息 ${row.itemCount} 条；发现 ${officeTime(row.detectedAt)}，主办
      ${row.leadBodyName ?? '未定'}，${labelOf(INCIDENT_STATE_LABELS, row.state)}。
    </p>
    ${
      row.clocks.length === 0
        ? ''
        : gridTable(
            ['时限', '性质', '截止', '现状'],
            row.clocks.map((clock) => [
              clock.label,
              clock.force === 'target' ? '力争' : '最迟',
              officeTime(clock.dueAt),
              `${clockStateOf(clock)} ${clock.state.startsWith('met') ? officeTime(clock.stateAt) : ''}`.trim(),
            ]),
            { widths: [36, 10, 24, 34] },
          )
    }
  </div>`;

const overdueTable = (rows: readonly OverdueRow[]): Markup =>
  gridTable(
    ['事件', '单位', '时限', '截止', '逾期／剩余', '下一步'],
    rows.map((row) => [
      `${row.incidentTitle}（${row.incidentNumber}）`,
      row.bodyName ?? row.bodyId ?? '—',
      row.label,
      officeTime(row.dueAt),
      `${row.leftMs < 0 ? '逾期' : '剩余'} ${spanText(Math.floor(Math.abs(row.leftMs) / 60_000) * 60_000)}`,
      row.nextStep === null
        ? noStepText(row)
        : `${labelOf(STEP_LABELS, row.nextStep.step)} ${officeTime(row.nextStep.at)}（${takerOf(row.nextStep.step)}）`,
    ]),
  );

const orNone = (parts: readonly Markup[]): Markup => (parts.length === 0 ? html`<p>无。</p>` : html`${parts}`);
const percent = (pct: string): string => (pct === '—' ? pct : `${pct}%`);
const rateText = ({ n, d, pct }: { n: number; d: number; pct: string }): string => `${percent(pct)}（${n}/${d}）`;
