import { describe, expect, it } from '@jest/globals';
import { WordMatcher } from './word-matcher.js';

const matcher = new WordMatcher(['公交', '公交线路', '线路调整', '调整'].map((word) => [word, word.length] as const));

describe('WordMatcher', () => {
  it('takes the longest word at a position and leaves out what lies inside another', () => {
    expect(matcher.find('公交线路').map((h) => h.word)).toEqual(['公交线路']);
    expect(matcher.find('线路调整').map((h) => [h.word, h.start, h.end])).toEqual([['线路调整', 0, 4]]);
  });

  it('keeps partial overlaps in find, none in cut', () => {
    expect(matcher.find('公交线路调整').map((h) => h.word)).toEqual(['公交线路', '线路调整']);
    expect(matcher.cut('公交线路调整').map((h) => h.word)).toEqual(['公交线路', '调整']);
  });

  it('finds nothing in an empty text and at the end of a half word', () => {
    expect(matcher.find('')).toEqual([]);
    expect(matcher.find('公')).toEqual([]);
  });
});
