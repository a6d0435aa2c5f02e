import { Converter } from 'opencc-js/t2cn';
import { LOOK_ALIKES, isInvisible } from './look-alikes.js';

/** Text in one spelling. `offsetOf(i)` is the position in the raw text of character `i`; `offsetOf(text.length)` its end. */
export interface NormalisedText {
  text: string;
  offsetOf(index: number): number;
  /** True when the raw text was longer than `TEXT_LIMIT` and the rest was left unread. */
  cut: boolean;
}

/** Characters (UTF-16 units) that are read; a notice is far shorter, and the rules' cost stays bounded. */
export const TEXT_LIMIT = 20_000;

const toSimplified = Converter({ from: 't', to: 'cn' }) as (text: string) => string;

const HAN = /\p{Script=Han}/u;
const HAN_RUN = /\p{Script=Han}+/gu;
/** `發(fā)`: a reading in brackets, as some converted pages carry; only with a tone, or a syllable that has none. */
const READING =
  /(?<=\p{Script=Han})[(（](?:[a-zü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}|de|le|zi|zhe|men|ma|ne|ba)[)）]/gu;
const COMPATIBLE = /[\u2e80-\u2fdf\uf900-\ufaff\uff00-\uffef]|[\u{1d400}-\u{1d7ff}\u{2f800}-\u{2fa1f}]/u;

/**
 * Full width → half width, traditional → simplified, look-alikes → what they look like; invisible and control
 * characters, marks over Han and readings in brackets are left out. Lone surrogates are dropped. Every character keeps
 * its way back to the raw text. Pure; never throws.
 */
export function normaliseText(raw: string): NormalisedText {
  return plainText(raw) ?? spelledText(raw);
}

function spelledText(raw: string): NormalisedText {
  const end = cutPoint(raw);
  const source = raw.slice(0, end);
  const skipped = readingRanges(source);
  const characters: string[] = [];
  const offsets: number[] = [];
  for (let index = 0; index < source.length;) {
    const reading = skipped.get(index);
    if (reading !== undefined) {
      index = reading;
      continue;
    }
    const character = String.fromCodePoint(source.codePointAt(index)!);
    for (const piece of spellingOf(character, characters.at(-1))) {
      characters.push(piece);
      offsets.push(index);
    }
    index += character.length;
  }
  const text = simplify(characters);
  const positions = unitOffsets(text, offsets, end);
  return {
    text: text.join(''),
    cut: end < raw.length,
    offsetOf: (index) => positions[clamp(index, positions.length)]!,
  };
}

/** Of each UTF-16 unit the one unit that it becomes; 0 for what needs more than that: it is rare, and takes the long way. */
let plainUnits: Uint16Array | undefined;

function loadPlainUnits(): Uint16Array {
  const units = new Uint16Array(65_536);
  for (let unit = 1; unit < units.length; unit += 1) {
    if (unit >= 0x300 && unit <= 0x36f) continue;
    const spelling = spellingOf(String.fromCharCode(unit), undefined);
    const [piece] = spelling;
    if (spelling.length !== 1 || piece!.length !== 1 || (HAN.test(piece!) && toSimplified(piece!) !== piece)) continue;
    units[unit] = piece!.charCodeAt(0);
  }
  return units;
}

const MAY_HOLD_READING = /[(（][^)）]{1,8}[)）]/;
const CHUNK = 4_096;

/** The usual case: every unit stands for one unit, so that positions stay as they are. Undefined for any other text. */
function plainText(raw: string): NormalisedText | undefined {
  if (raw.length > TEXT_LIMIT || MAY_HOLD_READING.test(raw)) return undefined;
  plainUnits ??= loadPlainUnits();
  const units = new Uint16Array(raw.length);
  for (let index = 0; index < raw.length; index += 1) {
    const unit = plainUnits[raw.charCodeAt(index)]!;
    if (unit === 0) return undefined;
    units[index] = unit;
  }
  let text = '';
  for (let start = 0; start < units.length; start += CHUNK)
    text += String.fromCharCode(...units.subarray(start, start + CHUNK));
  return { text, cut: false, offsetOf: (index) => clamp(index, raw.length + 1) };
}

const clamp = (index: number, length: number) => Math.max(0, Math.min(index, length - 1));

function cutPoint(raw: string): number {
  if (raw.length <= TEXT_LIMIT) return raw.length;
  const last = raw.charCodeAt(TEXT_LIMIT - 1);
  return last >= 0xd800 && last <= 0xdbff ? TEXT_LIMIT - 1 : TEXT_LIMIT;
}

function readingRanges(source: string): Map<number, number> {
  const ranges = new Map<number, number>();
  if (!/[(（]/.test(source)) return ranges;
  for (const match of source.matchAll(READING)) ranges.set(match.index, match.index + match[0].length);
  return ranges;
}

function spellingOf(character: string, previous: string | undefined): string[] {
  const code = character.codePointAt(0)!;
  if (code >= 0xd800 && code <= 0xdfff) return [];
  if (character === '\n') return ['\n'];
  if (character === '\t' || character === '\r' || character === '\u00a0' || character === '\u3000') return [' '];
  if (isInvisible(code)) return [];
  if (code >= 0x300 && code <= 0x36f) return previous !== undefined && HAN.test(previous) ? [] : [character];
  const alike = LOOK_ALIKES.get(character);
  if (alike !== undefined) return [alike];
  return COMPATIBLE.test(character) ? [...character.normalize('NFKC')] : [character];
}

/** Phrase by phrase where the length stays the same; sign by sign where a phrase would move the offsets. */
function simplify(characters: string[]): string[] {
  const result = [...characters];
  const joined = characters.join('');
  if (toSimplified(joined) === joined) return result;
  const starts = unitStarts(characters);
  for (const run of joined.matchAll(HAN_RUN)) {
    const from = starts.get(run.index)!;
    const before = [...run[0]];
    const converted = [...toSimplified(run[0])];
    const after = converted.length === before.length ? converted : before.map((sign) => toSimplified(sign));
    after.forEach((sign, index) => (result[from + index] = sign));
  }
  return result;
}

function unitStarts(characters: string[]): Map<number, number> {
  const starts = new Map<number, number>();
  let unit = 0;
  characters.forEach((character, index) => {
    starts.set(unit, index);
    unit += character.length;
  });
  return starts;
}

function unitOffsets(characters: string[], offsets: number[], end: number): number[] {
  const positions: number[] = [];
  characters.forEach((character, index) => {
    for (let unit = 0; unit < character.length; unit += 1) positions.push(offsets[index]!);
  });
  positions.push(end);
  return positions;
}
