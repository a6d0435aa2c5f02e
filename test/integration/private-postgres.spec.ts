import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type PrivatePostgres, startPrivatePostgres } from '#platform/private-postgres/start-private-postgres.js';

const asRoot = process.getuid?.() === 0;
let scratch: string;
let dataDir: string;
let running: PrivatePostgres[];

beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'huiying-postgres-'));
  chmodSync(scratch, 0o755);
  dataDir = path.join(scratch, 'a path with spaces 数据 '.padEnd(90, 'x'), 'data');
  running = [];
});
afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const lines: string[] = [];
const start = async (options: { dataDir?: string; binDir?: string } = {}): Promise<PrivatePostgres> => {
  const server = await startPrivatePostgres({ dataDir, log: (line) => lines.push(line), ...options });
  running.push(server);
  return server;
};

async function query<Row extends object>(server: PrivatePostgres, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const postmasterOf = (folder: string): number =>
  Number.parseInt(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8'), 10);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
  } catch {
    return false;
  }
};

describe('the private database', () => {
  it('starts in a long path with spaces, knows every letter, and is reached with the kept password only', async () => {
    const server = await start();
    expect(Number.parseInt(server.version, 10)).toBeGreaterThanOrEqual(15);
    expect(await query(server, `SELECT lower('ÄÖ') AS small`)).toEqual([{ small: 'äö' }]);
    expect(statSync(path.join(dataDir, 'postgres.password')).mode & 0o077).toBe(0);
    const stranger = new URL(server.superuserUrl);
    stranger.password = 'guessed';
    await expect(query({ ...server, superuserUrl: stranger.href }, 'SELECT 1')).rejects.toThrow(
      /authentication failed/,
    );
  });

  it('finds its rows again at the second start', async () => {
    const first = await start();
    await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    expect(existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
    const second = await start();
    expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('is owned by one process: a second start beside the first is refused with one line', async () => {
    await start();
    await expect(start()).rejects.toThrow(/already run by process \d+/);
  });

  it('is started again on the same port when the server is killed, with everything that was committed', async () => {
    const server = await start();
    await query(server, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const killed = postmasterOf(dataDir);
    process.kill(killed, 'SIGKILL');
    const answer = async (): Promise<unknown> =>
      query(server, 'SELECT answer FROM kept').catch(() => new Promise((r) => setTimeout(r, 50)).then(answer));
    while (isAlive(killed)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await answer()).toEqual([{ answer: 42 }]);
    expect(postmasterOf(dataDir)).not.toBe(killed);
  });
});

const onlyRoot = asRoot ? it : it.skip;
onlyRoot('root below a closed home folder puts the cluster where the server’s account can walk', async () => {
  chmodSync(scratch, 0o700);
  const server = await start();
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false);
  const [{ place } = { place: '' }] = await query<{ place: string }>(
    server,
    `SELECT current_setting('data_directory') AS place`,
  );
  await server.stop();
  rmSync(path.dirname(place), { recursive: true });
});

describe('after a run that was killed', () => {
  it('the server that it left behind is ended, and its rows are there', async () => {
    // The owner is another process that dies at once; its server lives on.
    const built = path.resolve('dist/libs/platform/private-postgres/start-private-postgres.js');
    const script = `const { startPrivatePostgres } = await import(process.argv[1]);
      await startPrivatePostgres({ dataDir: process.argv[2], log: console.error });
      process.stdout.write('started');
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script, built, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await Promise.race([once(owner.stdout, 'data'), once(owner, 'exit')]);
    const gone = once(owner, 'exit');
    owner.kill('SIGKILL');
    await gone;
    const orphan = postmasterOf(dataDir);
    expect(isAlive(orphan)).toBe(true);
    const server = await start();
    expect(isAlive(orphan)).toBe(false);
    expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('a trace that names somebody else’s process by now is no hindrance', async () => {
    await (await start()).stop();
    const trace = path.join(dataDir, 'postgres/postmaster.pid');
    writeFileSync(trace, `${process.pid}\n${path.dirname(trace)}\n1\n1\n\n127.0.0.1\n`);
    expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('what can’t be used is said in one line', () => {
  const refusal = async (options: { dataDir?: string; binDir?: string } = {}): Promise<string> => {
    const error = await start(options).then(
      () => new Error('it started'),
      (thrown: Error) => thrown,
    );
    expect(error.name).toBe('ConfigError');
    expect(error.message).not.toContain('\n');
    return error.message;
  };

  it('data of another major version', async () => {
    mkdirSync(path.join(dataDir, 'postgres'), { recursive: true });
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '9\n');
    expect(await refusal()).toMatch(/holds data of PostgreSQL 9, but here is only .*HUIYING_PG_BIN/);
  });

  it('a chosen folder without PostgreSQL', async () => {
    expect(await refusal({ binDir: scratch })).toMatch(/has no working postgres and initdb/);
  });

  it('a data folder that is a file', async () => {
    writeFileSync(path.join(scratch, 'file'), '');
    expect(await refusal({ dataDir: path.join(scratch, 'file') })).toMatch(/HUIYING_DATA_DIR: can't use/);
  });

  const ordinaryUser = asRoot ? it.skip : it;
  ordinaryUser('a data folder that can’t be read', async () => {
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o000);
    expect(await refusal()).toMatch(/HUIYING_DATA_DIR: can't use .*(permission|EACCES)/);
    chmodSync(dataDir, 0o700);
  });
});
