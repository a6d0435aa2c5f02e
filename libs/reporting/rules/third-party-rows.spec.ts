import { describe, expect, it } from '@jest/globals';
import { decimalOf, decimalText, percentOf } from './decimal.js';
import { readThirdPartyRows, type ThirdPartyFault } from './third-party-rows.js';

const body = (id: string, name: string, shortName: string, jurisdiction = '990121') => ({ id, name, shortName, jurisdiction }); // prettier-ignore
const BODIES = [
  body('990121-WSUP', '白塔县自来水公司', '白塔水务'),
  body('990121-ENV', '白塔县生态环境局', '生态环境局'),
  body('990122-ENV', '青禾县生态环境局', '生态环境局', '990122'),
];
const HEADING = ['对象', '指标', '分子', '分母', '结果', '权重', '说明'];
const read = (...rows: string[][]) =>
  readThirdPartyRows(
    [HEADING, ...rows].map((cells, at) => ({ row: at + 1, sheet: '', cells })),
    BODIES,
    (place) => place === '990121',
  );
const where = (faults: readonly ThirdPartyFault[]) => faults.map(({ row, column, code }) => [row, column, code]);

describe('a table of a third party’s evaluation (R60)', () => {
  it('takes shares and scores with their raw counts, by the id, the name or the short name of a body', () => {
    const { values, faults } = read(
      ['白塔水务', '按时回应率', '792', '839', '94.40%', '4', '一季度'],
      ['990121-ENV', '信息发布', '8.75', '10', '', '', ''],
      ['白塔县生态环境局', '热线满意率', '3,055', '3059', '0.9987', '', ''],
    );
    expect(faults).toEqual([]);
    expect(values.map(({ row, bodyId, indicator, numerator, denominator }) => [row, bodyId, indicator, decimalText(numerator), decimalText(denominator), percentOf(numerator, denominator)])).toEqual([
      [2, '990121-WSUP', '按时回应率', '792', '839', '94.40'],
      [3, '990121-ENV', '信息发布', '8.75', '10', '87.50'],
      [4, '990121-ENV', '热线满意率', '3055', '3059', '99.87'],
    ]); // prettier-ignore
  });

  it('takes what a workbook has computed, to four places', () => {
    const { values, faults } = read(
      ['白塔水务', '按时回应率', '792', '839', '0.9439809296781884', '', ''],
      ['白塔水务', '信息发布', '8.6999999999999993', '10', '', '', ''],
    );
    expect(faults).toEqual([]);
    expect(values.map(({ numerator }) => decimalText(numerator))).toEqual(['792', '8.7']);
  });

  it('passes over no sheet: one with words and without the heading is told, an empty one is not', () => {
    const sheet = (name: string, rows: string[][]) => rows.map((cells, at) => ({ row: at + 1, sheet: name, cells }));
    const lines = [
      ...sheet('部门', [['部门名称', '得分'], ['白塔水务', '9']]),
      ...sheet('空', [['', '']]),
      ...sheet('县区', [HEADING, ['白塔水务', '信息发布', '9', '10', '', '', '']]),
    ]; // prettier-ignore
    const { faults } = readThirdPartyRows(lines, BODIES, () => true);
    expect(faults.map(({ sheet: name, code }) => `${name} ${code}`)).toEqual(['部门 NO_HEADING']);
  });

  it('says row and column of what is wrong, and takes none of it', () => {
    const { values, faults } = read(
      ['无此单位', '按时回应率', '1', '2', '', '', ''],
      ['生态环境局', '按时回应率', '1', '2', '', '', ''],
      ['990122-ENV', '按时回应率', '1', '2', '', '', ''],
      ['白塔水务', '', '1', '2', '', '', ''],
      ['白塔水务', '按时回应率', '', '2', '', '', ''],
      ['白塔水务', '按时回应率', '约九成', '2', '', '', ''],
      ['白塔水务', '按时回应率', '0', '0', '', '', ''],
      ['白塔水务', '按时回应率', '3', '2', '', '', ''],
      ['白塔水务', '按时回应率', '6', '7', '85.72%', '', ''],
      ['白塔水务', '按时回应率', '6', '7', '85.71%', '104', ''],
    );
    expect(values).toEqual([]);
    expect(where(faults)).toEqual([
      [2, '对象', 'SUBJECT_UNKNOWN'],
      [3, '对象', 'SUBJECT_AMBIGUOUS'],
      [4, '对象', 'OUT_OF_REACH'],
      [5, '指标', 'INDICATOR_MISSING'],
      [6, '分子', 'COUNT_MISSING'],
      [7, '分子', 'NOT_A_NUMBER'],
      [8, '分母', 'NO_DENOMINATOR'],
      [9, '分子', 'ABOVE_DENOMINATOR'],
      [10, '结果', 'RESULT_DIFFERS'],
      [11, '权重', 'WEIGHT_RANGE'],
    ]);
  });

  it('takes a body’s indicator once', () => {
    const row = ['白塔水务', '按时回应率', '6', '7', '', '', ''];
    expect(where(read(row, row).faults)).toEqual([[3, '指标', 'TWICE']]);
  });

  it('needs a heading with subject, indicator and both counts, under a title or not', () => {
    const lines = (rows: string[][]) => rows.map((cells, at) => ({ row: at + 1, sheet: '评估', cells }));
    const bare = readThirdPartyRows(lines([['单位', '指标', '比率'], ['白塔水务', '回应率', '90%']]), BODIES, () => true); // prettier-ignore
    expect(where(bare.faults)).toEqual([[1, '对象、指标、分子、分母', 'NO_HEADING']]);
    const titled = lines([['2026 年政务公开第三方评估'], [''], ['单位', '评估指标', '得分', '满分'], ['白塔水务', '回应关切', '3.5', '4']]); // prettier-ignore
    expect(readThirdPartyRows(titled, BODIES, () => true).values).toHaveLength(1);
  });
});

it('a decimal is exact, and what is none is told', () => {
  expect(['0.285', '1,234.5', '１２．５', '7.0000'].map((text) => decimalText(decimalOf(text)!))).toEqual(['0.285', '1234.5', '12.5', '7']); // prettier-ignore
  expect(['', '-1', '1e3', '1,23', '12345678901', '=1'].map(decimalOf)).toEqual(Array(6).fill(undefined));
  expect(percentOf(decimalOf('0')!, decimalOf('0')!)).toBe('—');
});
