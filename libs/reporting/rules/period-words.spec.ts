import { describe, expect, it } from '@jest/globals';
import { dayPeriod, monthPeriod, quarterPeriod, spanPeriod, weekPeriod } from './period.js';
import { periodWords, serialOf } from './period-words.js';

describe('a period on paper', () => {
  it.each([
    [dayPeriod('2026-11-20'), '2026-11-20', '舆情日报〔2026〕第324期'],
    [dayPeriod('2024-12-31'), '2024-12-31', '舆情日报〔2024〕第366期'],
    [weekPeriod('2026-11-20'), '2026-11-16 至 2026-11-22', '舆情日报〔2026〕第47期'],
    // The week of Monday 29 December 2025 holds the first Thursday of 2026.
    [weekPeriod('2026-01-01'), '2025-12-29 至 2026-01-04', '舆情日报〔2026〕第1期'],
    [weekPeriod('2027-01-01'), '2026-12-28 至 2027-01-03', '舆情日报〔2026〕第53期'],
    [monthPeriod('2026-02'), '2026年2月', '舆情日报〔2026〕第2期'],
    [quarterPeriod('2026Q4'), '2026年第四季度', '舆情日报〔2026〕第四季度'],
    [spanPeriod('2026-10-01', '2026-11-27'), '2026-10-01 至 2026-11-27', '舆情日报 2026-10-01 至 2026-11-27'],
  ])('%j', (period, words, serial) => {
    expect([periodWords(period), serialOf('舆情日报', period)]).toEqual([words, serial]);
  });
});
