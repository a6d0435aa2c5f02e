import { officeDate, officeMidnight } from '#kernel/time.js';

/** When a text says that it happened: a proposal for the occurrence stamp, with its place in the text (end exclusive). */
export interface Occurrence {
  at: Date;
  /** What the text leaves open: a part of the day stands for its beginning. */
  precision: 'minute' | 'hour' | 'partOfDay' | 'day';
  text: string;
  start: number;
  end: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What lies further back than this is told as history, not as the event (judgement). */
const MAX_DAYS_BACK = 30;
const READ_CHARACTERS = 2_000;

const PARTS = '凌晨|清晨|早上|早晨|上午|中午|午后|下午|傍晚|晚上|晚间|夜间|深夜|晚';
const DAY =
  '(?:(?<year>20\\d{2})年)?(?<month>\\d{1,2})月(?<day>\\d{1,2})[日号]|(?<relative>今天|今日|今[早晨晚夜]|昨天|昨日|昨[早晨晚夜]|前天|前日|前晚)';
const HOUR = '\\d{1,2}|十[一二]?|[一二两三四五六七八九]';
const TIME = `(?:(?<hour>${HOUR})(?:[:：](?<minute>\\d{2})(?!\\d)|[点时](?![间候段期光代])(?:(?<minutes>\\d{1,2})分|(?<half>半))?))`;
const DATED = new RegExp(`(?:${DAY})[,，的 ]?(?<part>${PARTS})?[ ]?${TIME}?`, 'g');
/** A time without a day counts only where the text says that it is about one: 14时许, 9:20左右. */
const TIMED = new RegExp(`(?<![\\d月日号:：.])(?<part>${PARTS})?${TIME}(?=许|左右|前后)`, 'g');
const AHEAD = /(?:将于?|拟于?|定于|计划|预计|截至|截止|自|从|至|到)$/;

/**
 * The instant at which a text says that it happened, read against the instant at which it was told. Never later than that:
 * what lies ahead is no occurrence. Undefined where the text says nothing, or only what can't be right.
 */
export function findOccurrence(text: string, told: Date): Occurrence | undefined {
  const read = text.slice(0, READ_CHARACTERS);
  const found = [DATED, TIMED].flatMap((pattern) =>
    [...read.matchAll(pattern)].flatMap((match) => {
      const occurrence = occurrenceOf(match, told);
      return occurrence === undefined || AHEAD.test(read.slice(Math.max(0, match.index - 4), match.index))
        ? []
        : [occurrence];
    }),
  );
  const exact = found.filter(({ precision }) => precision === 'minute' || precision === 'hour');
  // The first exact time tells the event; a bare day is often the date line or a deadline.
  return [...exact, ...found].sort((a, b) => RANK[a.precision] - RANK[b.precision] || a.start - b.start)[0];
}

const RANK = { minute: 0, hour: 0, partOfDay: 1, day: 2 } as const;
const NUMERALS = '零一二三四五六七八九';
const BEGINS: Record<string, number> = {
  凌晨: 0,
  清晨: 5,
  早上: 6,
  早晨: 6,
  上午: 8,
  中午: 12,
  午后: 12,
  下午: 12,
  傍晚: 17,
  晚上: 18,
  晚间: 18,
  晚: 18,
  夜间: 19,
  深夜: 22,
};
const PART_OF_RELATIVE: Record<string, string> = { 早: '早上', 晨: '早晨', 晚: '晚', 夜: '夜间' };

function occurrenceOf(match: RegExpExecArray | RegExpMatchArray, told: Date): Occurrence | undefined {
  const groups = match.groups!;
  const midnight = midnightOf(groups, told);
  if (midnight === undefined) return undefined;
  const part = groups.part ?? PART_OF_RELATIVE[groups.relative?.at(-1) ?? ''];
  const hour = groups.hour === undefined ? undefined : hourOf(groups.hour, part);
  if (hour !== undefined && hour > 23) return undefined;
  const minute = groups.half !== undefined ? 30 : Number(groups.minute ?? groups.minutes ?? 0);
  if (minute > 59) return undefined;
  const exact = hour === undefined ? undefined : hour * 60 + minute;
  const minutes = exact ?? (part === undefined ? 0 : BEGINS[part]! * 60);
  const at = new Date(midnight.getTime() + minutes * MINUTE_MS);
  if (at > told || told.getTime() - at.getTime() > MAX_DAYS_BACK * DAY_MS) return undefined;
  const hasMinute = groups.minute !== undefined || groups.minutes !== undefined || groups.half !== undefined;
  return {
    at,
    precision: exact === undefined ? (part === undefined ? 'day' : 'partOfDay') : hasMinute ? 'minute' : 'hour',
    text: match[0].trim(),
    start: match.index!,
    end: match.index! + match[0].trimEnd().length,
  };
}

function midnightOf({ year, month, day, relative }: Record<string, string | undefined>, told: Date): Date | undefined {
  const today = officeMidnight(officeDate(told));
  if (month === undefined) {
    const back = relative === undefined || relative.startsWith('今') ? 0 : relative.startsWith('昨') ? 1 : 2;
    return new Date(today.getTime() - back * DAY_MS);
  }
  const written = (of: number) => officeMidnight(`${of}-${month.padStart(2, '0')}-${day!.padStart(2, '0')}`);
  const thisYear = Number(officeDate(told).slice(0, 4));
  const date = written(year === undefined ? thisYear : Number(year));
  // A day without its year that would lie ahead is one of last year: in January one tells of December.
  const past = year === undefined && date > told ? written(thisYear - 1) : date;
  const exists = !Number.isNaN(past.getTime()) && Number(officeDate(past).slice(8)) === Number(day);
  return exists ? past : undefined;
}

function hourOf(written: string, part: string | undefined): number {
  const hour = /^\d+$/.test(written) ? Number(written) : chineseHour(written);
  const late = part !== undefined && BEGINS[part]! >= 12;
  if (!late || hour >= 12) return hour === 24 ? 24 : hour;
  // 深夜1点 is after midnight of the same night; the day that the text names is kept.
  return part !== '中午' && BEGINS[part]! >= 19 && hour < 6 ? hour : hour + 12;
}

function chineseHour(written: string): number {
  if (written.startsWith('十')) return 10 + (written.length > 1 ? NUMERALS.indexOf(written[1]!) : 0);
  return written === '两' ? 2 : NUMERALS.indexOf(written);
}
