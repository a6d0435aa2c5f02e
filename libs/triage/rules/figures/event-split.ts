import type { Clause } from './clauses.js';
import type { Finding } from './findings.js';

const EVENT =
  /爆炸|爆燃|闪爆|起火|火灾|失火|着火|坍塌|垮塌|倒塌|塌|泄漏|中毒|追尾|相撞|撞|侧翻|翻车|翻船|沉没|坠|透水|车祸|事故|溺|触电|踩踏|滑坡|泥石流|决口|持刀|纵火/;
/** The text itself says that this is another event. */
const ANOTHER = /同[日天](?!死|在)|同一天|另一起|另一边|无独有偶|又发生|还发生|也发生|再次发生/;
const TIME =
  /^(?:而|与此同时,?)?(?:当[日天晚]|次日|翌日|随后|上午|中午|下午|傍晚|晚上|晚间|夜里|凌晨|昨|今|\ue000[日月号时])/;

/**
 * Parts of a text that tell of different events: each names an event and has figures, and opens with `同日` and its like
 * or with its own time after a part that had its own time too. A part that repeats a figure of an earlier one tells of
 * the same event, as a body repeats its title. Answers the number of the part for each clause (trap 15).
 */
export function eventParts(clauses: readonly Clause[], findings: readonly Finding[]): number[] {
  const told = findings.filter(({ trap }) => trap === null);
  const within = (from: number, to: number) => told.filter(({ clause }) => clause >= from && clause < to);
  const names = (from: number, to: number) => clauses.slice(from, to).some(({ text }) => EVENT.test(text));
  const starts = [0];
  if (new Set(told.map(({ clause }) => clause)).size > 1)
    clauses.forEach((clause, index) => {
      const last = starts.at(-1)!;
      if (index === 0 || !opensAnother(clauses, last, index)) return;
      if (within(last, index).length > 0 && within(index, clauses.length).length > 0 && names(last, index))
        starts.push(index);
    });
  const repeats = starts.some((start, part) => {
    const own = within(start, starts[part + 1] ?? clauses.length);
    return own.some(({ target, min }) =>
      told.some((other) => other.clause < start && other.target === target && other.min === min),
    );
  });
  if (repeats) return clauses.map(() => 0);
  let part = 0;
  return clauses.map((_, index) => {
    if (starts[part + 1] === index) part += 1;
    return part;
  });
}

function opensAnother(clauses: readonly Clause[], last: number, index: number): boolean {
  const { text, sentence } = clauses[index]!;
  // `当日下午,` may be a clause of its own.
  const whole = text.length <= 8 ? `${text}${clauses[index + 1]?.text ?? ''}` : text;
  if (!EVENT.test(whole)) return false;
  if (ANOTHER.test(whole)) return true;
  return TIME.test(text) && TIME.test(clauses[last]!.text) && sentence - clauses[last]!.sentence <= 1;
}
