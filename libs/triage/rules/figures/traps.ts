import type { Clause } from './clauses.js';
import { NUMBER, YEAR } from './skeleton.js';

/** Any number, inside and outside a class of signs. */
const SIGNS = `${NUMBER}${YEAR}`;
const N = `[${SIGNS}]`;

/** Why the figures of a clause are no figures of this event (domain 4.6, traps 4–7, 13, 16, 20). */
export type TrapName =
  'drill' | 'ruleText' | 'rumour' | 'hypothesis' | 'question' | 'statistic' | 'history' | 'fiction' | 'bulletin';

export interface Trapped {
  /** By number of the clause. */
  reasons: (TrapName | null)[];
  /** Traps of the whole text, whether or not a figure stood in them. */
  seen: Set<TrapName>;
}

const DRILL = /演练|演习|模拟(?!器|考|题)|推演|假设|假定|预演|脚本|想定|拉练/;
const DRILL_TURNED_REAL = /(?:演练|演习)(?:中|时|期间|过程中)[^。]{0,6}(?:突发|意外|失控|发生(?:真|事故|意外))/;
const DRILL_AS_BACKGROUND =
  /(?:曾|刚|上月|上周|去年|此前|以前|每年|定期|多次|未|场次)[^,]{0,12}(?:演练|演习)|(?:演练|演习)[^,]{0,4}\ue000(?:余|多)?(?:场|次)/;
const RULE = new RegExp(
  `${N}(?:人|名|位|元)?(?:以上|以下)[^,]{0,12}(?:死亡|重伤|中毒|损失|受伤|伤亡|事故)|(?:死亡|重伤|伤亡|中毒|损失)[^,${SIGNS}]{0,4}${N}(?:人|名|元)?(?:以上|以下)`,
);
const RULE_TONE = /的|[由应属]|是指|为(?:特别重大|重大|较大|一般)|第.条|条例|规定|办法|标准|构成|认定|追究|按/;
const RULE_DEFINITION = new RegExp(`(?:是指|所称|系指)[^。]{0,20}${N}`);
const DENIED = /谣言|造谣|谣传|辟谣|传谣|不实|虚假|假消息|假新闻|假的|系假|子虚乌有|编造|捏造|无中生有|纯属/;
const HEARSAY = /网传|网上(?:流)?传|网络(?:流)?传|传言|传闻|流传|疯传|盛传|有传|据传|小道消息|未经证实/;
const POINTS_BACK =
  /(?:该|此|上述|以上|这[一条个]?|相关)(?:信息|消息|说法|视频|内容|传言|图片|帖文)?[^,]{0,10}(?:谣|不实|虚假|假)|经(?:查|核实)[^,]{0,4}(?:,)?(?:为|系|属)[^,]{0,4}(?:谣|不实|虚假|假)/;
/** A bare denial by an authority after a question or claim. */
const ANSWER = /^(?:官方|警方|当地|应急|消防|公安)[^。]{0,8}(?:不实|谣言|假的|虚假)/;
const NUMBERS = new RegExp(N);
const TRUTH_AFTER = /^(?:实际|事实|真实情况|经核[实查]|经查|截至|目前|据(?:官方|应急|消防|公安))/;
const IF = /如果|假如|假使|要是|倘若|一旦|若是|^若(?![干无非])|设想|哪怕/;
const MAYBE =
  /不排除|会不会|是不是|有没有|是否|或将|恐将|险些|差点|差一点|本可能|可能(?:会|将|有|造成|导致|已)?[^,]{0,6}(?:死|亡|难|伤)|死[^,]{0,8}都有可能|多少人/;
const STATISTIC = new RegExp(
  `今年以来|年以来|月以来|入[春夏秋冬汛]以来|去年(?!那)|前年|[上下]半年|季度|全年|年度|历年|同比|环比|年均|平均每|每年|每${N}|近${N}年|${N}年[来内间]|${N}月份|[上本]月(?!${N}日)|规划期|十${N}五|年报|公报|白皮书|${N}(?:余|多)?起[,、]?[^。]{0,8}(?:死亡|造成|致)|前${N}个?月|过去${N}年|(?:事故|火灾|案件|警情|火警)(?:共)?${N}(?:余|多)?起|全[省市县国区][^,]{0,10}(?:事故|火灾|溺|交通)[^,]{0,6}死亡(?:人数|总数)?|事故总量|${N}月(?=全[市县省区国]|我[市县省区国]|共)`,
);
const PAST = new RegExp(
  `${N}(?:多|余)?年前|[多几数]年前|当年|那年|那一年|那[次场起]|周年|纪念日|公祭|祭日|忌日|曾(?:经)?(?:因|发生|造成|致|导致|有|夺)|历史上|想起|联想到|回顾|重演|上世纪|${YEAR}年(?!${N}月|以来|度|全年)[^,]{0,14}(?:地震|爆炸|火灾|大火|事故|洪水|矿难|沉船|空难|踩踏|坍塌|泥石流)|(?:响水|天津港)[^,]{0,4}爆炸|唐山大?地震|克拉玛依大火|去年那|上一次|上次|旧案`,
);
const ANNIVERSARY = /周年|纪念日|公祭|祭日|忌日|悼念日/;
const NOW = /昨[日天晚夜晨]|今[日天晨早晚](?!是)|凌晨|此次|本次|这次|该起|截至|时许|事故造成|事故已|刚刚|如今|目前/;
const FICTION =
  /小说|电影(?!院)|电视剧|剧情|剧中|游戏|剧本杀|动漫|漫画|影片|网剧|短剧|评书|玩家|副本|故事(?:里|中|讲)|这部剧|剧里|该剧|书[里中](?:写|说|的)|书中|原著|评论区|直播间里/;
const BULLETIN = /病例|病死率|确诊|阳性感染/;

/** Judges each clause; later clauses of a sentence share hypotheses, history and statistics with earlier ones. */
export function trapsOf(clauses: readonly Clause[]): Trapped {
  const reasons: (TrapName | null)[] = clauses.map(() => null);
  const seen = new Set<TrapName>();
  const sentences = groupBySentence(clauses);
  const put = (indexes: readonly number[], trap: TrapName) => {
    seen.add(trap);
    for (const index of indexes) reasons[index] ??= trap;
  };
  const all = clauses.map((_, index) => index);
  if (isDrillText(clauses)) put(all, 'drill');
  sentences.forEach((indexes, at) => {
    const text = indexes.map((index) => clauses[index]!.text).join(',');
    if (isRule(text)) put(indexes, 'ruleText');
    if (FICTION.test(text)) put(indexes, 'fiction');
    const question = text.endsWith('?') && /吗\?|会不会|是不是|真的|有没有|多少|谁/.test(text);
    if (question) put(indexes, 'question');
    const claims = rumourClauses(clauses, indexes, text);
    if (claims.length > 0) put(claims, 'rumour');
    if (POINTS_BACK.test(text) || (ANSWER.test(text) && !NUMBERS.test(text)))
      put(sentences.slice(0, at + 1).flat(), 'rumour');
    for (const [trap, find] of FINDERS) {
      const found = find(clauses, indexes);
      if (found.length > 0) put(found, trap);
    }
    if (BULLETIN.test(text)) put(indexes, 'bulletin');
  });
  return { reasons, seen };
}

type Finder = (clauses: readonly Clause[], indexes: readonly number[]) => number[];

function groupBySentence(clauses: readonly Clause[]): number[][] {
  const groups = new Map<number, number[]>();
  clauses.forEach((clause, index) => {
    const group = groups.get(clause.sentence);
    if (group === undefined) groups.set(clause.sentence, [index]);
    else group.push(index);
  });
  return [...groups.values()];
}

function isDrillText(clauses: readonly Clause[]): boolean {
  if (clauses.some(({ text }) => DRILL_TURNED_REAL.test(text))) return false;
  return clauses.some(({ text }) => DRILL.test(text) && !DRILL_AS_BACKGROUND.test(text));
}

function isRule(text: string): boolean {
  return (
    (RULE.test(text) && RULE_TONE.test(text) && !/已(?:经)?(?:造成|致)|截至|目前/.test(text)) ||
    RULE_DEFINITION.test(text)
  );
}

/** The claim ends where the sentence turns to what was established. */
function rumourClauses(clauses: readonly Clause[], indexes: readonly number[], text: string): number[] {
  if (!DENIED.test(text) && !HEARSAY.test(text)) return [];
  const turn = indexes.findIndex(
    (index) => TRUTH_AFTER.test(clauses[index]!.text) && !DENIED.test(clauses[index]!.text),
  );
  return turn > 0 ? indexes.slice(0, turn) : [...indexes];
}

const hypotheses: Finder = (clauses, indexes) => {
  const first = indexes.findIndex((index) => IF.test(clauses[index]!.text));
  const after = first === -1 ? [] : indexes.slice(first);
  return [...after, ...indexes.filter((index) => MAYBE.test(clauses[index]!.text))];
};

const statistics: Finder = (clauses, indexes) => {
  const cued = indexes.some((index) => STATISTIC.test(clauses[index]!.text) && !NOW.test(clauses[index]!.text));
  return cued ? indexes.filter((index) => !NOW.test(clauses[index]!.text) || STATISTIC.test(clauses[index]!.text)) : [];
};

const history: Finder = (clauses, indexes) => {
  const found: number[] = [];
  let past = indexes.some((index) => ANNIVERSARY.test(clauses[index]!.text));
  for (const index of indexes) {
    const { text } = clauses[index]!;
    if (PAST.test(text) && !/昨|凌晨|此次|本次/.test(text)) past = true;
    else if (NOW.test(text)) past = false;
    if (past) found.push(index);
  }
  return found;
};

const FINDERS: readonly (readonly [TrapName, Finder])[] = [
  ['hypothesis', hypotheses],
  ['statistic', statistics],
  ['history', history],
];
