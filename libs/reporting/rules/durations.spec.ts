import { describe, expect, it } from '@jest/globals';
import { conductRates, lateMs } from './conduct-rates.js';
import { median, percentile, summariseDurations } from './durations.js';
import { responseTimes } from './response-rates.js';

const HOUR = 3_600_000;

describe('durations and conduct', () => {
  it('takes nearest ranks that occurred, and nothing of nothing', () => {
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90)).toBe(9);
    expect(median([3, 1, 2])).toBe(2);
    expect(summariseDurations([])).toEqual({ count: 0, median: null, p90: null, max: null });
  });

  it('counts the first response from the event and from the detection', () => {
    const rows = [
      { eventOccurredAt: 0, detectedAt: 40 * HOUR, firstReleaseAt: 41 * HOUR },
      { eventOccurredAt: null, detectedAt: 0, firstReleaseAt: 3 * HOUR },
    ];
    const { legalMs, assessmentMs } = responseTimes(rows);
    expect(legalMs).toMatchObject({ count: 1, max: 41 * HOUR });
    expect(assessmentMs).toMatchObject({ count: 2, median: 2 * HOUR });
  });

  it('rates returns, corrections, continued release, re-opening and missed events', () => {
    const rates = conductRates({
      dispatched: 148,
      returned: 13,
      returnsUpheld: 8,
      releases: 57,
      correctionDelaysMs: [5_400_000, 12_601_000],
      intervalsDue: 31,
      intervalsKept: 29,
      clarificationDelaysMs: [],
      closed: 3,
      reopened: 1,
      knownEvents: 40,
      missedEvents: 1,
    });
    expect([
      rates.returned.pct,
      rates.returnsUpheld.pct,
      rates.corrected.pct,
      rates.intervalsKept.pct,
      rates.reopened.pct,
      rates.missed.pct,
    ]).toEqual(['8.78', '61.54', '3.51', '93.55', '33.33', '2.50']);
    expect(rates.correctionMs).toMatchObject({ median: 9_000_500, max: 12_601_000 });
    expect([lateMs(10, 10, 99), lateMs(10, 15, 99), lateMs(10, null, 99)]).toEqual([0, 5, 89]);
  });
});
