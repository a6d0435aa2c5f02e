import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface DemoAccount {
  username: string;
  password: string;
  role: string;
  body: string | null;
}

export interface Product {
  url: string;
  accounts: DemoAccount[];
  /** Where its database and files are. */
  dataDir: string;
  /** Ends its processes and leaves address and data. */
  down(): Promise<void>;
  /** Starts it again after `down`, at the same address with the same data. */
  up(): Promise<void>;
  stop(): Promise<void>;
}

/** Of the checkout, also when the benchmarks run this compiled. */
const root = path.resolve('.');
const READY = /Huiying ready: (http:\/\/\S+)/;
const KEPT = 4_000;

/**
 * Starts the built product as `npm start` runs it: private database in a folder of its own, a free port, the
 * demonstration, `settings` beside them. Rejects with its last words when it ends before it is ready.
 */
export async function startProduct(settings: Record<string, string> = {}): Promise<Product> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'huiying-e2e-'));
  const { DATABASE_URL: _database, REDIS_URL: _queue, ...inherited } = process.env;
  const env = {
    ...inherited,
    ...settings,
    PORT: String(await freePort()),
    HUIYING_DATA_DIR: dataDir,
    HUIYING_DEMO: '1',
    HUIYING_CONFIG_DIR: path.join(root, 'config'),
  };
  const launch = () =>
    spawn(process.execPath, [path.join(root, 'dist/apps/standalone/main.js')], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  let child = launch();
  const down = () => ended(child);
  const up = async () => {
    child = launch();
    await readyLine(child);
  };
  const stop = async () => {
    await down();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await readyLine(child);
    return {
      url,
      dataDir,
      accounts: JSON.parse(readFileSync(path.join(dataDir, 'demo-accounts.json'), 'utf8')) as DemoAccount[],
      down,
      up,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-KEPT);
      const ready = READY.exec(said);
      if (ready !== null) resolve(ready[1]!);
    };
    child.stdout!.on('data', listen);
    child.stderr!.on('data', listen);
    child.once('exit', (code) => reject(new Error(`the product ended with ${code} before it was ready:\n${said}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
