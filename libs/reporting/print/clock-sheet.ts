import { basisOf, clockLines, type ClockOnPaper, sinceOf } from '../clock-lines.js';
import { CLOCK_REASON_LABELS, clockStateOf, labelOf, officeTime } from '../labels.js';
import { html } from './markup.js';
import type { SheetFrame } from './order-sheet.js';
import { formRows, gridTable } from './grid.js';
import { page } from './page.js';

/** The arithmetic of one due time, step by step (时限计算单). */
export function printClockSheet(clock: ClockOnPaper, { office, asOf, by }: SheetFrame): string {
  const { calendarIncomplete, filedLate } = clock.computation;
  const rows = clockLines(clock).map(({ due, words: [name, content] }, index) => [
    index + 1,
    name,
    due ? html`<strong>${content}</strong>` : content,
  ]);
  const basis = basisOf(clock);
  return page(
    {
      issuer: office,
      title: `时限计算单${clock.drill ? '（演练）' : ''}`,
      serial: `案号 ${clock.incidentNumber}`,
      remarks: basis === '' ? [] : [`依据：${basis}`],
    },
    html`${formRows([
        ['舆情标题', html`<strong>${clock.incidentTitle}</strong>`, 'wide'],
        ['时限', clock.label],
        ['性质', clock.force === 'target' ? '力争（目标）' : '最迟（期限）'],
        ['起算', officeTime(clock.startedAt, true)],
        ['截止', html`<strong>${officeTime(clock.dueAt, true)}</strong>`],
        ['现状', `${clockStateOf(clock)}${clock.provisional ? '（按潜在等级，暂定）' : ''}`],
        ['时刻', officeTime(clock.stateAt, true) || '—'],
        ['法定口径', sinceOf(clock.computation['legalSeconds'], clock.computation['legalStartAt'], '事件发生')],
        ['考核口径', sinceOf(clock.computation['assessmentSeconds'], clock.computation['assessmentStartAt'], '发现')],
        ...(clock.stateReason === null
          ? []
          : [['说明', labelOf(CLOCK_REASON_LABELS, clock.stateReason), 'wide'] as const]),
      ])}
      <h2>计算过程</h2>
      ${rows.length === 0 ? html`<p>没有记录计算过程。</p>` : gridTable(['步骤', '事项', '内容'], rows, { widths: [8, 16, 76] })}
      ${calendarIncomplete === true ? html`<p>所涉年度尚无国务院办公厅放假通知，按周末休息推算，待补。</p>` : ''}
      ${filedLate === true ? html`<p>发布在期限内，证明材料登记在期限后。</p>` : ''}`,
    {
      seal: { office, date: officeTime(asOf).slice(0, 10) },
      notes: [`打印 ${officeTime(asOf, true)}，${by}。时间均为北京时间；按时指完成时刻不晚于截止时刻，不作取整。`],
    },
  );
}
