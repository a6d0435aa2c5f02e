import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { SessionsService } from '#accounts/sessions.service.js';
import type { Environment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { NO_SCOPE } from '#platform/database/scope.js';
import { NestLog } from '#platform/log/logger.js';
import { ApiModule } from './api.module.js';
import { HealthController } from './health.controller.js';
import { ApiAdapter } from './http/api-adapter.js';
import { Cookies } from './http/cookies.js';
import { purgeKeys } from './http/idempotency.js';
import { Metrics } from './http/metrics.js';
import { Origins } from './http/origin.js';
import { requestLog } from './http/request-log.js';
import { noStore, securityHeaders } from './http/security-headers.js';
import { webClient } from './http/web-client.js';
import { LiveGateway } from './live/live-gateway.js';
import { LivePosition } from './live/position.js';

export interface ServerOptions {
  /** Database, log, settings and queue (`PlatformModule`). */
  platform: DynamicModule;
  environment: Environment;
  log: Logger;
  /** The built web client; served when it is there. */
  webDir: string;
}

export interface RunningServer {
  port: number;
  live: LiveGateway;
  /** Says "not ready", ends sockets and waits for the calls that go on. */
  stop(): Promise<void>;
}

const PURGE_EVERY_MS = 3_600_000;
const HEADERS_PATIENCE_MS = 20_000;
const REQUEST_PATIENCE_MS = 300_000;

/** Starts the interface. Throws `ConfigError` when a route is undeclared or the configuration is wrong. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { log, environment } = options;
  const tls = environment.publicUrl?.startsWith('https:') === true;
  const app = await NestFactory.create<NestExpressApplication>(
    ApiModule.of(options.platform, environment),
    new ApiAdapter(),
    {
      bodyParser: false,
      logger: new NestLog(log),
      abortOnError: false,
    },
  );
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', environment.trustedProxies);
  app.disable('x-powered-by');
  app.use(requestLog(log, app.get(Metrics)), securityHeaders(tls), noStore);
  app.use(webClient(options.webDir));
  const server = app.getHttpServer() as Server;
  server.headersTimeout = HEADERS_PATIENCE_MS;
  server.requestTimeout = REQUEST_PATIENCE_MS;
  const sessions = app.get(SessionsService);
  const database = app.get(Database);
  const live = new LiveGateway(server, {
    database,
    sessions,
    cookies: app.get(Cookies),
    origins: app.get(Origins),
    metrics: app.get(Metrics),
    position: app.get(LivePosition),
    log,
  });
  await app.listen(environment.port, environment.host);
  await live.start();
  const purge = setInterval(() => {
    Promise.all([sessions.purge(), database.inScope(NO_SCOPE, purgeKeys)]).catch((error: unknown) =>
      log.warn({ err: error }, 'old sessions and keys could not be deleted'),
    );
  }, PURGE_EVERY_MS);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : environment.port,
    live,
    stop: async () => {
      clearInterval(purge);
      app.get(HealthController).leave();
      await live.stop();
      server.closeIdleConnections();
      await app.close();
    },
  };
}
