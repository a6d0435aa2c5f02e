import type { ComputedGrade } from '../grading/grade-model.js';

const GRADES: Readonly<Record<string, ComputedGrade>> = { 特别重大: 'I', 重大: 'II', 较大: 'III', 一般: 'IV' };
const VERBS = '认定为?|定性为|判定为?|核定为?|确定为|构成|属于?|系|是|为';
const NAMED = new RegExp(
  `(?<before>.{0,8})(?:${VERBS})(?:一[起次])?(?<grade>特别重大|重大|较大|一般)\\p{Script=Han}{0,10}?(?:事故|事件|灾害)`,
  'gu',
);
/** `较大` and `特别重大` before the full name of a kind of accident are terms; `重大交通事故` alone is everyday speech. */
const TERM =
  /(?<before>.{0,8})(?<grade>特别重大|较大)(?:生产安全|道路交通|火灾|突发环境|水上交通|食品安全|铁路交通)(?:责任)?(?:事故|事件)/gu;
const NOT_SAID = /不|未|是否|尚|如果|若|以上|所称|按照|预防|防范|遏制|杜绝|排查|避免|去年|同比/;

/** The grade that the text says an authority named (domain 4.2, 4.3); null where 重大 is only a strong word. */
export function declaredGradeOf(text: string): ComputedGrade | null {
  for (const pattern of [NAMED, TERM])
    for (const match of text.matchAll(pattern)) if (!NOT_SAID.test(match[0])) return GRADES[match.groups!.grade!]!;
  return null;
}
