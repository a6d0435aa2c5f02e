import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '#kernel/error.js';
import { type Account, makePrivateFolder } from './account.js';
import type { PostgresBinaries } from './find-binaries.js';

export const SUPERUSER = 'postgres';
/** Letters of every script must count as letters in the database (pg_trgm, lower); plain C knows only ASCII and comes last. */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/** Major version of the data in a folder, or undefined when there are none. */
export function majorOf(dataFolder: string): number | undefined {
  const file = path.join(dataFolder, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

/** The administrator's password, made once and readable by the owner of the data folder only. */
export function superuserPassword(dataDir: string, dataExist: boolean): string {
  const file = path.join(dataDir, 'postgres.password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (dataExist)
    throw new ConfigError(
      file,
      'is missing, and the database beside it can only be opened with it; restore it from a backup',
    );
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** The environment of the server and its tools: nothing of ours, so that no PG* variable or locale of the shell changes what they do. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_MESSAGES: 'C', TZ: 'UTC' });

export interface NewCluster {
  dataFolder: string;
  binaries: PostgresBinaries;
  account: Account | undefined;
  password: string;
}

/** Makes a database cluster. It appears under its name only when it is complete, so an interrupted start leaves nothing half made. */
export function initialise(cluster: NewCluster): void {
  const unfinished = `${cluster.dataFolder}.new`;
  const passwordFile = `${cluster.dataFolder}.pw`;
  writeFileSync(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  if (cluster.account !== undefined) chownSync(passwordFile, cluster.account.uid, cluster.account.gid);
  try {
    let complaint = '';
    for (const locale of LOCALES) {
      rmSync(unfinished, { recursive: true, force: true });
      makePrivateFolder(unfinished, cluster.account);
      const options = [
        '-D',
        unfinished,
        '-U',
        SUPERUSER,
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        `--locale=${locale}`,
        '--data-checksums',
        '--no-instructions',
      ];
      const run = spawnSync(path.join(cluster.binaries.binDir, 'initdb'), options, {
        cwd: '/',
        encoding: 'utf8',
        env: serverEnvironment(),
        ...cluster.account,
      });
      if (run.status === 0) return renameSync(unfinished, cluster.dataFolder);
      complaint =
        run.error?.message ??
        (/^initdb: error: .*|^.*FATAL: .*/m.exec(run.stderr)?.[0] || run.stderr.trim().split('\n').at(-1) || '');
      if (!/locale/i.test(complaint)) break;
    }
    throw new ConfigError(cluster.dataFolder, `can't make the private database: ${complaint}`);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}
