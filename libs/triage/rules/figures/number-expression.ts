import { CHINESE_NUMERAL, digitPair, numeralValue } from './numerals.js';

/**
 * A number as the text says it. `stated` is the bare numeral; `max: null` is open upwards; `approx` where the text
 * itself is vague. Positions are those of the text that was scanned.
 */
export interface NumberExpression {
  min: number;
  max: number | null;
  approx: boolean;
  stated: number;
  start: number;
  end: number;
}

type Range = Pick<NumberExpression, 'min' | 'max' | 'approx' | 'stated'>;

const HAN_NUMERAL = `[${CHINESE_NUMERAL}]`;
const ARABIC = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?`;
const NUMERAL = `(?:${ARABIC}[十百千万亿]{0,3}(?:\\d{1,4}[十百千万]{1,2})?|${HAN_NUMERAL}{1,12})`;
/** `近三年` is a span of time, not nearly three. */
const NEAR = '近(?![\\d一二三四五六七八九十两数几]{1,4}[余多]?(?:年|个月|天|日|周))';
const BEFORE = `将近|接近|不足|不到|少于|至多|最多|不超过|不少于|不低于|不下于|至少|最少|超过了?|多于|大于|逾|超|${NEAR}|大约|大概|约有|约为|约|成百上千|上(?=[百千万亿])|数(?=[十百千万亿])|几(?=[十百千万亿])`;
const EXPRESSION = new RegExp(
  `(?<before>${BEFORE}){0,1}(?<second>约|${NEAR}|逾|超)?` +
    `(?:(?<from>${NUMERAL})(?:人|名)?(?:至|到|-|~)(?=${ARABIC}|${HAN_NUMERAL}))?` +
    `(?<number>${NUMERAL}|(?<![半多少人总户])[数几](?=[人名位个]))` +
    `(?:(?<inner>余|多|来|几)(?<unit>[十百千万亿]{0,2}))?(?<web>[wWkK]?\\+|[wW](?![A-Za-z]))?(?<after>以上|左右|上下)?`,
  'gu',
);
const ORDINAL = /[第星期周]$/;

/** All number expressions of a normalised text, in order, not overlapping. Linear in its length. */
export function scanNumbers(text: string): NumberExpression[] {
  const found: NumberExpression[] = [];
  for (const match of text.matchAll(EXPRESSION)) {
    const range = ORDINAL.test(text.slice(Math.max(0, match.index - 1), match.index)) ? null : rangeOf(match.groups!);
    if (range !== null) found.push({ ...range, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

type Groups = Record<string, string | undefined>;

function rangeOf(groups: Groups): Range | null {
  const vague = vagueAmount(groups);
  if (vague !== null) return vague;
  const base = baseOf(groups);
  if (base === null) return null;
  return withWords(groups.inner === undefined ? base : andSome(base, groups), groups);
}

/** 数人, 数十人, 几百人: three to nine, of tens two to nine. */
function vagueAmount(groups: Groups): Range | null {
  const number = groups.number!;
  if (number === '数' || number === '几') return { min: 3, max: 9, approx: true, stated: 3 };
  if (groups.before !== '数' && groups.before !== '几') return null;
  const unit = numeralValue(number);
  return unit === null ? null : { min: 2 * unit, max: 9 * unit, approx: true, stated: 2 * unit };
}

function baseOf(groups: Groups): Range | null {
  const number = groups.number! + (groups.unit ?? '');
  const last = rangeOfNumeral(number);
  if (last === null || groups.from === undefined) return last;
  const unit = /[十百千万亿]+$/.exec(number)?.[0] ?? '';
  const first = numeralValue(/[十百千万亿]$/.test(groups.from) ? groups.from : groups.from + unit);
  if (first === null || first > (last.max ?? 0)) return last;
  return { min: first, max: last.max, approx: false, stated: first };
}

function rangeOfNumeral(number: string): Range | null {
  const pair = /^..[十百千万亿]*$/u.test(number) ? digitPair(number) : null;
  if (pair !== null) {
    const [min, max] = pair.map((digit) => numeralValue(`${digit}${number.slice(2)}`) ?? digit) as [number, number];
    return { min, max, approx: false, stated: min };
  }
  const value = numeralValue(number);
  return value === null ? null : { min: value, max: value, approx: false, stated: value };
}

/** `十余` 11–19, `20多` 21–29, `三百余` 301–399; from a thousand, or behind a last digit, only the lower bound is sure. */
function andSome(base: Range, groups: Groups): Range {
  const value = base.min;
  const large = /[万亿]/.test(groups.number! + (groups.unit ?? ''));
  const step = Number.isInteger(value) && !large && value < 1_000 ? stepOf(value) : 1;
  if (step === 1) return { ...base, max: null };
  return { min: value + 1, max: value + step - 1, approx: false, stated: value };
}

function stepOf(value: number): number {
  let step = 1;
  while (value > 0 && value % (step * 10) === 0) step *= 10;
  return step;
}

const AT_LEAST = /^(?:不少于|不低于|不下于|至少|最少|超过了?|多于|大于|逾|超|上|成百上千)$/;
const NEARLY = /^(?:将近|接近|近|不足|不到|少于|至多|最多|不超过)$/;
const ABOUT = /^(?:大约|大概|约有|约为|约)$/;

function withWords(base: Range, groups: Groups): Range {
  const factor = /w/i.test(groups.web ?? '') ? 10_000 : /k/i.test(groups.web ?? '') ? 1_000 : 1;
  const scaled = {
    ...base,
    min: base.min * factor,
    max: base.max === null ? null : base.max * factor,
    stated: base.stated * factor,
  };
  const words = [groups.before, groups.second].filter((word) => word !== undefined);
  if (words.some((word) => NEARLY.test(word)))
    return { ...scaled, min: Math.floor(scaled.min * 0.9), max: scaled.max, approx: true };
  if (words.some((word) => AT_LEAST.test(word)) || groups.web?.endsWith('+') || groups.after === '以上')
    return { ...scaled, max: null };
  const about = words.some((word) => ABOUT.test(word)) || groups.after === '左右' || groups.after === '上下';
  return about ? { ...scaled, approx: true } : scaled;
}
