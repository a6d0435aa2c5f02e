import sanitizeHtml from 'sanitize-html';
import { decodeEntities, stripControls } from './entities.js';

/** A page as text, and what was repaired on the way; the raw bytes are kept elsewhere. */
export interface RepairedPage {
  title: string;
  text: string;
  repairs: { kind: RepairKind; count: number }[];
  /** Places that are damaged and that no rule repairs, with some text around: a person has to look at the raw page. */
  unrepaired: string[];
}

export type RepairKind = 'markup' | 'romanisation' | 'at-signs' | 'broken-run' | 'spam' | 'furniture' | 'stray-quote';

export const PAGE_LIMITS = { maxCharacters: 2_000_000, maxUnrepaired: 20 };

/** Pinyin in brackets right behind a Han character: a filter of mirrors writes it against keyword search (seed texts, 1). */
const ROMANISATION = /(?<=\p{Script=Han})[((][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,7}[))]/gu;
const AT_SIGNS = /(?<=[\p{Script=Han},。、;:])@@+|@@+(?=\p{Script=Han})/gu;

/**
 * Runs in which such a filter has replaced the full-width semicolon that the GBK bytes of two neighbours make up (A3 BB, as in
 * 保回): all bytes behind it shift by one, up to the next loss (seed texts, 2). `~` stands for characters of private use.
 */
const BROKEN_RUNS: readonly [RegExp, string][] = (
  [
    ['確\\?;貞~男~畔~蚀_', '確保回應的信息準確'],
    ['确\\?;[贞貞]~男~畔~蚀_', '确保回应的信息准确'],
    [';[貞贞]~(?:[((]yīng[))])?(?=\\p{Script=Han})', '回應'],
    [';ヂ~\\??[((]?lián[))](?:網|网)', '互聯網'],
  ] as const
).map(([pattern, to]) => [new RegExp(pattern.replaceAll('~', '[\\ue000-\\uf8ff]*'), 'gu'), to]);
/** What is left of other runs: a question mark and a semicolon between Han characters, half-width kana, replacement characters. */
const DAMAGE =
  /(?<=\p{Script=Han})\?;(?=\p{Script=Han})|\p{Script=Han}_(?=\p{Script=Han})|[\uFFFD\ue000-\uf8ff]+|[ヂヰ]\?/gu;

/** Reads an HTML or plain page that is no feed. Text stays as written (no conversion of characters); nothing in it is followed. */
export function repairPage(page: string): RepairedPage {
  const counts = new Map<RepairKind, number>();
  const note = (kind: RepairKind, count: number) => counts.set(kind, (counts.get(kind) ?? 0) + count);
  const source = page.slice(0, PAGE_LIMITS.maxCharacters);
  const title = collapse(decodeEntities(/<title[^>]*>([\s\S]{0,2000}?)<\/title>/i.exec(source)?.[1] ?? ''));
  let text = looksLikeMarkup(source) ? textOfMarkup(source, note) : source;
  text = stripControls(text).replace(/\r\n?/g, '\n');
  const replace = (kind: RepairKind, pattern: RegExp, to: string) => {
    text = text.replace(pattern, () => {
      note(kind, 1);
      return to;
    });
  };
  for (const [pattern, to] of BROKEN_RUNS) replace('broken-run', pattern, to);
  replace('romanisation', ROMANISATION, '');
  replace('at-signs', AT_SIGNS, '');
  const lines = text.split('\n').map((line) => line.replace(/[\u00a0\u2002\u2003\u200b\ufeff]/g, ' ').trim());
  const kept = dropStrayQuotes(dropFurniture(dropSpam(lines, note), note), note);
  text = kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return {
    title: title || firstLine(kept),
    text,
    repairs: [...counts].map(([kind, count]) => ({ kind, count })),
    unrepaired: damagedPlaces(text),
  };
}

/** Signs of a damaged mirror; a text without any is left exactly as it is. */
const SIGNS = [ROMANISATION, AT_SIGNS, ...BROKEN_RUNS.map(([pattern]) => pattern)];

/** A text of a feed: repaired where it shows the damage of such mirrors, else as it came. */
export function repairText(text: string): Pick<RepairedPage, 'text' | 'repairs' | 'unrepaired'> {
  const damaged = SIGNS.some((sign) => text.search(sign) >= 0) || spamWords(text.split('\n').at(-1) ?? '') >= 3;
  if (!damaged) return { text, repairs: [], unrepaired: [] };
  const { text: copy, repairs, unrepaired } = repairPage(text);
  return { text: copy, repairs, unrepaired };
}

const spamWords = (line: string): number => new Set(line.match(SPAM_WORDS) ?? []).size;

const collapse = (text: string) => stripControls(text).replace(/\s+/g, ' ').trim();
const firstLine = (lines: string[]) => lines.find((line) => line.length > 3)?.slice(0, 200) ?? '';
const looksLikeMarkup = (text: string) => /<\/?[a-z][a-z\d]*(?:\s[^<>]*)?\/?>/i.test(text.slice(0, 200_000));

const BLOCKS =
  /<(?:br|hr)\b[^>]*>|<\/(?:p|div|h[1-6]|li|tr|td|th|dt|dd|section|article|table|ul|ol|blockquote|pre|title|form|header|footer)\s*>/gi;

function textOfMarkup(source: string, note: (kind: RepairKind, count: number) => void): string {
  note('markup', 1);
  const blocks = source.replace(/[\t\n\r ]+/g, ' ');
  const plain = isLaidOut(source) ? source : blocks;
  const stripped = sanitizeHtml(
    plain.replace(BLOCKS, (tag) => `\n${tag}`),
    {
      allowedTags: [],
      allowedAttributes: {},
      nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'select', 'template'],
    },
  );
  return decodeEntities(stripped);
}

/** Plain text with some stray tags keeps its own line ends; in real markup they mean nothing. */
function isLaidOut(source: string): boolean {
  const tags = source.match(/<\/?[a-z][^<>]*>/gi)?.length ?? 0;
  return !/<(?:p|br|div|td)\b/i.test(source) && tags * 40 < source.length;
}

/** Words of the spam that hijacked mirrors append, in both scripts. */
const SPAM_WORDS =
  /成人|色情|无码|無碼|[aA][vV](?![a-z])|毛片|[aAaА]级|一级[αa]|黄片|黃片|三级片|三級片|裸聊|激情|亚洲[人精无国一]|亞洲[人精無國一]|欧美|歐美|久久|一区二区|在线观看|在線觀看|国产[精自一]|國產[精自一]|博彩|百家乐|百家樂|老虎机|娱乐城|娛樂城|六合彩|时时彩|時時彩|真人荷官|北京赛车|代开发票|办证|棋牌/g;
const LAST_LINES = 6;

/** Drops lines of spam from the end: at least two different words of it and no sentence. */
function dropSpam(lines: string[], note: (kind: RepairKind, count: number) => void): string[] {
  const kept = [...lines];
  for (let seen = 0, at = kept.length - 1; at >= 0 && seen < LAST_LINES; at--) {
    const line = kept[at] as string;
    if (line === '') continue;
    seen += 1;
    const words = new Set(line.match(SPAM_WORDS) ?? []);
    if (words.size < 2 || /[。;]/.test(line) || line.length > words.size * 60) continue;
    kept.splice(at, 1);
    note('spam', 1);
  }
  return kept;
}

/** Controls of a page around the text: a line of one of these, or of several side by side. */
const FURNITURE =
  /^(?:打印(?:此页|本页)?|关闭(?:窗口|此页|本页)?|關閉(?:窗口)?|加入收藏|收藏|返回(?:顶部|首页)?|分享(?:到)?|字[体體号號][::]?.{0,12}|[大中小]|扫一扫.{0,30}|上一[篇条].{0,60}|下一[篇条].{0,60}|当前位置.{0,60}|您(?:现在)?的位置.{0,60}|首页|TOP|无障碍.{0,10}|访问量.{0,20}|浏览次数.{0,20}|版权所有.{0,60}|主办[::].{0,40}|承办[::].{0,40}|技术支持.{0,40}|.{0,10}ICP备.{0,30}|.{0,6}公网安备.{0,30}|Produced By.{0,60}|网站标识码.{0,30})$/i;
const isFurniture = (line: string) =>
  FURNITURE.test(line) || line.split(/[\s【】\[\]()()|]+/).every((word) => word === '' || FURNITURE.test(word));
const EDGE_LINES = 10;

function dropFurniture(lines: string[], note: (kind: RepairKind, count: number) => void): string[] {
  const filled = lines.flatMap((line, place) => (line === '' ? [] : [place]));
  const edge = new Set([...filled.slice(0, EDGE_LINES), ...filled.slice(-EDGE_LINES)]);
  return lines.filter((line, place) => {
    const drop = edge.has(place) && line !== '' && line.length <= 120 && isFurniture(line);
    if (drop) note('furniture', 1);
    return !drop;
  });
}

/** An opening quotation mark that no other closes in its line, before a name: it came with the page, not with the text. */
function dropStrayQuotes(lines: string[], note: (kind: RepairKind, count: number) => void): string[] {
  return lines.map((line) => {
    const open = line.match(/“/g)?.length ?? 0;
    if (open !== 1 || line.includes('”') || line.length > 400) return line;
    note('stray-quote', 1);
    return line.replace('“', '');
  });
}

function damagedPlaces(text: string): string[] {
  return [...text.matchAll(DAMAGE)]
    .slice(0, PAGE_LIMITS.maxUnrepaired)
    .map((match) => text.slice(Math.max(0, match.index - 12), match.index + 12).replace(/\n/g, ' '));
}
