import { describe, expect, it } from '@jest/globals';
import { differences } from './differences.js';
import { byRequestType, type HotlineGroup, hotlineFigures } from './hotline-words.js';
import { laggards, lowestQuartile } from './laggards.js';
import { dayPeriod, monthPeriod, previousPeriod, quarterOf, quarterPeriod, requireBegun, spanPeriod, weekPeriod } from './period.js'; // prettier-ignore
import { ratio } from './ratio.js';
import { responseRates } from './response-rates.js';
import { csvLine, plainCell } from './table-cells.js';
import { clockColour, savingAct, urgency } from './urgency.js';

const at = (text: string) => Date.parse(`${text}+08:00`);

describe('periods', () => {
  it('hold whole days of Asia/Shanghai, the end excluded', () => {
    expect(quarterPeriod('2026Q4')).toEqual({ kind: 'quarter', name: '2026Q4', from: at('2026-10-01T00:00'), to: at('2027-01-01T00:00') }); // prettier-ignore
    expect(weekPeriod('2026-11-22')).toMatchObject({ name: '2026-11-16', to: at('2026-11-23T00:00') });
    expect(spanPeriod('2026-11-01', '2026-11-30').to).toBe(at('2026-12-01T00:00'));
    expect(quarterOf(at('2026-09-30T23:59'))).toBe('2026Q3');
    expect(quarterOf(at('2026-10-01T00:00'))).toBe('2026Q4');
  });

  it('know the one before, over the turn of the year and of February', () => {
    const before = (period: Parameters<typeof previousPeriod>[0]) => previousPeriod(period).name;
    expect(before(quarterPeriod('2026Q1'))).toBe('2025Q4');
    expect(before(monthPeriod('2026-01'))).toBe('2025-12');
    expect(before(dayPeriod('2028-03-01'))).toBe('2028-02-29');
    expect(before(weekPeriod('2026-01-01'))).toBe('2025-12-22');
    expect(before(spanPeriod('2026-11-11', '2026-11-20'))).toBe('2026-11-01/2026-11-10');
  });

  it('are refused before they begin, and reversed', () => {
    expect(() => requireBegun(dayPeriod('2026-11-27'), at('2026-11-26T23:59'))).toThrow('not begun');
    expect(requireBegun(dayPeriod('2026-11-27'), at('2026-11-27T00:00')).name).toBe('2026-11-27');
    expect(() => spanPeriod('2026-11-02', '2026-11-01')).toThrow('before it begins');
  });
});

describe('cells', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=x', ' =1', '＝1', '\n=1', '\u200b=1', '\u0000@x', '-1%+1'])(
    'makes %j plain',
    (text) => {
      expect(plainCell(text)).toBe(`'${text}`);
    },
  );

  it('leaves numbers and titles alone, and quotes what a line needs quoted', () => {
    expect([plainCell(-5), plainCell('停水-两天'), plainCell(null)]).toEqual(['-5', '停水-两天', '']);
    expect(plainCell('-37.50%')).toBe('-37.50%');
    expect(csvLine(['a,b', '说"停"', '两\n行', null, 3])).toBe('"a,b","说""停""","两\n行",,3\r\n');
  });
});

describe('laggards', () => {
  const rows = (...rates: [string, number, number][]) => rates.map(([id, n, d]) => ({ id, rate: ratio(n, d) }));

  it('are in the lowest quartile two quarters running', () => {
    const now = rows(['a', 1, 2], ['b', 3, 4], ['c', 4, 4], ['d', 4, 4], ['e', 0, 0]);
    expect(lowestQuartile(now)).toEqual(['a']);
    expect(laggards(now, rows(['a', 0, 3], ['b', 2, 2], ['c', 2, 2], ['d', 2, 2]))).toEqual(['a']);
    expect(laggards(now, rows(['a', 3, 3], ['b', 0, 2], ['c', 2, 2], ['d', 2, 2]))).toEqual([]);
  });

  it('tie at equal shares, and are nobody where all are equal or too few are ranked', () => {
    expect(lowestQuartile(rows(['a', 1, 3], ['b', 2, 6], ['c', 1, 1], ['d', 1, 1]))).toEqual(['a', 'b']);
    expect(lowestQuartile(rows(['a', 1, 2], ['b', 2, 4], ['c', 3, 6], ['d', 4, 8]))).toEqual([]);
    expect(lowestQuartile(rows(['a', 0, 1], ['b', 1, 1], ['c', 1, 1]))).toEqual([]);
  });
});

describe('a quarter under several packs', () => {
  const HOUR = 3_600_000;
  const limits = { targetMs: null, releaseMs: 5 * HOUR, conferenceMs: null, responseMs: null };
  const fast = { id: 'A', class: 'fast' as const, startedAt: 0, firstReleaseAt: 4 * HOUR, conferenceAt: null };

  it('judges each incident by what its own pack asks: no conference asked, none missed', () => {
    const rates = responseRates([{ ...fast, limits }], (incident) => incident.limits, 100 * HOUR);
    expect(rates).toMatchObject({ onTime: { n: 1, d: 1 }, conferenceOnTime: { d: 0, pct: '—' }, targetMet: { d: 0 } });
  });

  it('keeps a breach that stood before an upgrade', () => {
    const rates = responseRates([{ ...fast, breachStands: true }], limits, 100 * HOUR);
    expect(rates).toMatchObject({ responded: { n: 1, d: 1 }, onTime: { n: 0, d: 1 } });
  });
});

describe('boards', () => {
  it('colour a clock by the share that is used, and an upgrade apart', () => {
    const clock = { state: 'armed', startedAt: 0, dueAt: 100 };
    expect([clockColour(clock, 79), clockColour(clock, 80), clockColour(clock, 100), clockColour(clock, 101)]).toEqual(['green', 'yellow', 'yellow', 'red']); // prettier-ignore
    expect(clockColour({ ...clock, state: 'overdueAtUpgrade' }, 101)).toBe('purple');
  });

  it('weigh grade, force and load against the minutes left, and name the act that saves', () => {
    expect(urgency({ grade: 'I', force: 'limit', load: 3, minutesLeft: 12 })).toBe(2);
    expect(urgency({ grade: 'none', force: 'target', load: 0, minutesLeft: 0 })).toBe(1);
    expect([savingAct('signFor', null).act, savingAct('firstRelease', null).act, savingAct('publicResponse', 'approved').act]).toEqual(['assignment.acknowledge', 'statement.draft', 'statement.publish']); // prettier-ignore
  });
});

describe('hotline', () => {
  const group = (given: Partial<HotlineGroup>): HotlineGroup => ({ requestType: null, satisfaction: null, solved: null, orders: 1, closed: 0, closeDue: 0, closeLate: 0, returned: 0, ...given }); // prettier-ignore

  it('counts callers who did not say in no denominator', () => {
    const figures = hotlineFigures([
      group({ satisfaction: '非常满意', orders: 5 }),
      group({ satisfaction: '基本满意', orders: 3 }),
      group({ satisfaction: '不满意', orders: 2 }),
      group({ satisfaction: '未表态', orders: 90 }),
    ]);
    expect([figures.satisfied, figures.solved.pct]).toEqual([{ n: 8, d: 10, pct: '80.00' }, '—']);
  });

  it('K-01: shares of the types have their sum as denominator', () => {
    const orders = { 求助: 401_069, 咨询: 158_019, 举报: 62_635, 投诉: 49_557, 建议: 6_631, 感谢: 464, 其他: 38_160 };
    const types = byRequestType(Object.entries(orders).map(([requestType, n]) => group({ requestType, orders: n })));
    expect(types[0]).toEqual({ type: '求助', share: { n: 401_069, d: 716_535, pct: '55.97' } });
    expect(types.map(({ share }) => share.pct).join(' ')).toBe('55.97 22.05 8.74 6.92 5.33 0.93 0.06');
  });
});

describe('a frozen report', () => {
  it('differs leaf by leaf, and what is missing is null', () => {
    expect(differences({ a: [1, { n: 2 }] }, { a: [1, { n: 3 }], b: 1 }, 10)).toEqual([
      { place: '/a/1/n', frozen: 2, now: 3 },
      { place: '/b', frozen: null, now: 1 },
    ]);
    expect(differences({ a: 1, b: 2 }, { a: 2, b: 3 }, 1)).toHaveLength(1);
    expect(differences({ a: [] }, { a: [] }, 10)).toEqual([]);
  });
});
