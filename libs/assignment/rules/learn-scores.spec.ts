import { describe, expect, it } from '@jest/globals';
import { type AssignedCase, learnScores } from './learn-scores.js';

const one = (leadCode: string, ...returnedCodes: string[]): AssignedCase => ({
  words: [
    { word: '路灯', code: 'URB' },
    { word: '路灯', code: 'HOUS' },
    { word: '路灯', code: 'URB' },
  ],
  leadCode,
  returnedCodes,
});
const times = (n: number, made: AssignedCase) => Array.from({ length: n }, () => made);
const deltas = (cases: AssignedCase[]) =>
  Object.fromEntries(learnScores(cases).map(({ code, delta }) => [code, delta]));

describe('learnScores', () => {
  it('raises who had such cases and lowers who did not, within bounds', () => {
    expect(deltas(times(16, one('HOUS')))).toEqual({ HOUS: 1.6, URB: -1.6 });
    expect(deltas(times(400, one('HOUS')))).toEqual({ HOUS: 2, URB: -2 });
  });

  it('counts a return that was accepted against the one that gave it back', () => {
    expect(deltas(times(10, one('HOUS', 'URB')))['URB']).toBeLessThan(0);
    const mixed = [...times(10, one('URB')), ...times(10, one('HOUS', 'URB'))];
    expect(deltas(mixed)['URB']).toBeLessThan(deltas(mixed)['HOUS'] ?? 0);
  });

  it('learns nothing from few cases, and nothing that is balanced', () => {
    expect(learnScores(times(4, one('HOUS')))).toEqual([]);
    expect(learnScores([...times(8, one('HOUS')), ...times(8, one('URB'))])).toEqual([]);
  });
});
