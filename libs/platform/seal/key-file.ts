import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '../config/environment.js';
import { newVaultKey } from './vault.js';

const FILE = 'personal-data.key';

/** The key of the settings, else that of the private database's data folder; undefined where there is neither. */
export function personalKeyOf({ personalKey, dataDir }: Environment): string | undefined {
  if (personalKey !== undefined) return personalKey;
  const file = path.join(dataDir, FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** As `personalKeyOf`; makes the key of the data folder at the first start, for its owner's eyes only. */
export function ensurePersonalKey(environment: Environment): string {
  const known = personalKeyOf(environment);
  if (known !== undefined) return known;
  const file = path.join(environment.dataDir, FILE);
  const key = newVaultKey();
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  return key;
}
