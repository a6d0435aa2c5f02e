import { labelOf, officeTime, REASON_LABELS, spanText, STEP_LABELS } from '../labels.js';
import type { EscalationSheet } from '../sheets.views.js';
import { html } from './markup.js';
import type { SheetFrame } from './order-sheet.js';
import { formRows, gridTable } from './grid.js';
import { page } from './page.js';

export const ANSWERS: Readonly<Record<string, string>> = {
  proposed: '拟发（未签发）',
  issued: '已发出，待答复',
  met: '已落实',
  unmet: '到期未落实',
  withdrawn: '已撤回（编号保留）',
  dismissed: '未采纳',
};

/** The network office urges; what comes after is the supervising body's own (NT19 Art.20), under its own head and seal. */
export const issuerOf = ({ step }: EscalationSheet, { office, supervisor }: SheetFrame): string =>
  step === 'supervision' || step === 'accountabilityReferral' ? (supervisor ?? office) : office;

/** A supervision has its deadline from its issue on; a step of an older record may have none. */
export const deadlineText = ({ deadline, issuedAt }: EscalationSheet): string =>
  deadline === null
    ? issuedAt === null
      ? '签发时确定'
      : '未另定期限，立即办理'
    : `${officeTime(deadline)}${issuedAt !== null && deadline <= issuedAt ? '（自逾期时起算，发出时已过）' : ''}`;

/** What the addressee is asked for, and what follows (NT19 Art.20). */
function demandOf({ step, deadline, reason }: EscalationSheet): string {
  const missing = labelOf(REASON_LABELS, reason);
  if (step === 'accountabilityReferral')
    return `上述事项经催办、督办仍未按期完成${missing}。现将有关情况移送，是否追究责任由你机关依规依纪依法决定，处理结果请函告。`;
  return `请你单位${deadline === null ? '立即' : '在上述期限前'}完成${missing}并在系统内报告。逾期仍未落实的，按规定${step === 'supervision' ? '移送有权机关处理' : '转为督办'}。`;
}

/** 催办单, 督办单 or 问责移送函 (domain 7.5). The system only ever proposes the last two. */
export function printEscalationSheet(sheet: EscalationSheet, frame: SheetFrame): string {
  const { asOf, by } = frame;
  const office = issuerOf(sheet, frame);
  const step = labelOf(STEP_LABELS, sheet.step);
  const isSupervision = sheet.step === 'supervision';
  const isReferral = sheet.step === 'accountabilityReferral';
  const over = sheet.clockDueAt === null ? null : (sheet.clockStoppedAt ?? asOf).getTime() - sheet.clockDueAt.getTime();
  return page(
    {
      issuer: office,
      title: `网络舆情${step}${isReferral ? '函' : '单'}${sheet.drill ? '（演练）' : ''}`,
      serial: sheet.number ?? `${sheet.incidentNumber} ${step}第 ${sheet.ordinal} 次`,
      remarks: [officeTime(sheet.issuedAt ?? sheet.at), labelOf(ANSWERS, sheet.state)],
    },
    html`<p>${isReferral ? (frame.discipline ?? '有权机关') : (sheet.bodyName ?? '承办单位')}：</p>
      ${formRows([
        ['舆情标题', html`<strong>${sheet.title}</strong>`, 'wide'],
        ...(isReferral ? [['所涉单位', sheet.bodyName ?? '承办单位', 'wide'] as const] : []),
        ['案号', sheet.incidentNumber],
        ['交办单号', sheet.orderNumber ?? '—'],
        ['交办时间', officeTime(sheet.orderedAt) || '—'],
        [`${isReferral ? '移送' : step}事项`, labelOf(REASON_LABELS, sheet.reason)],
        ['逾期时限', sheet.clockLabel ?? '—'],
        ['原截止时间', officeTime(sheet.clockDueAt) || '—'],
        ['已逾期', over === null || over <= 0 ? '—' : spanText(Math.floor(over / 60_000) * 60_000)],
        ...(isReferral ? [] : [['新的期限', html`<strong>${deadlineText(sheet)}</strong>`] as const]),
        ...(sheet.grounds.length > 0 ? [['情形', sheet.grounds.join('、'), 'wide'] as const] : []),
      ])}
      <p>${demandOf(sheet)}</p>
      ${
        isSupervision ? html`<p>并请单位主要负责人书面说明未按期办理的原因；自即日起每周报告进展，至销号为止。</p>` : ''
      }
      ${
        sheet.earlier.length === 0
          ? html`<p>此前无催办。</p>`
          : html`<h2>此前催办、督办</h2>
              ${gridTable(
                ['种类', '编号', '时间', '结果'],
                sheet.earlier.map((step) => [
                  labelOf(STEP_LABELS, step.step),
                  step.number ?? '—',
                  officeTime(step.at),
                  labelOf(ANSWERS, step.state),
                ]),
              )}`
      }
      ${formRows([
        [
          isReferral ? '接收人' : '签收人',
          sheet.receivedBy === null ? html`<div class="blank"></div>` : '已在系统签收',
        ],
        [isReferral ? '接收时间' : '签收时间', officeTime(sheet.receivedAt)],
      ])}`,
    {
      seal: { office, date: officeTime(sheet.issuedAt ?? sheet.at).slice(0, 10) },
      notes: [`打印 ${officeTime(asOf, true)}，${by}。逾期时长算至完成时刻；未完成的算至打印时刻。`],
    },
  );
}
