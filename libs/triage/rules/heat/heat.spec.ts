import { describe, expect, it } from '@jest/globals';
import { addCounters, parseCounter } from './counters.js';
import { growthFactor, watchGrowth } from './growth.js';
import { type HeatFacts, type HeatPolicy, scoreHeat } from './score.js';

const policy: HeatPolicy = {
  components: {
    mediaRank: { weight: 30, ranks: { individual: 0, local: 0.5, central: 1 } },
    volume: { weight: 20, zero: 20, half: 200, full: 2000 },
    reads: { weight: 15, zero: 10_000, half: 1_000_000, full: 10_000_000 },
    interaction: { weight: 15, zero: 50, half: 2000, full: 20_000 },
    growth: { weight: 10, zero: 1.5, half: 4, full: 10 },
    hotSearch: { weight: 5, shares: { none: 0, city: 0.5, national: 1 } },
    offline: { weight: 5, shares: { none: 0, calledFor: 0.5, happening: 1 } },
  },
  levels: { I: 75, II: 55, III: 30 },
  minKnownWeight: 60,
  floors: { spreadItems: 200 },
  growth: { meanHours: 6, minMeanPerHour: 1 },
  alarm: { windowHours: 2, items: 20, growthFactor: 4, growthItems: 10, rearmShare: 0.5 },
};

const exactly = (value: number) => ({ value, exact: true });
const quiet: HeatFacts = {
  category: 'C3',
  grade: 'none',
  ranks: ['individual'],
  items: 1,
  reads: exactly(0),
  interaction: exactly(0),
  growth: 0,
  hotSearch: 'none',
  offline: 'none',
};
const heat = (facts: Partial<HeatFacts>) => scoreHeat({ ...quiet, ...facts }, policy);
const pointsOf = (facts: Partial<HeatFacts>) =>
  Object.fromEntries(heat(facts).components.map(({ name, points }) => [name, points]));

describe('heat of an incident (domain 4.5)', () => {
  it('gives none, half and all of each weight at the three points of the table', () => {
    const half = {
      ranks: ['local'],
      items: 200,
      reads: exactly(1_000_000),
      interaction: exactly(2000),
      growth: 4,
      hotSearch: 'city',
      offline: 'calledFor',
    } as const;
    const full = {
      ranks: ['central'],
      items: 2000,
      reads: exactly(10_000_000),
      interaction: exactly(20_000),
      growth: 10,
      hotSearch: 'national',
      offline: 'happening',
    } as const;
    expect(heat({})).toMatchObject({ score: 0, level: 'IV' });
    expect(pointsOf(half)).toEqual({
      mediaRank: 15,
      volume: 10,
      reads: 7.5,
      interaction: 7.5,
      growth: 5,
      hotSearch: 2.5,
      offline: 2.5,
    });
    expect(heat(half)).toMatchObject({ score: 50, level: 'III' });
    expect(heat(full)).toMatchObject({ score: 100, level: 'I' });
  });

  it('rises by steps of the logarithm and never falls', () => {
    const scores = [19, 20, 60, 199, 200, 700, 1999, 2000, 1e6].map((items) => pointsOf({ items }).volume as number);
    expect(scores[0]).toBe(0);
    expect(scores.at(-1)).toBe(20);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
  });

  it('takes unknown counts as unknown: shown as such, scaled over, and the range says what they could mean', () => {
    const unknown = heat({ ranks: ['local'], items: 200, reads: null, interaction: null });
    expect(unknown.components.filter(({ points }) => points === null).map(({ name }) => name)).toEqual([
      'reads',
      'interaction',
    ]);
    expect(unknown).toMatchObject({ score: 35.7, range: { min: 25, max: 55 }, level: 'III' });
    expect(heat({ ranks: ['local'], items: 200 })).toMatchObject({
      score: 25,
      range: { min: 25, max: 25 },
      level: 'IV',
    });
  });

  it('does not scale up when little is known', () => {
    const little = heat({
      ranks: ['local'],
      reads: null,
      interaction: null,
      growth: null,
      hotSearch: null,
      offline: null,
    });
    expect(little).toMatchObject({ score: 15, range: { min: 15, max: 65 } });
  });

  it('marks rounded counters as lower bounds', () => {
    const rounded = heat({ reads: parseCounter('10w+') }).components.find(({ name }) => name === 'reads');
    expect(rounded).toMatchObject({ value: 100_000, atLeast: true });
  });

  it.each([
    [{ category: 'C5', grade: 'II' }, 'II', 'graveEmergency'],
    [{ category: 'C6', items: 200 }, 'III', 'widelySpread'],
    [{ category: 'C7', items: 200 }, 'III', 'widelySpread'],
    [{ ranks: ['individual', 'central'] }, 'II', 'centralMedia'],
    [{ offline: 'happening' }, 'II', 'gathering'],
  ] as const)('has a floor for %j', (facts, level, why) => {
    const result = heat(facts);
    expect(result.level).toBe(level);
    expect(result.floors).toEqual([{ level, why }]);
  });

  it('has no floor for a suspected rumour, a small spread or a lesser emergency, and never lowers a level', () => {
    for (const facts of [
      { category: 'C7-suspected', items: 250 },
      { category: 'C6', items: 199 },
      { category: 'C5', grade: 'III' },
    ] as const)
      expect(heat(facts).floors).toEqual([]);
  });
});

describe('growth', () => {
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const every = (minutes: number, count: number, start = 0) =>
    Array.from({ length: count }, (_, i) => start + i * minutes * MINUTE);
  const alarms = (times: number[]) =>
    watchGrowth({ times, fresh: times, hot: false }, policy.growth, policy.alarm).alarms;

  it('compares the last hour with the mean of the six before', () => {
    const times = [...every(30, 12), ...every(6, 10, 6 * HOUR + MINUTE)];
    expect(growthFactor(times, 7 * HOUR, policy.growth)).toBeCloseTo(10 / (11 / 6), 5);
    expect(growthFactor([], 0, policy.growth)).toBe(0);
  });

  it('raises one hot spot for thirty messages on one matter in two hours', () => {
    expect(alarms(every(4, 30))).toHaveLength(1);
    expect(alarms(every(4, 300))).toHaveLength(1);
  });

  it('raises none for thirty messages on thirty matters, nor for a steady trickle', () => {
    expect(every(4, 30).flatMap((time) => alarms([time]))).toEqual([]);
    expect(alarms(every(15, 500))).toEqual([]);
  });

  it('raises the next only after the first has passed', () => {
    expect(alarms([...every(4, 30), ...every(4, 30, 24 * HOUR)])).toHaveLength(2);
  });

  it('raises one early for a sudden hour', () => {
    expect(alarms(every(5, 12))).toMatchObject([{ why: 'growth', count: 10, at: 45 * MINUTE }]);
  });
});

describe('counters of sites', () => {
  it.each([
    ['1,234', 1234, true],
    ['0', 0, true],
    ['1.2万', 12_000, false],
    ['10w+', 100_000, false],
    ['999+', 999, false],
    ['十万+', 100_000, false],
    ['３．５亿', 350_000_000, false],
    ['2.5k', 2500, false],
    ['8千万次', 80_000_000, false],
  ])('reads %s', (text, value, exact) => expect(parseCounter(text)).toEqual({ value, exact }));

  it.each(['', '-', '赞', '万', 'NaN', '1.2.3万'])('takes %j as unknown', (text) =>
    expect(parseCounter(text)).toBeNull(),
  );

  it('adds what is known, as a lower bound when something is not', () => {
    expect(addCounters([exactly(3), exactly(4)])).toEqual(exactly(7));
    expect(addCounters([exactly(3), null])).toEqual({ value: 3, exact: false });
    expect(addCounters([null, null])).toBeNull();
  });
});
