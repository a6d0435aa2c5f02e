import { expect, test } from '@jest/globals';
import { wordingDeviations } from './wording.js';

const figuresOf = (text: string): Record<string, number> => {
  const deaths = /(\d+)人死亡/.exec(text)?.[1];
  return deaths === undefined ? {} : { deaths: Number(deaths) };
};
const entries = [
  { topic: '死亡', wording: '造成3人死亡' },
  { topic: '原因', wording: '原因正在调查' },
];
const told = (text: string) => wordingDeviations(text, entries, figuresOf);

test('R17 “4 人” against the agreed “3 人” is told with both numbers', () => {
  expect(told('事故造成4人死亡，原因正在调查。')).toEqual([
    { topic: '死亡', wording: '造成3人死亡', kind: 'figure', figure: { name: 'deaths', agreed: 3, said: 4 } },
  ]);
});

test('other words on an agreed matter are told; silence on it is not', () => {
  expect(told('原因系操作失误。')).toEqual([{ topic: '原因', wording: '原因正在调查', kind: 'words' }]);
  expect(told('事故造成3人死亡。')).toEqual([]);
});
