/** Digits of all spellings: everyday, capital (financial) and contracted forms (俩 = two persons, 仨 = three). */
const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  两: 2,
  俩: 2,
  三: 3,
  叁: 3,
  仨: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1_000, 仟: 1_000 };
const GROUPS: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };
const CONTRACTED: Readonly<Record<string, string>> = { 廿: '二十', 卅: '三十', 卌: '四十' };

/** Signs of which a numeral is made; the scanner takes runs of them. */
export const CHINESE_NUMERAL = '〇零一二三四五六七八九十百千万亿两俩仨廿卅壹贰叁肆伍陆柒捌玖拾佰仟';

/** Two neighbouring digits without a unit say a range: 三五人, 七八十人. Answers the two digits or null. */
export function digitPair(text: string): [number, number] | null {
  const [first, second] = [DIGITS[text[0] ?? ''], DIGITS[text[1] ?? '']];
  if (first === undefined || second === undefined || first === 0) return null;
  return second === first + 1 || (first === 3 && second === 5) ? [first, second] : null;
}

/**
 * Value of a numeral in Chinese signs, arabic digits or both (`一千二百`, `1.2亿`, `3千`, `壹拾贰`, `二〇二六`); null
 * where the run is no number. Thousands separators are allowed. A unit without a digit counts once (`百` = 100).
 */
export function numeralValue(raw: string): number | null {
  const text = raw.replaceAll(',', '').replace(/[廿卅卌]/g, (sign) => CONTRACTED[sign]!);
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const signs = [...text];
  if (signs.length > 1 && signs.every((sign) => DIGITS[sign] !== undefined))
    return Number(signs.map((sign) => DIGITS[sign]).join(''));
  return sumOfGroups(text);
}

/** 亿 multiplies all before it, 万 what stands since the last 亿: `一亿二千万`, `3000万`, `万亿`. */
function sumOfGroups(text: string): number | null {
  let total = 0;
  let section = 0;
  let current: number | null = null;
  for (const token of text.match(/\d+(?:\.\d+)?|./gu) ?? []) {
    const group = GROUPS[token];
    const unit = UNITS[token];
    if (group !== undefined) {
      const sum: number = section + (current ?? 0);
      if (group === GROUPS.亿) total = (total + sum || 1) * group;
      else total += (sum || 1) * group;
      section = 0;
      current = null;
    } else if (unit !== undefined) {
      section += (current || 1) * unit;
      current = null;
    } else {
      const digit = DIGITS[token] ?? Number(token);
      if (Number.isNaN(digit) || (current !== null && current !== 0)) return null;
      current = digit;
    }
  }
  return rounded(total + section + (current ?? 0));
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
