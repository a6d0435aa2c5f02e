import type { Clause } from './clauses.js';
import type { Finding } from './findings.js';

const EVENT =
  /爆炸|爆燃|闪爆|起火|火灾|失火|着火|坍塌|垮塌|倒塌|塌|泄漏|中毒|追尾|相撞|撞|侧翻|翻车|翻船|沉没|坠|透水|车祸|事故|溺|触电|踩踏|滑坡|泥石流|决口|持刀|纵火/;
const ANOTHER =
  /^(?:而|与此同时,?)?(?:同日|同天|当日|当天|同一天|次日|翌日|随后|此外|另外|另一起|另一边|无独有偶|上午|中午|下午|傍晚|晚上|当晚|晚间|夜里|凌晨|昨|今|\ue000[日月号时])|又发生|另一起|还发生|也发生/;

/**
 * Parts of a text that tell of different events: each opens with its own time or `同日`, names an event and has figures.
 * Answers the number of the part for each clause; one part for the ordinary text (trap 15).
 */
export function eventParts(clauses: readonly Clause[], findings: readonly Finding[]): number[] {
  const hasFigure = (from: number, to: number) =>
    findings.some(({ clause, trap }) => trap === null && clause >= from && clause < to);
  const names = (from: number, to: number) => clauses.slice(from, to).some(({ text }) => EVENT.test(text));
  const starts = [0];
  clauses.forEach((clause, index) => {
    const last = starts.at(-1)!;
    // `当日下午,` may be a clause of its own.
    const told = clause.text.length <= 8 ? `${clause.text}${clauses[index + 1]?.text ?? ''}` : clause.text;
    if (index === 0 || !ANOTHER.test(clause.text) || !EVENT.test(told)) return;
    if (hasFigure(last, index) && names(last, index) && hasFigure(index, clauses.length)) starts.push(index);
  });
  return clauses.map((_, index) => starts.filter((start) => start <= index).length - 1);
}
