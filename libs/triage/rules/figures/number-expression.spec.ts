import { describe, expect, it } from '@jest/globals';
import { scanNumbers } from './number-expression.js';
import { numeralValue } from './numerals.js';

describe('numeralValue', () => {
  it.each([
    ['壹拾贰', 12],
    ['廿三', 23],
    ['卅', 30],
    ['两千零五', 2005],
    ['一千二百', 1200],
    ['3千', 3000],
    ['1.2亿', 120_000_000],
    ['一亿二千万', 120_000_000],
    ['3,860', 3860],
    ['二〇二六', 2026],
    ['百', 100],
    ['千万', 10_000_000],
    ['0.38亿', 38_000_000],
    ['1万5千', 15_000],
    ['万亿', 1e12],
  ])('%s is %d', (text, value) => expect(numeralValue(text)).toBe(value));
});

describe('scanNumbers', () => {
  it.each([
    ['近3000万元', 27_000_000, 30_000_000, true],
    ['逾40人', 40, null, false],
    ['至少20多人', 21, null, false],
    ['约60人', 60, 60, true],
    ['3至5人', 3, 5, false],
    ['12-15人', 12, 15, false],
    ['十余人', 11, 19, false],
    ['三十多名', 31, 39, false],
    ['二百余人', 201, 299, false],
    ['1.2万余人', 12_000, null, false],
    ['3000余万元', 30_000_000, null, false],
    ['数人', 3, 9, true],
    ['数十人', 20, 90, true],
    ['上百人', 100, null, false],
    ['几百人', 200, 900, true],
    ['上千万元', 10_000_000, null, false],
    ['近亿元', 90_000_000, 100_000_000, true],
    ['三五人', 3, 5, false],
    ['七八十人', 70, 80, false],
    ['10w+', 100_000, null, false],
    ['999+', 999, null, false],
    ['十几人', 11, 19, false],
    ['五十人以上', 50, 50, false],
  ])('%s is from %d to %p', (text, min, max, approx) => {
    expect(scanNumbers(text)[0]).toMatchObject({ min, max, approx, start: 0 });
  });

  it('leaves ordinals alone and keeps neighbouring numbers apart', () => {
    expect(scanNumbers('第三条')).toEqual([]);
    expect(scanNumbers('3死5伤').map((found) => found.stated)).toEqual([3, 5]);
  });
});
