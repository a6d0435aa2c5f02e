import { describe, expect, it } from '@jest/globals';
import { loadGradingTables } from '../../grading-tables.js';
import { extractFigures } from '../figures/extract-figures.js';
import { factsFromFigures } from './facts-from-figures.js';
import type { GradeFacts } from './grade-model.js';
import { proposeGrade } from './propose-grade.js';

const tables = loadGradingTables('config');
const NANTONG = '320600';

const grade = (facts: Partial<GradeFacts>, jurisdiction: string | null = NANTONG) =>
  proposeGrade({ facts: { eventTypes: ['production'], ...facts }, tables, jurisdiction });

describe('S-04 boundaries of production accidents (493号 Art.3)', () => {
  it.each([
    [
      'deaths',
      [
        [1, 'IV'],
        [2, 'IV'],
        [3, 'III'],
        [9, 'III'],
        [10, 'II'],
        [29, 'II'],
        [30, 'I'],
      ],
    ],
    [
      'seriousInjured',
      [
        [1, 'IV'],
        [9, 'IV'],
        [10, 'III'],
        [49, 'III'],
        [50, 'II'],
        [99, 'II'],
        [100, 'I'],
      ],
    ],
    [
      'lossWan',
      [
        [0.01, 'IV'],
        [999.99, 'IV'],
        [1000, 'III'],
        [4999.99, 'III'],
        [5000, 'II'],
        [9999.99, 'II'],
        [10_000, 'I'],
      ],
    ],
  ] as const)('%s', (name, steps) => {
    expect(steps.map(([value]) => grade({ [name]: value }).confirmed)).toEqual(steps.map(([, value]) => value));
  });

  it('is none for nobody hurt and unknown without any figure', () => {
    expect(grade({ deaths: 0 })).toMatchObject({ proposal: 'none', reason: 'noNationalRow' });
    expect(grade({})).toMatchObject({ proposal: 'unknown', reason: 'noFigures', matched: [] });
  });
});

describe('highest row over all types', () => {
  it.each<[string, Partial<GradeFacts>, string, string]>([
    [
      'S-07 loss 2 000 with pollution',
      { eventTypes: ['production', 'environment'], lossWan: 2000 },
      'II',
      'environment',
    ],
    ['S-08 the same loss in a fire', { eventTypes: ['fire'], lossWan: 2000, deaths: 0 }, 'III', 'production'],
    ['S-09 occupational poisoning, 5 dead', { eventTypes: ['occupational_poisoning'], deaths: 5 }, 'II', 'health2006'],
    [
      '100 poisoned at work count as serious injuries',
      { eventTypes: ['occupational_poisoning'], ill: 100 },
      'I',
      'production',
    ],
    [
      'S-10 armed fight of 210',
      { eventTypes: ['armed_fight', 'mass_incident'], crowd: 210, deaths: 0 },
      'II',
      'society2006',
    ],
    ['5 dead in a clash', { eventTypes: ['mass_incident'], deaths: 5 }, 'II', 'society2006'],
    ['S-11 35 ill', { eventTypes: ['food_poisoning'], ill: 35, deaths: 0 }, 'IV', 'food'],
    ['S-11 120 ill', { eventTypes: ['food_poisoning'], ill: 120, deaths: 0 }, 'III', 'food'],
    ['S-11 120 ill and a death', { eventTypes: ['food_poisoning'], ill: 120, deaths: 1 }, 'II', 'food'],
    [
      'S-11 6 ill in a kindergarten',
      { eventTypes: ['food_poisoning'], ill: 6, deaths: 0, school: true },
      'III',
      'food',
    ],
    ['exactly 100 ill, for a person to see', { eventTypes: ['food_poisoning'], ill: 100, deaths: 0 }, 'IV', 'food'],
  ])('%s', (_name, facts, expected, table) => {
    expect(grade(facts)).toMatchObject({ confirmed: expected, proposal: expected, provisional: false });
    expect(grade(facts).matched[0]).toMatchObject({ table, grade: expected, basis: 'confirmed' });
  });

  it('S-10b has no national row below 1 000', () => {
    expect(grade({ eventTypes: ['mass_incident'], crowd: 900, deaths: 0, injured: 0 })).toMatchObject({
      proposal: 'none',
      reason: 'noNationalRow',
    });
  });

  it('uses the food plan of Jiangsu in Jiangsu only; practice of another place needs a look', () => {
    const facts = { eventTypes: ['food_poisoning'], ill: 6, deaths: 0, school: true };
    expect(grade(facts, '371700').proposal).toBe('none');
    expect(grade({ eventTypes: ['food_poisoning'], ill: 40, deaths: 0 }, '371700')).toMatchObject({
      proposal: 'IV',
      review: true,
    });
    expect(grade({ ...facts, ill: 100, school: false }).review).toBe(true);
  });

  it('measures an event of an unknown type as an accident, for a person to see', () => {
    expect(grade({ eventTypes: ['other'], deaths: 12 })).toMatchObject({ proposal: 'II', review: true });
    expect(grade({ eventTypes: [] })).toMatchObject({ proposal: 'unknown', review: false });
  });

  it('shows the gas steps of one city as a hint that decides nothing', () => {
    const { proposal, advisory } = grade({ eventTypes: ['gas_water_power'], households: 50_000 - 1, hours: 30 });
    expect([proposal, advisory.map((row) => row.grade)]).toEqual(['none', ['II']]);
  });
});

describe('confirmed and potential figures (domain 4.4)', () => {
  it('S-02: 5 dead and 6 missing start the fast clocks provisionally', () => {
    expect(grade({ deaths: 5, missing: 6 })).toMatchObject({
      confirmed: 'III',
      potential: 'II',
      proposal: 'II',
      basis: 'potential',
      provisional: true,
      fastFromPotential: true,
    });
  });

  it('S-05 and S-06: notices whose missing persons raise the grade', () => {
    expect(grade({ deaths: 2, missing: 12, seriousInjured: 4 })).toMatchObject({ confirmed: 'IV', potential: 'II' });
    expect(grade({ deaths: 9, injured: 1, missing: 1 })).toMatchObject({ confirmed: 'III', potential: 'II' });
    expect(grade({ deaths: 10, lossWan: 5445.31 })).toMatchObject({ proposal: 'II', provisional: false });
  });

  it('is more strongly fast but not newly fast where II becomes I', () => {
    expect(grade({ deaths: 12, trapped: 20 })).toMatchObject({
      proposal: 'I',
      provisional: true,
      fastFromPotential: false,
    });
  });

  it('takes unseparated casualties and unspecified injuries as bounds of the potential only (10.7)', () => {
    expect(grade({ casualties: 12 })).toMatchObject({ confirmed: 'unknown', potential: 'II', proposal: 'II' });
    expect(grade({ deaths: 1, injured: 15 })).toMatchObject({ confirmed: 'IV', potential: 'III' });
  });

  it('reads the figures of a notice', () => {
    const figures = extractFigures('截至20时,爆炸造成4人死亡、十余人受伤,另有6人失联。');
    expect(grade(factsFromFigures(figures, { eventTypes: ['production'] }))).toMatchObject({
      confirmed: 'III',
      potential: 'II',
    });
  });
});

describe('a grade named by an authority (10.10)', () => {
  it('raises the proposal when it is higher', () => {
    expect(grade({ deaths: 5, declared: 'II' })).toMatchObject({
      proposal: 'II',
      basis: 'declared',
      contradiction: true,
      provisional: false,
    });
  });
  it('is only shown as a contradiction when it is lower', () => {
    expect(grade({ deaths: 12, declared: 'III' })).toMatchObject({
      proposal: 'II',
      basis: 'confirmed',
      contradiction: true,
    });
  });
  it('agrees without a contradiction', () => {
    expect(grade({ deaths: 5, declared: 'III' })).toMatchObject({
      proposal: 'III',
      basis: 'declared',
      contradiction: false,
    });
  });
});

describe('grading tables', () => {
  it('each name document, article and how sure they are', () => {
    for (const table of tables) expect([table.document, table.article, table.standing].every(Boolean)).toBe(true);
  });
});
