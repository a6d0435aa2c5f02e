/** The process of the interface: HTTP, live hints and the web client, connected under the scoped role. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '#kernel/error.js';
import { readEnvironment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { refuseUnsafeRole } from '#platform/database/role-check.js';
import { createLogger } from '#platform/log/logger.js';
import { startServer } from './server.js';

const POOL_SIZE = 10;
const STOP_PATIENCE_MS = 10_000;
const webDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../web');

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  if (environment.databaseUrl === undefined) throw new ConfigError('DATABASE_URL', 'is not set; npm start sets it for its own database');
  const log = createLogger('api', environment.logLevel);
  const database = await Database.connect({ url: environment.databaseUrl, applicationName: 'huiying-api', poolSize: POOL_SIZE });
  await refuseUnsafeRole(database, 'DATABASE_URL');
  const { configDir, publicUrl, host, port, trustedProxies } = environment;
  const server = await startServer({ database, log, configDir, publicUrl, host, port, trustedProxies, webDir });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log.info('stopping');
    setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref();
    server
      .stop()
      .then(() => database.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  // A parent that is gone can't stop this process any more.
  process.on('disconnect', stop);
  log.info({ port: server.port }, 'listening');
  process.send?.({ ready: true });
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
