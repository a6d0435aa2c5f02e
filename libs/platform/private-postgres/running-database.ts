import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '#kernel/error.js';
import { urlAs } from '../database/set-up.js';

/** Name of the product's database in a private server. */
export const PRIVATE_DATABASE = 'huiying';

/**
 * The address of the private database that runs in a data folder, for tools beside the product. The port stands in the
 * server's lock file, the password of the role in the data folder. Throws `ConfigError` when none runs.
 */
export function runningPrivateDatabase(
  dataDir: string,
  role: { key: 'app' | 'worker' | 'auditor'; name: string },
): string {
  const roles = path.join(dataDir, 'database-roles.json');
  const lock = existsSync(roles)
    ? readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('postmaster.pid'))
    : undefined;
  if (lock === undefined)
    throw new ConfigError('DATABASE_URL', 'is not set, and no private database runs: start Huiying first');
  const passwords = JSON.parse(readFileSync(roles, 'utf8')) as Record<string, string>;
  const port = readFileSync(path.join(dataDir, lock), 'utf8').split('\n')[3]!.trim();
  return urlAs(`postgres://127.0.0.1:${port}`, role.name, passwords[role.key]!, PRIVATE_DATABASE);
}
