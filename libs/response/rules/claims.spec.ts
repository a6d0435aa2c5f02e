import { expect, test } from '@jest/globals';
import { type ClaimWords, claimsOf, matchClaims } from './claims.js';

const words: ClaimWords = {
  questionCues: ['为什么', '何时'],
  allegationCues: ['隐瞒', '无人'],
  emptyWords: ['为什么', '何时', '居民'],
  answeredShare: 0.4,
  alikeShare: 0.5,
  maximum: 10,
};
const texts = [
  '银杏苑连续停水三天。为什么水压检测报告不公布？物业说无人答复。',
  '水压检测报告为什么不公布？何时恢复供水？',
  '今天天气很好。',
];

test('questions and allegations of the cluster are listed once, with how many texts carry them', () => {
  expect(claimsOf(texts, words).map(({ kind, text, texts: carried }) => [kind, text, carried])).toEqual([
    ['question', '为什么水压检测报告不公布？', 2],
    ['allegation', '物业说无人答复。', 1],
    ['question', '何时恢复供水？', 1],
  ]);
});

test('R16 a claim whose matter the draft does not carry is not answered', () => {
  const draft = '因管道破裂停水，预计今晚20时恢复供水。';
  const answered = matchClaims(claimsOf(texts, words), draft, words).filter((claim) => claim.answered);
  expect(answered.map((claim) => claim.text)).toEqual(['何时恢复供水？']);
});

test('a text without end is bounded', () => {
  expect(
    claimsOf(
      Array.from({ length: 2_000 }, (_, n) => `第${n}号楼为什么漏水${n}次？`),
      words,
    ).length,
  ).toBeLessThanOrEqual(10);
});
