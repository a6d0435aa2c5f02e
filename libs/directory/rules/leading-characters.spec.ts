import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { loadCity } from '../load-city.js';
import { leadingCharacters } from './leading-characters.js';

// The first load reads the country's divisions and all packs; on a busy machine that takes seconds.
jest.setTimeout(60_000);

const characters = (source: string) => [...(leadingCharacters(source) ?? ['?'])].sort().join('');

describe('leadingCharacters', () => {
  it('takes the first part that must be there, of every alternative', () => {
    expect(characters('路灯|井盖')).toBe('井路');
    expect(characters('(?:安置房|回迁房).{0,14}(?:漏|裂)')).toBe('回安');
    expect(characters('没(?:有)?气(?!象)')).toBe('没');
    expect(characters('[市县]长')).toBe('县市');
    expect(characters('(?<!被)骂')).toBe('骂');
    expect(characters('打?扫|A+')).toBe('A扫');
    expect(characters('\\d+路|[^市]长')).toBe('路长');
  });

  it('says nothing where it can’t be told', () => {
    for (const source of ['.{0,3}', '\\d+', '[^市]', '[一-十]', '路灯|.', '打?', ''])
      expect(characters(source)).toBe('?');
  });

  it('never keeps a pattern of the packs from a text that it matches', () => {
    const city = loadCity(fileURLToPath(new URL('../../../config', import.meta.url)), 'nantong');
    const words = [...city.types.values()].flatMap((type) => [...type.strong, ...type.weak, ...type.names]);
    let compared = 0;
    for (const matter of [...city.sharedMatters, ...city.lastResort])
      for (const pattern of matter.all) {
        const needed = leadingCharacters(pattern.source);
        for (const word of words) {
          if (needed === null || !pattern.test(word)) continue;
          compared += 1;
          expect([word, [...word].some((c) => needed.has(c))]).toEqual([word, true]);
        }
      }
    expect(compared).toBeGreaterThan(1_000);
  });
});
