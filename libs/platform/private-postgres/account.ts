import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ConfigError } from '#kernel/error.js';
import type { PostgresBinaries } from './find-binaries.js';

/** Whom the server runs as: PostgreSQL refuses to run as root, so root lends it an account that may do nothing else. */
export interface Account {
  uid: number;
  gid: number;
}

/** A folder that every account may walk to, for a checkout below a closed home folder such as /root. */
const OPEN_PLACE = '/var/tmp';

/** `undefined` for an ordinary user, who runs the server as himself; for root the owner of the data, else postgres, else nobody. */
export function chooseAccount(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(dataFolder)) {
    const { uid, gid } = statSync(dataFolder);
    if (uid !== 0) return { uid, gid };
  }
  const entries = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const name of ['postgres', 'nobody']) {
    const fields = entries.map((line) => line.split(':')).find(([entry]) => entry === name);
    if (fields !== undefined && Number(fields[2]) > 0) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new ConfigError(
    '/etc/passwd',
    'has no account postgres or nobody, and PostgreSQL refuses to run as root; start as an ordinary user',
  );
}

/** The folder that holds the cluster: the data folder itself, or for root one outside when the server's account can't walk there. */
export function chooseHome(dataDir: string, account: Account | undefined): string {
  mkdirSync(path.dirname(dataDir), { recursive: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o750 });
  if (account === undefined) return dataDir;
  // Walking through is not reading: every file of ours in the data folder is closed to others by its own mode.
  if (!mayWalk(dataDir, account)) chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  if (reaches(dataDir, account)) return dataDir;
  // The name is kept in the data folder: with the folder goes the claim to the data, whatever takes its place.
  const note = path.join(dataDir, 'postgres.place');
  if (!existsSync(note)) writeFileSync(note, path.join(OPEN_PLACE, `huiying-${randomUUID()}`), { mode: 0o600 });
  const home = readFileSync(note, 'utf8').trim();
  mkdirSync(home, { recursive: true, mode: 0o711 });
  const { uid } = lstatSync(home);
  if (uid !== 0 || !lstatSync(home).isDirectory())
    throw new ConfigError(home, 'belongs to somebody else; choose a HUIYING_DATA_DIR outside a closed home folder');
  return home;
}

/** Binaries of a package below a closed folder are copied to where the server's account can run them. */
export function reachableBinaries(binaries: PostgresBinaries, account: Account | undefined): PostgresBinaries {
  if (account === undefined || reaches(binaries.binDir, account)) return binaries;
  if (!binaries.embedded)
    throw new ConfigError(
      'HUIYING_PG_BIN',
      `${binaries.binDir} can't be reached by the account that runs the server (uid ${account.uid})`,
    );
  const copy = path.join(OPEN_PLACE, `huiying-postgresql-${binaries.version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(path.dirname(binaries.binDir), unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  if (lstatSync(copy).uid !== 0) throw new ConfigError(copy, 'belongs to somebody else; remove it');
  return { ...binaries, binDir: path.join(copy, 'bin') };
}

/** Makes an empty folder that only the server's account may enter. */
export function makePrivateFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { mode: 0o700 });
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}

function reaches(folder: string, account: Account): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if (!mayWalk(at, account)) return false;
    if (at === path.dirname(at)) return true;
  }
}

function mayWalk(folder: string, account: Account): boolean {
  const { uid, gid, mode } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
