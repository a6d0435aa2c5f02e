import { describe, expect, it } from '@jest/globals';
import { type HotlineCounts, hotlineRates } from './hotline-rates.js';
import { percentageChange, ratio, shares } from './ratio.js';
import { type ReportedIncident, responseRates } from './response-rates.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const HEZE_TYPES = { 求助: 401_069, 咨询: 158_019, 举报: 62_635, 投诉: 49_557, 建议: 6_631, 感谢: 464, 其他: 38_160 };

const NO_COUNTS: HotlineCounts = {
  callsIntoQueue: null,
  answeredCalls: null,
  accepted: null,
  answeredDirectly: null,
  dispatched: null,
  signDue: null,
  signLate: null,
  closeDue: null,
  closeLate: null,
  contactedInTime: null,
  validCallbacks: null,
  solved: null,
  unstated: null,
  satisfied: null,
  returned: null,
  returnsUpheld: null,
  redone: null,
  extended: null,
  repeated: null,
};
const hotline = (counts: Partial<HotlineCounts>, countUnstated = false) =>
  hotlineRates({ ...NO_COUNTS, ...counts }, { countUnstated });

describe('ratios', () => {
  it('K-01: shares of the Heze hotline by type, of their own sum', () => {
    expect(shares(HEZE_TYPES)).toEqual({
      total: 716_535,
      pct: { 求助: '55.97', 咨询: '22.05', 举报: '8.74', 投诉: '6.92', 建议: '0.93', 感谢: '0.06', 其他: '5.33' },
    });
  });

  it('K-02: the same by channel', () => {
    const channels = {
      phone: 684_175,
      wechat: 24_003,
      sms: 5_333,
      site: 1_034,
      weibo: 753,
      mailbox: 566,
      daily: 420,
      transfer: 251,
    };
    const { total, pct } = shares(channels);
    expect(total).toBe(716_535);
    expect(Object.values(pct)).toEqual(['95.48', '3.35', '0.74', '0.14', '0.11', '0.08', '0.06', '0.04']);
  });

  it('K-03: a ratio carries its denominator, so that 20.40 and 20.36 can’t be mixed up', () => {
    expect(ratio(145_912, 715_174)).toEqual({ n: 145_912, d: 715_174, pct: '20.40' });
    expect(ratio(145_912, 716_535)).toEqual({ n: 145_912, d: 716_535, pct: '20.36' });
  });

  it('K-04: the change is computed from the totals, not copied', () => {
    expect(percentageChange(716_535, 777_733)).toBe('-7.87');
    expect(percentageChange(5, 0)).toBe('—');
  });

  it('K-05, K-06: on time of all, answered of received', () => {
    expect(hotline({ closeDue: 839, closeLate: 47 }).closedInTime).toEqual({ n: 792, d: 839, pct: '94.40' });
    expect(ratio(3_055, 3_059).pct).toBe('99.87');
  });

  it('rounds half up in whole numbers and answers a dash for nothing due', () => {
    expect([ratio(1, 800).pct, ratio(57, 20_000).pct, ratio(1, 3).pct, ratio(1, 1).pct]).toEqual([
      '0.13',
      '0.29',
      '33.33',
      '100.00',
    ]);
    expect(ratio(0, 0)).toEqual({ n: 0, d: 0, pct: '—' });
    expect(() => ratio(-1, 3)).toThrow(RangeError);
  });
});

describe('hotline rates', () => {
  it('K-07: signing and closing have different denominators', () => {
    const rates = hotline({ signDue: 7, signLate: 1, closeDue: 6, closeLate: 1 });
    expect(rates.signedInTime?.pct).toBe('85.71');
    expect(rates.closedInTime?.pct).toBe('83.33');
  });

  it('counts callers who did not say as the city’s rule demands, and knows nothing of what it was not told', () => {
    const counts = { validCallbacks: 640, solved: 512, unstated: 40 };
    expect(hotline(counts).solved).toEqual({ n: 512, d: 600, pct: '85.33' });
    expect(hotline(counts, true).solved).toEqual({ n: 512, d: 640, pct: '80.00' });
    expect(hotline(counts).answered).toBeNull();
  });
});

describe('K-08: ten incidents', () => {
  const limits = { targetMs: 3 * HOUR, releaseMs: 5 * HOUR, conferenceMs: 24 * HOUR, responseMs: 48 * HOUR };
  const fast = (id: string, release: number, conference: number): ReportedIncident => ({
    id,
    class: 'fast',
    startedAt: 0,
    firstReleaseAt: release,
    conferenceAt: conference,
  });
  const other = (id: string, release: number | null, startedAt = 0): ReportedIncident => ({
    id,
    class: 'other',
    startedAt,
    firstReleaseAt: release,
    conferenceAt: null,
  });
  const now = 100 * HOUR;
  const incidents = [
    fast('A', 2 * HOUR + 50 * MINUTE, 20 * HOUR),
    fast('B', 4 * HOUR + 30 * MINUTE, 23 * HOUR + 59 * MINUTE),
    fast('C', 5 * HOUR, 24 * HOUR),
    fast('D', 5 * HOUR + SECOND, 30 * HOUR),
    other('E', 10 * HOUR),
    other('F', 47 * HOUR + 59 * MINUTE),
    other('G', 48 * HOUR),
    other('H', 50 * HOUR),
    other('I', null),
    other('J', null, 80 * HOUR),
  ];

  it('leaves out what is not due, counts the overdue, and lists the rows behind each number', () => {
    const rates = responseRates(incidents, limits, now);
    expect(rates.responded).toEqual({ n: 8, d: 9, pct: '88.89' });
    expect(rates.onTime).toEqual({ n: 6, d: 9, pct: '66.67' });
    expect(rates.targetMet).toEqual({ n: 1, d: 4, pct: '25.00' });
    expect(rates.conferenceOnTime).toEqual({ n: 3, d: 4, pct: '75.00' });
    expect(rates.onTimeIds.join('')).toBe('ABCEFG');
    expect(rates.countedIds.join('')).toBe('ABCDEFGHI');
  });

  it('gives median and nearest-rank P90 of the first response', () => {
    const { median: middle, p90 } = responseRates(incidents, limits, now).firstResponseMs;
    expect(middle).toBe(7 * HOUR + 30 * MINUTE + 500);
    expect(p90).toBe(50 * HOUR);
  });

  it('decides a fast incident only when its conference is decided, unless its release was late already', () => {
    const open = { ...fast('K', 4 * HOUR, 0), conferenceAt: null };
    expect(responseRates([open], limits, 10 * HOUR)).toMatchObject({
      responded: { d: 1 },
      onTime: { n: 0, d: 0, pct: '—' },
    });
    expect(responseRates([{ ...open, firstReleaseAt: 6 * HOUR }], limits, 10 * HOUR).onTime).toMatchObject({
      n: 0,
      d: 1,
    });
    expect(responseRates([open], limits, 24 * HOUR).conferenceOnTime.d).toBe(0);
    expect(responseRates([open], limits, 24 * HOUR + 1).conferenceOnTime).toMatchObject({ n: 0, d: 1 });
  });
});
