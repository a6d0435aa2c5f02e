import { expect, test } from '@jest/globals';
import { meanScore } from './bulletin-table.js';

test('the mean effect score has one decimal, half up, and none without an evaluation (domain 7.7, 7.9)', () => {
  expect(meanScore({ sum: 170.1, count: 2 })).toEqual({ mean: 85.1, count: 2 });
  expect(meanScore({ sum: 200, count: 3 })).toEqual({ mean: 66.7, count: 3 });
  expect(meanScore()).toEqual({ mean: null, count: 0 });
});
