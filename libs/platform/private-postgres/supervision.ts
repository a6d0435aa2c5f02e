import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ConfigError } from '#kernel/error.js';

const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
const POLL_MS = 50;

/** What tells one life of a process number from the next one: the instant at which it began, as the system counts it. */
function lifeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie runs nothing any more; it waits for its parent to look.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    if (existsSync('/proc/self/stat')) return undefined;
  }
  const listed = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return listed.stdout?.trim() || undefined;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  }
}

/** Takes the data folder for this process. Throws `ConfigError` when another living process holds it; the trace of a dead one is replaced. */
export function takeOwnership(home: string): () => void {
  const file = path.join(home, 'postgres.owner');
  const own = `${process.pid} ${lifeOf(process.pid)}\n`;
  for (;;) {
    try {
      writeFileSync(file, own, { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [pid, ...life] = readIfThere(file).trim().split(' ');
    if (life.length > 0 && lifeOf(Number(pid)) === life.join(' '))
      throw new ConfigError(
        'HUIYING_DATA_DIR',
        `the database in ${home} is already run by process ${pid}; stop it first or choose another folder`,
      );
    rmSync(file, { force: true });
  }
  return () => {
    if (readIfThere(file) === own) rmSync(file, { force: true });
  };
}

/** Ends a server that outlived its parent, and removes the trace of one that was killed. To be called by the owner of the data folder only. */
export async function endOrphan(dataFolder: string, log: (line: string) => void): Promise<void> {
  const file = path.join(dataFolder, 'postmaster.pid');
  const pid = Number.parseInt(readIfThere(file), 10);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const life = lifeOf(pid);
  if (life !== undefined && /postgres/.test(commandOf(pid))) {
    log(`ending the database server that an earlier run left behind (process ${pid})`);
    if (
      !(await end(pid, life, 'SIGINT', FAST_SHUTDOWN_MS)) &&
      !(await end(pid, life, 'SIGQUIT', IMMEDIATE_SHUTDOWN_MS))
    )
      throw new ConfigError(dataFolder, `process ${pid} of an earlier run does not end; end it by hand`);
    return;
  }
  // The number may belong to somebody else by now, which PostgreSQL would take for a running server.
  rmSync(file, { force: true });
}

async function end(pid: number, life: string, signal: NodeJS.Signals, patienceMs: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    return lifeOf(pid) !== life;
  }
  for (let waited = 0; waited < patienceMs; waited += POLL_MS) {
    if (lifeOf(pid) !== life) return true;
    await wait(POLL_MS);
  }
  return lifeOf(pid) !== life;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
