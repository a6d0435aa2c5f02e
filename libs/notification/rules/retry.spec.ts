import { describe, expect, it } from '@jest/globals';
import { MAX_ATTEMPTS, nextAttemptAt } from './retry.js';

const NOW = new Date('2026-11-27T09:00:00Z');
const waits = (attempt: number, final = false) => {
  const at = nextAttemptAt(NOW, attempt, final);
  return at === null ? null : (at.getTime() - NOW.getTime()) / 1_000;
};

describe('a notice that its channel did not take', () => {
  it('is tried again after longer and longer waits, at most an hour', () => {
    expect([1, 2, 3, 4].map((attempt) => waits(attempt))).toEqual([5, 10, 20, 40]);
    expect(waits(MAX_ATTEMPTS - 1)).toBe(3_600);
  });

  it('is given up after the last attempt, and at once when it would be refused again', () => {
    expect([waits(MAX_ATTEMPTS), waits(1, true)]).toEqual([null, null]);
  });
});
