import { describe, expect, it } from '@jest/globals';
import { nextPollSeconds, type PollPlan } from './next-poll.js';

const plan = (change: Partial<PollPlan> = {}): PollPlan => ({
  intervalSeconds: 900,
  mode: 'routine',
  failures: 0,
  unchanged: 0,
  serverAsksSeconds: null,
  ...change,
});

describe('when a source is asked again (domain R1, R4)', () => {
  it('keeps its interval while all is well', () => expect(nextPollSeconds(plan())).toBe(900));

  it('shortens it in an emergency', () => expect(nextPollSeconds(plan({ mode: 'emergency' }))).toBe(60));

  it('asks a failing source less and less, and never gives it up', () => {
    const waits = [1, 2, 3, 50].map((failures) => nextPollSeconds(plan({ failures })));
    expect(waits).toEqual([1_800, 3_600, 7_200, 21_600]);
  });

  it('does what the server asks, up to a day', () => {
    expect(nextPollSeconds(plan({ serverAsksSeconds: 3_000 }))).toBe(3_000);
    expect(nextPollSeconds(plan({ failures: 1, serverAsksSeconds: 9e9 }))).toBe(86_400);
  });

  it('slows a quiet source down, but not in an emergency', () => {
    expect(nextPollSeconds(plan({ unchanged: 12 }))).toBe(3_600);
    expect(nextPollSeconds(plan({ unchanged: 12, mode: 'emergency' }))).toBe(60);
  });
});
