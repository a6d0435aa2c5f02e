import { describe, expect, it } from '@jest/globals';
import { secondsToWait } from './test-limit.js';

const NOW = new Date('2026-11-27T09:00:00Z');
const ago = (...seconds: number[]) => seconds.map((s) => new Date(NOW.getTime() - s * 1_000));

describe('a test of a channel', () => {
  it('may be asked for five times in ten minutes', () => {
    expect(secondsToWait(ago(), NOW)).toBe(0);
    expect(secondsToWait(ago(1, 2, 3, 4), NOW)).toBe(0);
    expect(secondsToWait(ago(1, 2, 3, 4, 590), NOW)).toBe(10);
  });

  it('is free again when the fifth last is ten minutes old', () => {
    expect(secondsToWait(ago(1, 2, 3, 4, 600), NOW)).toBe(0);
    expect(secondsToWait(ago(60, 1, 120, 500, 30, 400), NOW)).toBe(200);
  });
});
