import type { WordHit } from '#kernel/word-matcher.js';
import type { PlaceName } from './gazetteer.js';

/** The text speaks of a border or of both sides of one (NT19 Art.19: several counties). */
export const SAYS_BORDER = /交界|接壤|边界|毗邻|相邻|交汇|结合部|跨(?:市|县|区|界|省)|两(?:地|市|县|区|省|边)|之间/u;

/** Place of the medium, not of the event: 本报南通讯, 新华社合肥3月2日电, （南通日报 记者某某）. */
const DATELINE =
  /(?:本报|本台|本刊|新华社|中新社|中新网|人民网|央视网)[^，。,;；、\s]{0,8}?(?:\d{1,2}月\d{1,2}日)?(?:讯|电)(?=[，。,:： 　（(]|记者|$)|[^，。,;；、\s（(【]{2,6}(?:日报|晚报|晨报|商报|都市报|电视台|广播电台|新闻网)/gu;

/** Without one of these there is no dateline; most texts have none, and the pattern above looks at every character. */
const MAY_HAVE_DATELINE = /报|电视台|广播电台|新闻网|本[台刊]|新华社|中新社|中新网|人民网|央视网/u;

/** What follows a place name that is part of a road, a shop, a dish, an origin or a firm. */
const NOT_A_PLACE_AFTER =
  /^(?:东|西|南|北|中)?(?:路(?![边口面灯上段不没])|大道|大街|街(?!道|上|头|边)|巷(?!子)|弄|广场|大厦|宾馆|饭店|酒家|菜馆|烤鸭|拉面|小吃|火锅|火腿|麻辣|臭豆腐|板鸭|扒鸡|烧饼|烩面|米粉|热干面|羊肉|牌照|牌|籍|口音|方言|话|菜|车牌|老乡|银行|商会|晨报|户口|志愿者|游客|医疗队|救援队)|^人(?!民|社|大|力|行|们在|口)/u;
const PLACE_SUFFIX_AFTER = /^(?:镇|乡|街道|村|社区|庄)/u;
/** Around a bare town name something must say that it is a place. */
const BARE_AFTER =
  /^(?:[、和与跟及两那]|一[家个处名户条段些间所]|有[家个人一]|镇|乡|村|老街|这边|那边|那里|境内|地界|交界|人民|中心|派出所|卫生院|集市|街上|中学|小学|供电所|收费站|服务区|水厂|医院)/u;
const BARE_BEFORE = /(?:[在到从往去和与跟及、经说称传据]|^|[，。,；;！!？?\s])$/u;
/** 义亭和上溪两镇, 合作、东海交界: a list of places. */
const LIST_END = /^(?:[两三](?:个)?(?:镇|乡|街道|地)|(?:镇|街道)?交界)/u;
const IN_LIST_AFTER = /^[、和与跟及][^，。,、]{2,4}(?:[两三](?:个)?(?:镇|乡|街道|地)|(?:镇|街道)?交界)/u;

/** Replaces datelines and sayings by spaces, so that offsets stay. */
export function blankOut(text: string, sayings: readonly string[]): string {
  let readable = !MAY_HAVE_DATELINE.test(text) ? text : text.replace(DATELINE, (m) => ' '.repeat(m.length));
  for (const saying of sayings)
    if (readable.includes(saying)) readable = readable.replaceAll(saying, ' '.repeat(saying.length));
  return readable;
}

/** Whether a hit is used as a place here: not within another word, not part of a road, shop, dish or origin. */
export function readsAsPlace(text: string, hit: WordHit<PlaceName>): boolean {
  const before = text[hit.start - 1] ?? '';
  const after = text.slice(hit.end, hit.end + 4);
  const { value } = hit;
  if (before !== '' && value.before.includes(before)) return false;
  if (after !== '' && value.after.includes(after[0]!)) return false;
  const kinds = new Set(value.senses.map((s) => s.kind));
  if (kinds.has('full') || kinds.has('town') || kinds.has('alias'))
    return (
      !/^(?:东|西|南|北|中)?(?:路(?![边口面灯上段不没])|大街|街(?!道|上|头|边)|大厦)/u.test(after) || kinds.has('alias')
    );
  if (kinds.has('bare') && !kinds.has('short'))
    return (
      !NOT_A_PLACE_AFTER.test(after) &&
      BARE_AFTER.test(after) &&
      BARE_BEFORE.test(text.slice(Math.max(0, hit.start - 1), hit.start))
    );
  if (kinds.has('ordinary') && !kinds.has('short'))
    return (
      IN_LIST_AFTER.test(text.slice(hit.end, hit.end + 8)) || (/[、和与跟及]$/u.test(before) && LIST_END.test(after))
    );
  return (
    !NOT_A_PLACE_AFTER.test(after) &&
    !(PLACE_SUFFIX_AFTER.test(after) && !/^(?:村民|乡镇|乡下|乡村|村里|乡亲)/u.test(after))
  );
}

/** How far into a text a place elsewhere may still be where it happens; later ones are mostly origins, journeys and comparisons (judgement). */
const SETTING_END = 40;
const ON_THE_WAY = /(?:[去到往寄飞回转自是和与跟比像学]|来自|户籍|籍贯)$/u;
const NOT_THE_SETTING = /^(?:的?(?:户口|户籍|经验|做法|亲戚|朋友|集团|公司|卫视|大学|学院|品牌|人(?!民)))/u;

/** Whether a place elsewhere is told as the place of the event, not as somebody's origin, a journey's end or a firm. */
export function isSetting(text: string, mention: { start: number; end: number }): boolean {
  if (mention.start > SETTING_END) return false;
  return (
    !ON_THE_WAY.test(text.slice(Math.max(0, mention.start - 2), mention.start)) &&
    !NOT_THE_SETTING.test(text.slice(mention.end, mention.end + 4))
  );
}
