/** The process of the interface: HTTP, live hints and the web client, connected under the scoped role. */
import 'reflect-metadata';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '#platform/config/environment.js';
import { createLogger } from '#platform/log/logger.js';
import { PlatformModule } from '#platform/process/platform.module.js';
import { describeFailure, endOnSignal } from '#platform/process/run-process.js';
import { startServer } from './server.js';

const POOL_SIZE = 10;
const STOP_PATIENCE_MS = 10_000;
const webDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../web');

try {
  const environment = readEnvironment(process.env);
  const log = createLogger('api', environment.logLevel);
  const platform = PlatformModule.forProcess({
    name: 'api',
    role: 'app',
    poolSize: POOL_SIZE,
    environment,
    logger: log,
  });
  const server = await startServer({ platform, environment, log, webDir });
  endOnSignal({
    close: () => {
      // A call that never ends must not keep the process.
      setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref();
      return server.stop();
    },
  });
  log.info({ port: server.port }, 'listening');
  process.send?.({ ready: true });
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exit(1);
}
