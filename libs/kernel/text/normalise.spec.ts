import { describe, expect, it } from '@jest/globals';
import { normaliseText, TEXT_LIMIT } from './normalise.js';

describe('normaliseText', () => {
  it.each([
    ['３人重伤，７人轻伤。', '3人重伤,7人轻伤。'],
    ['罹難人數增至８人', '罹难人数增至8人'],
    ['乾燥後發生爆炸', '干燥后发生爆炸'],
    ['2人死\u200b亡', '2人死亡'],
    ['2人死\ufe0f\u2060亡\u0000', '2人死亡'],
    ['發(fā)生火災(zāi)', '发生火灾'],
    ['停水（shuǐ）三天', '停水三天'],
    ['宽(m)三米', '宽(m)三米'],
    ['sі亡', 'si亡'],
    ['二○二六年', '二〇二六年'],
  ])('%j becomes %j', (raw, text) => expect(normaliseText(raw).text).toBe(text));

  it('maps every character back to the raw text', () => {
    const raw = '\u200b\u200b突發(fā)：５人失聯';
    const { text, offsetOf } = normaliseText(raw);
    expect(raw.slice(offsetOf(text.indexOf('失')), offsetOf(text.length))).toBe('失聯');
    expect(raw[offsetOf(text.indexOf('5'))]).toBe('５');
  });

  it('drops unpaired surrogates and keeps pairs', () => {
    expect(normaliseText('死\ud800亡𠀀\udc00').text).toBe('死亡𠀀');
  });

  it('reads a bounded part of a very long text and says so', () => {
    const { text, cut, offsetOf } = normaliseText('水'.repeat(1_000_000));
    expect([text.length, cut, offsetOf(text.length)]).toEqual([TEXT_LIMIT, true, TEXT_LIMIT]);
    expect(normaliseText('a'.repeat(TEXT_LIMIT - 1) + '𠀀').text).toHaveLength(TEXT_LIMIT - 1);
  });

  it('answers an empty text', () => expect(normaliseText('')).toMatchObject({ text: '', cut: false }));
});
