import { type Clause, clauseAt } from './clauses.js';
import type { Finding } from './findings.js';
import { NUMBER as N } from './skeleton.js';
import type { TrapName } from './traps.js';

const DEATH = '(?:死亡(?!赔|证明)|身亡|遇难|丧生|罹难|溺亡|坠亡|殒命|丧命|溺毙|[烧压砸淹炸捅砍电毒熏轧碾撞摔]死)';
/** `3岁男童溺亡`, `5岁男孩和7岁女孩溺亡`: an age stands for one person (trap 1). */
const AGED = new RegExp(
  `(?<also>[主人子女男妇亲](?:和|与|及)(?:其|一名)?)?(?<n>${N}(?:多)?岁(?:[^${N}。!?;,]{0,8}?(?:和|与|及|、)(?:[^${N}。!?;,]{0,4})${N}(?:多)?岁){0,5})(?:[^${N}。!?;]|${N}[日时点楼层米分月]){0,24}?${DEATH}`,
  'dgu',
);
/** `从3楼坠亡`: one person fell; the number is the floor. */
const FELL = new RegExp(
  `${N}(?:楼|层|米)(?:[^${N}。!?;]){0,6}(?:[坠跌摔跳滑]|失足)(?:[^${N}。!?;]){0,14}${DEATH}|${N}(?:楼|层|米高?)(?:[^${N}。!?;,]){0,6}坠亡`,
  'dgu',
);

const NONE =
  /(?:无|未|没有?|末|零)(?:造成|导致|发现|接到|收到|接报|出现|有|发生|传出|任何|\ue000)*(?:人员|群众|乘客|学生|工人|船员|居民|村民|师生|人)?(?:伤亡|死伤|死亡|遇难|受伤)(?!原因|赔|病例)/g;

/** Deaths that the text states without a numeral of persons. Only where the sentence has no other figure of deaths. */
export function personsWithoutNumeral(
  text: string,
  clauses: readonly Clause[],
  reasons: readonly (TrapName | null)[],
  others: readonly Finding[],
): Finding[] {
  const found: Finding[] = [];
  for (const pattern of [AGED, FELL])
    for (const match of text.matchAll(pattern)) {
      const clause = clauseAt(clauses, match.index);
      const end = clauseAt(clauses, match.index + match[0].length - 1);
      if (clause === -1 || end === -1) continue;
      const sentence = clauses[clause]!.sentence;
      const known = [...others, ...found].some(
        (finding) =>
          (finding.target === 'deaths' || finding.target === 'casualties') &&
          clauses[finding.clause]!.sentence === sentence,
      );
      if (known || /致其|将|无|未/.test(match[0])) continue;
      const count = (match.groups?.n?.split(N).length ?? 2) + (match.groups?.also === undefined ? 0 : 1);
      const persons = match[0].includes('双双') ? Math.max(2, count - 1) : count - 1;
      found.push({
        ...one(persons),
        start: match.index,
        end: match.index + match[0].length,
        clause: end,
        trap: reasons[end] ?? null,
      });
    }
  return found;
}

const one = (count: number) =>
  ({ target: 'deaths', min: count, max: count, approx: false, stated: count, role: 'plain' }) as const;

export interface ExplicitZero {
  deaths: boolean;
  injured: boolean;
  start: number;
  end: number;
  clause: number;
}

/** `无人员伤亡` says zero dead and zero injured, so far; `无人员死亡` only zero dead (trap 2). */
export function explicitZeros(
  text: string,
  clauses: readonly Clause[],
  reasons: readonly (TrapName | null)[],
): ExplicitZero[] {
  return [...text.matchAll(NONE)]
    .map((match) => {
      const both = /伤亡|死伤/.test(match[0]);
      const place = { start: match.index, end: match.index + match[0].length, clause: clauseAt(clauses, match.index) };
      return { deaths: both || /死亡|遇难/.test(match[0]), injured: both || match[0].includes('受伤'), ...place };
    })
    .filter(({ clause }) => clause !== -1 && reasons[clause] === null);
}
