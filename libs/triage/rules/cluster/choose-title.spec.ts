import { describe, expect, it } from '@jest/globals';
import { chooseTitle } from './choose-title.js';

/** Cuts into pairs of characters: enough for titles that share wording. */
const pairs = (title: string): string[] =>
  [...title].slice(1).map((character, index) => [...title][index]! + character);

describe('the title of a cluster', () => {
  it('is the one that shares most with the others', () => {
    const titles = ['听说出大事了', '白塔县水厂停水三天', '白塔县停水居民提桶接水', '白塔县停水三天无人管'];
    expect(chooseTitle(titles, pairs)).toBe('白塔县停水三天无人管');
  });

  it('is the first of one or two, and never fails for titles without words', () => {
    expect(chooseTitle(['甲', '乙'], pairs)).toBe('甲');
    expect(chooseTitle(['。', '！', '？'], pairs)).toBe('。');
    expect(chooseTitle([], pairs)).toBe('');
  });
});
