import { describe, expect, it } from '@jest/globals';
import { newVaultKey, Vault } from './vault.js';

describe('the vault', () => {
  const [older, newer] = [newVaultKey(), newVaultKey()];

  it('opens what it sealed, in its place only', () => {
    const vault = Vault.of(newer);
    const sealed = vault.seal('13812345678', 'item 1');
    expect(sealed.includes('138')).toBe(false);
    expect(vault.open(sealed, 'item 1').toString()).toBe('13812345678');
    expect(() => vault.open(sealed, 'item 2')).toThrow();
    sealed[sealed.length - 1]! ^= 1;
    expect(() => vault.open(sealed, 'item 1')).toThrow();
  });

  it('seals the same value differently each time, and finds it by a keyed hash', () => {
    const vault = Vault.of(newer);
    expect(vault.seal('a', 'x').equals(vault.seal('a', 'x'))).toBe(false);
    expect(vault.lookup('mobile', '1')).toBe(vault.lookup('mobile', '1'));
    expect(vault.lookup('mobile', '1')).not.toBe(Vault.of(older).lookup('mobile', '1'));
  });

  it('opens with an older key that is still given, and not without it', () => {
    const sealed = Vault.of(older).seal('a', 'x');
    expect(Vault.of(`${newer},${older}`).open(sealed, 'x').toString()).toBe('a');
    expect(() => Vault.of(newer).open(sealed, 'x')).toThrow(/does not hold/);
  });

  it.each([undefined, '', 'c2hvcnQ=', `${newer},${'A'.repeat(60)}`])('refuses the setting %j, naming it', (setting) => {
    expect(() => Vault.of(setting)).toThrow(/HUIYING_PERSONAL_KEY/);
  });
});
