import { expect, test } from '@jest/globals';
import { figureConflicts, type TextFigures } from './draft-figures.js';

test('a figure that stands differently in two texts is told with both', () => {
  const texts: TextFigures[] = [
    { statementId: 'a', figures: { deaths: 3, injured: 7 } },
    { statementId: 'b', figures: { deaths: 4, injured: 7 } },
    { statementId: 'c', figures: {} },
  ];
  expect(figureConflicts(texts)).toEqual([
    {
      figure: 'deaths',
      values: [
        { statementId: 'a', value: 3 },
        { statementId: 'b', value: 4 },
      ],
    },
  ]);
  expect(figureConflicts(texts.slice(1))).toEqual([]);
});
