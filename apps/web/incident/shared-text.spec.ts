import { describe, expect, it } from '@jest/globals';
import { sharedPieces, sharePercent } from './shared-text.js';

const textsOf = (text: string, other: string) =>
  sharedPieces(text, other).map(({ start, end }) => text.slice(start, end));

describe('what two messages share', () => {
  it('is the whole of a copy', () => {
    const text = '望溪区河道出现大量死鱼，居民反映有刺鼻气味。';
    expect(textsOf(text, text)).toEqual([text]);
    expect(sharePercent(text, sharedPieces(text, text))).toBe(100);
  });

  it('is the passage that was taken over, and not what stands around it', () => {
    expect(textsOf('【转】河道出现大量死鱼，求关注', '今天早上河道出现大量死鱼！')).toEqual(['河道出现大量死鱼']);
  });

  it('is two passages when something was put between them', () => {
    expect(textsOf('学校食堂饭菜有异物（图）家长要求给出说法', '学校食堂饭菜有异物，家长要求给出说法')).toEqual([
      '学校食堂饭菜有异物',
      '家长要求给出说法',
    ]);
  });

  it('is nothing where only a short name agrees, or a text is empty', () => {
    expect(textsOf('望溪区今天下雨', '望溪区昨天停电')).toEqual([]);
    expect(sharePercent('', sharedPieces('', '望溪区'))).toBe(0);
  });
});
