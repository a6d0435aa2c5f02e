import { expect, test } from '@jest/globals';
import { compareRules, type Rule } from './compare-rules';

const rule = (given: Partial<Rule>): Rule => ({
  id: 'firstRelease.limit',
  label: '最迟5小时发布权威信息',
  act: 'firstRelease',
  force: 'limit',
  form: 'deadline',
  ring: 'public',
  amount: 5,
  unit: 'hour',
  fixedDates: [],
  start: ['eventOccurredAt', 'detectedAt'],
  stopEvidence: ['webRelease'],
  owner: 'respondingBody',
  appliesWhen: { class: 'fast' },
  document: '国办发〔2016〕61号',
  article: '三',
  flag: 'N',
  ...given,
});

test('a rule that says the same is no difference', () => {
  expect(compareRules([rule({})], [rule({})])).toEqual([]);
});

test('a changed limit and document are named, and nothing else', () => {
  const [difference, ...others] = compareRules([rule({ amount: 24 })], [rule({ article: '三（二）' })]);
  expect(others).toEqual([]);
  expect(difference).toMatchObject({ change: 'changed', aspects: ['limit', 'basis'], before: { amount: 24 } });
});

test('what came stands in its place, what went at the end', () => {
  const target = rule({ id: 'firstRelease.target', force: 'target', amount: 3 });
  const gone = rule({ id: 'makeupRelease.limit' });
  expect(compareRules([gone, rule({})], [target, rule({})]).map(({ id, change }) => `${id} ${change}`)).toEqual([
    'firstRelease.target added',
    'makeupRelease.limit removed',
  ]);
});
