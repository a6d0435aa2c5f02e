import { describe, expect, it } from '@jest/globals';
import { officeIso } from '#kernel/time.js';
import { findOccurrence } from './occurrence.js';

const told = new Date('2026-11-20T14:30:00+08:00');
const read = (text: string, at = told) => {
  const found = findOccurrence(text, at);
  return found === undefined ? undefined : `${officeIso(found.at).slice(0, 16)} ${found.precision}`;
};

describe('when a text says that it happened', () => {
  it.each([
    ['今天上午9点，一厂房起火', '2026-11-20T09:00 hour'],
    ['今日14时05分许，洋口化工园区爆炸', '2026-11-20T14:05 minute'],
    ['昨日，某小区停水', '2026-11-19T00:00 day'],
    ['昨晚八点半左右有人坠楼', '2026-11-19T20:30 minute'],
    ['11月19日晚，一船侧翻', '2026-11-19T18:00 partOfDay'],
    ['2026年11月18日下午3时许，塔吊倒塌', '2026-11-18T15:00 hour'],
    ['前天凌晨2:15，货车追尾', '2026-11-18T02:15 minute'],
    ['14:05左右一声巨响', '2026-11-20T14:05 minute'],
    ['今晨一工厂冒浓烟', '2026-11-20T06:00 partOfDay'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('is never later than the text itself, and never what lies ahead', () => {
    for (const text of ['今晚20时停水', '今天下午3点发布会', '将于11月20日上午9点演练', '计划11月19日停电'])
      expect(read(text)).toBeUndefined();
  });

  it('takes a day that would lie ahead as one of last year, and history not at all', () => {
    expect(read('12月31日晚，烟花伤人', new Date('2027-01-02T10:00:00+08:00'))).toBe('2026-12-31T18:00 partOfDay');
    expect(read('2019年3月21日14时48分，响水爆炸')).toBeUndefined();
  });

  it('prefers the exact time to a date line, and says where it stands', () => {
    const text = '本报11月20日讯 今天上午9点20分，仓库起火';
    const found = findOccurrence(text, told)!;
    expect(text.slice(found.start, found.end)).toBe('今天上午9点20分');
  });

  it('reads nothing from days and hours that do not exist, scores and durations', () => {
    for (const text of ['11月31日25时', '比分3:2左右', '停水48小时', '9时段', '']) expect(read(text)).toBeUndefined();
  });
});
