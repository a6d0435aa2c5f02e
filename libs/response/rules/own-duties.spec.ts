import { expect, test } from '@jest/globals';
import { foreignDuty } from './own-duties.js';

const matter = (code: string, score: number) => ({ code, name: code, score, words: [] });
const own = { code: 'WSUP', speaksForAll: false };

test('R47 a text of another body’s duties is told, one of the own is not, however loud the other is', () => {
  expect(foreignDuty([matter('EDU', 6)], own)?.code).toBe('EDU');
  expect(foreignDuty([matter('EDU', 6), matter('WSUP', 1)], own)).toBeNull();
});

test('a weak word alone, or none, says nothing; who speaks for all is never warned', () => {
  expect(foreignDuty([matter('EDU', 2)], own)).toBeNull();
  expect(foreignDuty([], own)).toBeNull();
  expect(foreignDuty([matter('EDU', 6)], { code: 'GOVO', speaksForAll: true })).toBeNull();
});
