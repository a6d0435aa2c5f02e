import { expect, test } from '@jest/globals';
import { evaluateEffect } from './effect-evaluation.js';
import type { EffectFacts, EffectWeights } from './effect-facts.js';

const weights: EffectWeights = {
  version: 'test',
  time: {
    fast: [
      { withinHours: 3, points: 30 },
      { withinHours: 5, points: 24 },
    ],
    other: [
      { withinHours: 24, points: 30 },
      { withinHours: 48, points: 24 },
    ],
  },
  content: { element: 5, claims: 10 },
  procedure: { review: 4, firstReport: 4, wording: 3, topLeader: 4 },
  effect: { volume: 10, doubt: 5, noSecondWave: 5 },
  feedback: { verification: 3, handling: 3, rectified: 4 },
  secondWaveShare: 0.8,
  grounds: {
    报告不及时: ['firstReportLate'],
    回应不妥当: ['elementMissing'],
    处置不得力: ['publicLimitMissed', 'secondWave'],
  },
};
const at = (hour: number): Date => new Date(Date.parse('2026-11-20T00:00:00Z') + hour * 3_600_000);
const good: EffectFacts = {
  fast: true,
  firstReleaseHours: 2.5,
  elements: { cause: 'filled', solution: 'filled', constraints: 'notApplicable' },
  claims: { total: 4, answered: 4 },
  claimTimes: [],
  gatesByThree: true,
  firstReport: 'onTime',
  severalBodies: false,
  wordingAgreed: false,
  figuresDiffer: false,
  corrected: false,
  topLeaderSpoke: true,
  verification: 'onTime',
  handling: 'onTime',
  rectified: true,
  publicLimitMissed: false,
  items: [0, 0.2, 0.4, 0.6, 1].map((hour) => ({ at: at(hour), doubting: hour === 0 })),
  statements: [{ id: 's', publishedAt: at(2) }],
  asOf: at(72),
};
const score = (change: Partial<EffectFacts>) => evaluateEffect({ ...good, ...change }, weights).score;
const points = (change: Partial<EffectFacts>, item: string) =>
  evaluateEffect({ ...good, ...change }, weights).lines.find((line) => line.item === item)!.points;

test('R39 a case that was handled as the documents ask scores 100, and no ground is proposed', () => {
  expect(evaluateEffect(good, weights)).toMatchObject({ score: 100, proposedGrounds: [], missingElements: [] });
});

test('time: 3 h, 5 h and later in a fast case; no release scores nothing', () => {
  expect(points({ firstReleaseHours: 3 }, 'firstRelease')).toBe(30);
  expect(points({ firstReleaseHours: 3.001 }, 'firstRelease')).toBe(24);
  expect(points({ firstReleaseHours: 6 }, 'firstRelease')).toBe(0);
  expect(points({ firstReleaseHours: null }, 'firstRelease')).toBe(0);
  expect(points({ fast: false, firstReleaseHours: 48 }, 'firstRelease')).toBe(24);
});

test('R16 a missing element costs its points and is counted; open claims cost their share', () => {
  const elements = { ...good.elements, cause: 'missing' as const };
  expect(evaluateEffect({ ...good, elements }, weights)).toMatchObject({
    score: 95,
    missingElements: ['cause'],
    proposedGrounds: [{ ground: '回应不妥当', signs: ['elementMissing'] }],
  });
  expect(score({ claims: { total: 4, answered: 1 } })).toBe(92.5);
});

test('half-life and doubt are told before and after each statement', () => {
  const items = [
    ...good.items,
    { at: at(3), doubting: true },
    { at: at(6), doubting: false },
    { at: at(10), doubting: false },
  ];
  expect(evaluateEffect({ ...good, items }, weights).statements[0]).toMatchObject({
    itemsBefore: 5,
    itemsAfter: 3,
    halfLifeBeforeHours: 1.6,
    halfLifeAfterHours: 4,
    doubtBefore: 0.2,
    doubtAfter: 0.333,
  });
});

test('what is asked again after a statement is counted, within 48 h on either side', () => {
  const claimTimes = [[at(1), at(3)], [at(1)], [at(3)], [at(1), at(51)]];
  expect(evaluateEffect({ ...good, claimTimes }, weights).statements[0]).toMatchObject({
    claimsBefore: 3,
    claimsRepeated: 1,
  });
});

test('a second wave costs its points and speaks for 处置不得力', () => {
  const wave = [20, 20.1, 20.2, 20.3, 20.4].map((hour) => ({ at: at(hour), doubting: false }));
  const result = evaluateEffect({ ...good, items: [...good.items, ...wave] }, weights);
  expect([result.secondWave, result.proposedGrounds.map(({ ground }) => ground)]).toEqual([true, ['处置不得力']]);
});

test('without items or statements nothing is divided by nothing', () => {
  const empty = evaluateEffect({ ...good, items: [], statements: [], firstReleaseHours: null }, weights);
  expect(Number.isFinite(empty.score)).toBe(true);
});
