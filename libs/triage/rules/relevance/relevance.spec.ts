import { describe, expect, it } from '@jest/globals';
import { decideRelevance, type RelevanceFacts } from './relevance.js';

const QUIET = { kind: 'none', real: false, current: false, hasConsequence: false };
const HARM = { kind: 'event', real: true, current: true, hasConsequence: true };

const facts = (change: Partial<RelevanceFacts> = {}): RelevanceFacts => ({
  primary: 'C3',
  abstained: false,
  official: false,
  event: QUIET,
  outside: false,
  ...change,
});

describe('what becomes of an item', () => {
  it('is an incident when a category speaks and the place is ours', () => {
    expect(decideRelevance(facts())).toBe('incident');
    expect(decideRelevance(facts({ primary: 'SR' }))).toBe('serviceRequest');
  });

  it('is left to a person when no category speaks and the text may be ours', () => {
    expect(decideRelevance(facts({ abstained: true }))).toBe('unsure');
    expect(decideRelevance(facts({ abstained: true, primary: 'NONE' }))).toBe('unsure');
    expect(decideRelevance(facts({ primary: 'NONE' }))).toBe('noCategory');
  });

  it('is left to a person when the words fit no category and an event with harm is told of', () => {
    expect(decideRelevance(facts({ primary: 'NONE', event: HARM }))).toBe('unsure');
    expect(decideRelevance(facts({ primary: 'NONE', event: { ...HARM, current: false } }))).toBe('noCategory');
    expect(decideRelevance(facts({ primary: 'NONE', event: HARM, outside: true }))).toBe('noCategory');
  });

  it.each(['C5', 'C6', 'C7', 'C7-suspected'] as const)(
    'is proposed at once when it may be %s, however unsure (domain 2.2.7)',
    (primary) => {
      expect(decideRelevance(facts({ primary, abstained: true }))).toBe('incident');
    },
  );

  it('is another place’s business, unsure or not', () => {
    expect(decideRelevance(facts({ outside: true }))).toBe('notOurs');
    expect(decideRelevance(facts({ outside: true, abstained: true }))).toBe('notOurs');
    expect(decideRelevance(facts({ outside: true, abstained: true, primary: 'NONE' }))).toBe('noCategory');
  });

  it('is put aside when it is no event, or the authority’s own voice but for the first notice of an emergency (domain 2.2.2)', () => {
    expect(decideRelevance(facts({ primary: 'C5', event: { ...QUIET, kind: 'drill' } }))).toBe('notReal');
    expect(decideRelevance(facts({ official: true }))).toBe('officialVoice');
    expect(decideRelevance(facts({ official: true, abstained: true, primary: 'NONE' }))).toBe('noCategory');
    expect(decideRelevance(facts({ official: true, primary: 'C5', event: HARM }))).toBe('incident');
  });
});
