import type { BodyType, CityDirectory, PlaceResolution, SharedMatter } from '#directory/contract.js';
import { WordMatcher } from '#kernel/word-matcher.js';
import { HEAD } from './cues.js';
import { MatterIndex } from './matter-index.js';
import type { Candidate, Facts, MatchedWord, NamedBody, RoutingInput } from './types.js';

interface Meaning {
  code: string;
  weight: number;
  isName: boolean;
}

/** Weights of words and the bonus of a shared matter's lead (judgement; the first two as the catalogue says). */
const STRONG = 3;
const WEAK = 1;
const MATTER_BONUS = 10;
const NAMED_BONUS = 2;
/** Words behind the first sentence or two weigh half: long letters tell much that is not the matter (judgement). */
const FIRST_LINES = 60;
const LATER = 0.5;
/** What follows the name of a body that is complained of: 海事处不受理, 税务窗口. */
const COMPLAINED_OF =
  /^(?:不|没|拒|推|拖|乱|态度|窗口|大厅|工作|电话|部门|把|将|让|扣|私自|擅自|多收|弄|丢|强制|要求|收了|给[^，。]{0,4}(?:办|开|发))/u;
/** A school, a market or an estate that only says where it happens: 幼儿园隔壁, 医院门口. It speaks a third as loud. */
const SETTING =
  /^(?:的)?(?:大门口|门口|门前|旁边|旁的|旁，|隔壁|附近|对面|边上|周边|周围|后面|后门|墙外|围墙外|楼下|一带|外面)/u;
const SETTING_SHARE = 1 / 3;
const MAY_SET = new Set('的大门旁隔附对边周后墙围楼一外');
const INSTITUTION_AS_SETTING =
  /(?:幼儿园|学校|小学|中学|医院|卫生院|养老院|敬老院|公园|景区|银行|车站|码头)(?=的?(?:旁边|旁的|隔壁|附近|对面|边上|周边|周围|后面|墙外|围墙外|一带|外面))/gu;

const matchers = new WeakMap<CityDirectory, WordMatcher<Meaning[]>>();

/** The words of all bodies of a city as one matcher; built once a directory. */
function matcherOf(directory: CityDirectory): WordMatcher<Meaning[]> {
  const known = matchers.get(directory);
  if (known !== undefined) return known;
  const words = new Map<string, Meaning[]>();
  const put = (word: string, meaning: Meaning) => {
    const list = words.get(word) ?? [];
    if (!list.some((m) => m.code === meaning.code)) list.push(meaning);
    words.set(word, list);
  };
  for (const type of directory.types.values()) {
    const code = standIn(directory, type);
    for (const word of type.names) put(word, { code, weight: STRONG, isName: true });
    for (const word of type.strong) put(word, { code, weight: STRONG, isName: false });
    for (const word of type.weak) put(word, { code, weight: WEAK, isName: false });
  }
  const matcher = new WordMatcher(words);
  matchers.set(directory, matcher);
  return matcher;
}

const indexes = new WeakMap<CityDirectory, { shared: MatterIndex; lastResort: MatterIndex }>();

function indexesOf(directory: CityDirectory): { shared: MatterIndex; lastResort: MatterIndex } {
  const known = indexes.get(directory);
  if (known !== undefined) return known;
  const made = { shared: new MatterIndex(directory.sharedMatters), lastResort: new MatterIndex(directory.lastResort) };
  indexes.set(directory, made);
  return made;
}

function standIn(directory: CityDirectory, type: BodyType): string {
  return directory.standIns.get(type.code) ?? type.code;
}

/**
 * Words of matters and names of bodies in the text, outside place names (长江镇 is no water matter), their scores, and
 * the shared matter (domain 5.3) that the text fits, if any.
 */
export function findMatters(input: RoutingInput, place: PlaceResolution, directory: CityDirectory): Facts {
  const { text } = input;
  const matched: MatchedWord[] = [];
  const named: NamedBody[] = [];
  const scores = new Map<string, number>();
  const lastAt = new Map<string, number>();
  const counted = new Set<Meaning>();
  for (const hit of matcherOf(directory).find(text)) {
    if (insidePlace(hit, place) || isRoadName(text, hit)) continue;
    const share =
      MAY_SET.has(text[hit.end] ?? '') && SETTING.test(text.slice(hit.end, hit.end + 5)) ? SETTING_SHARE : 1;
    for (const meaning of hit.value) {
      const { code, weight, isName } = meaning;
      matched.push({ word: hit.word, start: hit.start, end: hit.end, code, weight });
      if (isName)
        named.push({ code, start: hit.start, end: hit.end, level: levelOf(text, hit.start, place, directory) });
      lastAt.set(code, hit.start);
      if (counted.has(meaning)) continue;
      counted.add(meaning);
      const accused = isName && COMPLAINED_OF.test(text.slice(hit.end, hit.end + 3)) ? NAMED_BONUS : 0;
      scores.set(code, (scores.get(code) ?? 0) + (hit.start < FIRST_LINES ? weight : weight * LATER) * share + accused);
    }
  }
  addLearnt(input.learnt, matched, scores, directory);
  const readable = blankPlaces(text, place)
    .slice(0, HEAD)
    .replace(INSTITUTION_AS_SETTING, (m) => '　'.repeat(m.length));
  const { shared: index, lastResort: last } = indexesOf(directory);
  const shared = index.first(readable);
  const lastResort = shared === undefined && scores.size === 0 ? last.first(readable) : undefined;
  const sharedMatter = matterOf(shared ?? lastResort, lastResort !== undefined, directory);
  if (sharedMatter !== null)
    scores.set(
      sharedMatter.lead,
      (scores.get(sharedMatter.lead) ?? 0) + (lastResort === undefined ? MATTER_BONUS : WEAK),
    );
  const candidates: Candidate[] = [...scores].map(([code, score]) => ({ code, score }));
  // At equal scores the later word decides: the setting stands first, the complaint last.
  candidates.sort((a, b) => b.score - a.score || (lastAt.get(b.code) ?? -1) - (lastAt.get(a.code) ?? -1));
  return { input, place, matched, candidates, named, sharedMatter };
}

/** Each word counts once; a body that no word speaks for isn't brought in by learning alone. */
function addLearnt(
  learnt: RoutingInput['learnt'],
  matched: readonly MatchedWord[],
  scores: Map<string, number>,
  directory: CityDirectory,
): void {
  if (learnt === undefined) return;
  for (const word of new Set(matched.map((m) => m.word)))
    for (const [code, delta] of learnt.get(word) ?? []) {
      const score = scores.get(code);
      if (score !== undefined && directory.types.has(code)) scores.set(code, Math.max(0, score + delta));
    }
}

/** The matter with the codes that do its work in this city. */
function matterOf(
  matter: SharedMatter | undefined,
  lastResort: boolean,
  directory: CityDirectory,
): Facts['sharedMatter'] {
  if (matter === undefined) return null;
  const actual = (code: string) => directory.standIns.get(code) ?? code;
  const co = matter.co.map((c) => ({ ...c, code: actual(c.code) }));
  return { id: matter.id, label: matter.label, lead: actual(matter.lead), co, lastResort };
}

function insidePlace(hit: { start: number; end: number }, place: PlaceResolution): boolean {
  // 义乌|市场监管局: the last character of the place is the first of the word.
  return place.mentions.some(
    (m) => hit.start < m.end && hit.end > m.start && !(hit.start === m.end - 1 && hit.end - hit.start >= 4),
  );
}

function blankPlaces(text: string, place: PlaceResolution): string {
  let readable = text;
  for (const { start, end } of place.mentions)
    readable = readable.slice(0, start) + '　'.repeat(end - start) + readable.slice(end);
  return readable;
}

/** 黄河路, 学校街 and 银行村 are addresses, not matters. */
function isRoadName(text: string, hit: { start: number; end: number }): boolean {
  if (hit.end - hit.start > 2) return false;
  const after = text.slice(hit.end, hit.end + 2);
  return /^(?:路(?![灯面口段基上边过由])|大道|大街|镇(?!政)|村(?![民里干委医支口])|乡(?![村镇下]))/u.test(after);
}

/** 市X局, 南通市X局, 市里的X局: the city's; 如皋市X局: unknown here, its place says. */
function levelOf(text: string, start: number, place: PlaceResolution, directory: CityDirectory): 'city' | 'unknown' {
  const mention = place.mentions.find((m) => m.end === start || (m.end === start - 1 && text[m.end] === '市'));
  if (mention !== undefined) return mention.codes.includes(directory.root.code) ? 'city' : 'unknown';
  if (text[start - 1] !== '市') return 'unknown';
  // In a county-level city "the city's bureau" is its own.
  const unit = place.units.length === 1 ? directory.jurisdictions.get(place.units[0]!) : undefined;
  return unit !== undefined && unit.level === 'county' && unit.name.endsWith('市') ? 'unknown' : 'city';
}
