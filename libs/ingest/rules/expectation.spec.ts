import { describe, expect, it } from '@jest/globals';
import { expectationsOf, expectedIn, type HourCount, judgeSilence, logChanceOfNothing } from './expectation.js';

const HOUR_MS = 3_600_000;
const POLICY = { minimumItems: 20, minimumHours: 48, silenceProbability: 0.001 };
/** 00:00 in Asia/Shanghai. */
const START = new Date('2026-10-01T16:00:00Z');
const at = (hours: number) => new Date(START.getTime() + hours * HOUR_MS);

/** Six items an hour from 08:00 to 20:00, nothing at night, for so many days. */
const workdays = (days: number): HourCount[] =>
  Array.from({ length: days * 24 }, (_, hour) => ({ hour: at(hour), items: hour % 24 >= 8 && hour % 24 < 20 ? 6 : 0 }));
const history = (days: number) => expectationsOf(workdays(days), { from: at(0), to: at(days * 24) });

describe('what a source is expected to bring', () => {
  it('follows the hours of its own past', () => {
    const { of } = history(14);
    expect([of(at(14 * 24 + 10)).mean, of(at(14 * 24 + 3)).mean]).toEqual([6, 0]);
    expect(expectedIn(of, at(14 * 24 + 19), at(14 * 24 + 22))).toBe(6);
  });

  it('is silent after an hour and a half of a working day, not after a night (domain R1)', () => {
    const judge = (since: number, now: number) =>
      judgeSilence(history(14), { since: at(14 * 24 + since), now: at(14 * 24 + now) }, POLICY).kind;
    expect(judge(10, 11)).toBe('normal');
    expect(judge(10, 11.5)).toBe('silent');
    expect(judge(-4, 8)).toBe('normal');
    expect(judge(-4, 9.5)).toBe('silent');
  });

  it('says nothing of a source whose past is short or thin', () => {
    expect(judgeSilence(history(1), { since: at(24), now: at(48) }, POLICY)).toEqual({ kind: 'unknown' });
    const thin = expectationsOf([{ hour: at(0), items: 3 }], { from: at(0), to: at(500) });
    expect(judgeSilence(thin, { since: at(500), now: at(900) }, POLICY)).toEqual({ kind: 'unknown' });
  });

  it('waits longer where the past came in bursts', () => {
    const steady = logChanceOfNothing({ mean: 4, variance: 4 });
    expect(logChanceOfNothing({ mean: 4, variance: 40 })).toBeGreaterThan(steady);
    expect(steady).toBe(-4);
  });

  it('does not learn silence from a recorded gap', () => {
    const counts = workdays(14).filter(({ hour }) => hour < at(7 * 24));
    const isKnown = (hour: Date) => hour < at(7 * 24);
    const told = expectationsOf(counts, { from: at(0), to: at(14 * 24), isKnown });
    expect(told.of(at(14 * 24 + 10)).mean).toBe(6);
  });
});
