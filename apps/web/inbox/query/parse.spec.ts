import { describe, expect, it } from '@jest/globals';
import { type Dictionary, parseQuery, withField, withoutChip } from './parse.js';

const dictionary: Dictionary = {
  category: [
    { value: 'C3', names: ['C3 切身利益'] },
    { value: 'C5', names: ['C5 突发事件'] },
    { value: 'SR', names: ['服务诉求'] },
  ],
  grade: [
    { value: 'I', names: ['I 特别重大', '特别重大'] },
    { value: 'II', names: ['II 重大', '重大'] },
  ],
  state: [{ value: 'assigned', names: ['已交办'] }],
  body: [
    { value: '990100-WATER', names: ['云江市水利局', '市水利局'] },
    { value: '990121-WATER', names: ['望溪区水利局', '区水利局'] },
  ],
};
const valuesOf = (text: string) => parseQuery(text, dictionary).values;

describe('the query box', () => {
  it('reads fields in Chinese and in English, with either colon', () => {
    expect(valuesOf('类别:C3 级别：重大 overdue:yes')).toEqual({ category: ['C3'], grade: ['II'], overdue: ['1'] });
    expect(valuesOf('category:c3,C5 状态：已交办')).toEqual({ category: ['C3', 'C5'], state: ['assigned'] });
  });

  it('takes a label for its code, and part of a name when only one has it', () => {
    expect(valuesOf('类别:切身利益')).toEqual({ category: ['C3'] });
    expect(valuesOf('部门:望溪')).toEqual({ body: ['990121-WATER'] });
  });

  it('prefers the whole word to a longer one that contains it', () => {
    expect(valuesOf('级别:重大')).toEqual({ grade: ['II'] });
  });

  it('keeps what is not a field as words, also between quotes', () => {
    expect(parseQuery('停水 类别:C3 三天', dictionary)).toMatchObject({ words: '停水 三天', errors: [] });
    expect(parseQuery('“停水 三天” 部门："云江市水利局"', dictionary)).toMatchObject({
      words: '停水 三天',
      values: { body: ['990100-WATER'] },
    });
  });

  it('reads a span of time as minutes', () => {
    expect(valuesOf('时限:<2小时')).toEqual({ due: ['120'] });
    expect(valuesOf('due:30m')).toEqual({ due: ['30'] });
    expect(valuesOf('due:1d')).toEqual({ due: ['1440'] });
  });

  it.each([
    ['级别:中等', 'unknownValue', '中等'],
    ['颜色:红', 'unknownField', '颜色'],
    ['部门:水利局', 'ambiguous', '水利局'],
    ['类别:', 'noValue', '类别:'],
    ['类别:C3 类别:C5', 'twice', '类别:C5'],
    ['超时:是,否', 'onlyOne', '超时:是,否'],
    ['超时:也许', 'unknownValue', '也许'],
    ['时限:明天', 'unknownValue', '明天'],
    ['停水 "三天', 'openQuote', '"'],
  ])('says what is wrong with %s', (text, code, piece) => {
    const { errors } = parseQuery(text, dictionary);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code, text: piece });
  });

  it('names what comes near', () => {
    expect(parseQuery('部门:水利局', dictionary).errors[0]!.near).toEqual(['云江市水利局', '望溪区水利局']);
  });

  it('takes a field out and puts one in', () => {
    const text = '停水 类别:C3 超时:是';
    const query = parseQuery(text, dictionary);
    expect(withoutChip(text, query.chips[0]!)).toBe('停水 超时:是');
    expect(withField(text, query, 'category', 'C5')).toBe('停水 超时:是 category:C5');
    expect(withField(text, query, 'overdue', null)).toBe('停水 类别:C3');
  });
});
