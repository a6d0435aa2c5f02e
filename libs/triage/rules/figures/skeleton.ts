import { type MarkedText, rewrite, unmarked } from './marked-text.js';
import { numeralValue } from './numerals.js';
import { type NumberExpression, scanNumbers } from './number-expression.js';

/** Stands for one number expression. */
export const NUMBER = '\ue000';
/** Stands for a sign of a masked saying. */
const MASK = '\ue001';
/** Stands in texts for traps for the number of a calendar year. */
export const YEAR = '\ue002';

/** The text with each number as one sign, so that patterns stay short and linear. Positions are of the normalised text. */
export interface Skeleton extends MarkedText {
  /** By position in the skeleton. */
  readonly numbers: ReadonlyMap<number, NumberExpression>;
}

/** Spellings that get around word lists (domain 4.6, trap 17). */
const EVASIONS: readonly [RegExp, string][] = [
  [/(?<![A-Za-z])[sS][iI]?(?=亡)/g, '死'],
  [/死(?:王(?![府爷某])|[wW]ang(?![a-z])|[*.·_-]{1,3}亡)/g, '死亡'],
  [/(?:㱿|歹匕)(?=亡|[了伤]|\d)/g, '死'],
  [/(?<![A-Za-z])[sS][iI](?=了)/g, '死'],
  [/遇[nN]an(?![a-z])/g, '遇难'],
  [/受[sS]hang(?![a-z])/g, '受伤'],
  [/失[lL]ian(?![a-z])/g, '失联'],
  [/著火/g, '着火'],
  [/[歿殁]|(?<=死)忘/g, '亡'],
  [/(?<=\d)[sS][iI](?=\d)|(?<=人)[sS](?=了)/g, '死'],
  [/万一(?![\d人名])/g, '如果'],
  [/(?<=\d)个(?=亿)/g, ''],
  [/零(?=(?:人员)?(?:伤亡|死亡|受伤))|(?<![\d.,])0(?=伤亡|死亡)/g, '无'],
  [/(?<![\d.,十百千万])[0零〇](?=人(?:死亡|受伤|伤亡|遇难))/g, '无'],
];

/** Sayings and slang with numbers or death in them, and warnings that quote the word rumour (traps 13, 16). */
const SAYINGS =
  /九死一生|一死了之|万死不辞|百死不悔|九死不悔|死里逃生|一了百了|两败俱伤|你死我活|半死不活|生离死别|生死[一攸未与时]|一生一死|万无一失|千钧一发|四分五裂|千家万户|千方百计|一命呜呼|(?:不|勿|莫|别)(?:轻?[信造传听]谣[、,和]?(?:不|勿)?)+|(?:不|勿|莫|别)(?:轻信|相信|听信|传播|散布)[^。\n]{0,8}(?:谣言|不实|虚假)(?:信息|消息)?|一分一秒|十分(?!钟)|万万|千万(?=别|不要|要|注意|小心)|万幸|一度|一些|一旦|一直|一般|一定|一律|一致|一带|一边|一并|一线|一时|一切|统一|唯一|之一|进一步|第一时间/g;

const RELATIVES =
  /(?:母子|母女|父子|父女|夫妻|夫妇|兄弟|姐妹|姊妹|姐弟|兄妹|祖孙|爷孙|婆孙|情侣|小两口|老两口|婆媳|翁婿)(?:(?:([二两三四五六七八九十2-9])[人口个])|(俩|仨|双双))?([和与带](?:其|着)?(?:[一1][名个])?(?:女儿|儿子|孩子|幼子|幼女|孙子|孙女))?(?!公司|连锁|店|医院|大酒店|单位|学校|关系|纠纷|矛盾|情深)/g;
const PAIRS = /([两二三四五2-5])对(?:夫妻|夫妇|情侣|母子|母女|父子|父女|兄弟|姐妹)/g;
const HOUSEHOLD =
  /(?:一|全)家(?:老小|老少)?([一二两三四五六七八九十\d]{1,3})[口人](?:人)?|([三四五六七八九\d]{1,2})口之家/g;

/** `text` is normalised (libs/kernel/text/normalise.ts). */
export function skeletonOf(text: string): Skeleton {
  let marked = unmarked(text);
  marked = rewrite(marked, /(?<=\d) (?=\d{3}(?!\d))/g, () => '');
  marked = rewrite(marked, /(?<=[\d]) +(?=\d)/g, () => MASK);
  marked = rewrite(marked, / +/g, () => '');
  for (const [pattern, word] of EVASIONS) marked = rewrite(marked, pattern, () => word);
  marked = rewrite(marked, SAYINGS, (match) => MASK.repeat(match[0].length));
  marked = rewrite(marked, PAIRS, (match) => `${MASK}${2 * numeralValue(match[1]!)!}人`);
  marked = rewrite(
    marked,
    RELATIVES,
    (match) => `${MASK}${relativesCount(match)}人${match[2] === '双双' ? '双双' : ''}`,
  );
  marked = rewrite(marked, HOUSEHOLD, (match) => `${MASK}${match[1] ?? match[2]}人`);
  return withNumbers(marked);
}

/** `母子二人` and bare `夫妻` are two persons; `祖孙三人` says its own number (trap 11). */
function relativesCount(match: RegExpMatchArray): string {
  if (match[2] === '仨') return '3';
  return match[1] ?? (match[3] === undefined ? '2' : '3');
}

/** `一起事故`, `一家工厂`: an article, no count. */
const ONE_THING = /^[一1][起场次处辆家栋座间艘台架只头所段片声天夜晚周度共样时直些切旦般定边路份家]$/;

function withNumbers(marked: MarkedText): Skeleton {
  const found = scanNumbers(marked.text).filter(({ end, start }) => !ONE_THING.test(marked.text.slice(start, end + 1)));
  const numbers = new Map<number, NumberExpression>();
  let removed = 0;
  const text = found.length === 0 ? marked : rewriteFound(marked, found);
  for (const expression of found) {
    numbers.set(expression.start - removed, expression);
    removed += expression.end - expression.start - 1;
  }
  return { ...text, numbers };
}

function rewriteFound(marked: MarkedText, found: readonly NumberExpression[]): MarkedText {
  const at: number[] = [];
  let text = '';
  let done = 0;
  for (const { start, end } of found) {
    text += marked.text.slice(done, start) + NUMBER;
    for (let index = done; index <= start; index += 1) at.push(marked.at[index]!);
    done = end;
  }
  text += marked.text.slice(done);
  for (let index = done; index <= marked.text.length; index += 1) at.push(marked.at[index]!);
  return { text, at };
}

/** The skeleton's text with calendar years marked apart; of the same length. */
export function textForTraps({ text, numbers }: Skeleton): string {
  return text.replace(/\ue000(?=年)/g, (sign, at: number) => {
    const year = numbers.get(at)!.stated;
    return Number.isInteger(year) && year >= 1900 && year < 2100 ? YEAR : sign;
  });
}
