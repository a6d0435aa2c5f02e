import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '#kernel/error.js';
import { chooseAccount, chooseHome, reachableBinaries } from './account.js';
import { initialise, majorOf, superuserPassword } from './cluster.js';
import { findBinaries } from './find-binaries.js';
import { type RunningServer, runServer, type ServerPlan, superuserUrl } from './server.js';
import { endOrphan, takeOwnership } from './supervision.js';

export interface PrivatePostgresOptions {
  /** Absolute; made when it is missing. */
  dataDir: string;
  log: (line: string) => void;
  /** A folder with `postgres` and `initdb`; without it the machine is searched, and the npm package last. */
  binDir?: string | undefined;
  /** Server settings over ours, by their names in postgresql.conf. */
  settings?: Record<string, string>;
}

/** A PostgreSQL of this process alone, on loopback. */
export interface PrivatePostgres {
  superuserUrl: string;
  /** `15.18` */
  version: string;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. Resolves when the server is gone. */
  stop(): Promise<void>;
}

const STOP_PATIENCE_MS = 20_000;
const RESTART_BASE_MS = 200;
const RESTART_MAX_MS = 10_000;

/**
 * Starts the private database in `<dataDir>/postgres`, which is made at the first start. One process owns a data folder at a
 * time; a server that a killed owner left behind is ended first. A server that dies while we live is started again on the same
 * port. Throws `ConfigError` with one line when the folder, the binaries or the data can't be used.
 */
export async function startPrivatePostgres({
  dataDir,
  log,
  binDir,
  settings = {},
}: PrivatePostgresOptions): Promise<PrivatePostgres> {
  const { home, account } = openHome(dataDir);
  const release = takeOwnership(home);
  try {
    const dataFolder = path.join(home, 'postgres');
    const searchPath = (process.env.PATH ?? '').split(path.delimiter);
    const found = findBinaries({ chosen: binDir, searchPath, major: majorOf(dataFolder), dataFolder });
    const binaries = reachableBinaries(found, account);
    const password = superuserPassword(dataDir, existsSync(dataFolder));
    if (existsSync(dataFolder)) await endOrphan(dataFolder, log);
    else initialise({ dataFolder, binaries, account, password });
    const plan = {
      binDir: binaries.binDir,
      dataFolder,
      logFile: path.join(dataDir, 'postgres.log'),
      account,
      password,
      port: 0,
      settings,
    };
    return await supervise(plan, log, release);
  } catch (error) {
    release();
    throw error;
  }
}

function openHome(dataDir: string) {
  try {
    const account = chooseAccount(path.join(dataDir, 'postgres'));
    const home = chooseHome(dataDir, account);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return { home, account };
  } catch (error) {
    throw error instanceof ConfigError
      ? error
      : new ConfigError('HUIYING_DATA_DIR', `can't use ${dataDir}: ${(error as Error).message}`);
  }
}

async function supervise(plan: ServerPlan, log: (line: string) => void, release: () => void): Promise<PrivatePostgres> {
  let stopping = false;
  let restart: Promise<void> = Promise.resolve();
  let server = await runServer(plan).catch((error: Error) => {
    throw new ConfigError(plan.dataFolder, `the private database does not start: ${error.message} (${plan.logFile})`);
  });
  const { port, version } = server;
  const again = (failures: number): void => {
    const wait = Math.min(RESTART_BASE_MS * 2 ** failures, RESTART_MAX_MS);
    log(`the private database ended unexpectedly; starting it again in ${wait} ms`);
    setTimeout(() => {
      if (stopping) return;
      restart = endOrphan(plan.dataFolder, log)
        .then(() => runServer({ ...plan, port }))
        .then(watch, (error: Error) => {
          log(error.message);
          if (!stopping) again(failures + 1);
        });
    }, wait);
  };
  const watch = (running: RunningServer): void => {
    server = running;
    running.process.once('exit', () => {
      if (!stopping) again(0);
    });
  };
  watch(server);
  return {
    superuserUrl: superuserUrl(port, plan.password),
    version,
    stop: async () => {
      stopping = true;
      await restart;
      await end(server);
      release();
    },
  };
}

function end({ process: server }: RunningServer): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    const force = setTimeout(() => server.kill('SIGQUIT'), STOP_PATIENCE_MS);
    server.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    server.kill('SIGINT');
  });
}
