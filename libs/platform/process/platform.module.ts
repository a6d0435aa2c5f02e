import { type DynamicModule, Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '#kernel/clock.js';
import { ConfigError } from '#kernel/error.js';
import type { Environment } from '../config/environment.js';
import { Database } from '../database/database.js';
import { refuseUnsafeRole } from '../database/role-check.js';
import { connectQueue, type QueueConnection } from '../queue/backend.js';
import { WakeUps } from '../queue/wake-ups.js';

export const ENVIRONMENT = Symbol('environment');
export const LOGGER = Symbol('logger');
export const QUEUE = Symbol('queue');
export const CLOCK = Symbol('clock');

/** The three roles as which a process connects; nothing but the migration connects as the owner (design, invariant 11). */
export type ProcessRole = 'app' | 'worker' | 'auditor';

/** Which process this is, and what it connects with. */
export interface ProcessIdentity {
  name: string;
  role: ProcessRole;
  poolSize: number;
  environment: Environment;
  logger: Logger;
}

const VARIABLE = { app: 'DATABASE_URL', worker: 'DATABASE_WORKER_URL', auditor: 'DATABASE_AUDITOR_URL' } as const;

function databaseUrl(environment: Environment, role: ProcessRole): string {
  const url = {
    app: environment.databaseUrl,
    worker: environment.databaseWorkerUrl,
    auditor: environment.databaseAuditorUrl,
  }[role];
  if (url === undefined) throw new ConfigError(VARIABLE[role], 'is not set');
  return url;
}

/** Ends the connections of the process, after everything that uses them. */
@Injectable()
class Connections implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    @Inject(QUEUE) private readonly queue: QueueConnection,
    private readonly wakeUps: WakeUps,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.wakeUps.close().catch(() => undefined);
    await this.queue.close().catch(() => undefined);
    await this.database.close();
  }
}

/** What every process has: settings, log, time, the database under its own role, and the queue. */
@Global()
@Module({})
export class PlatformModule {
  static forProcess(identity: ProcessIdentity): DynamicModule {
    const { environment, role, logger } = identity;
    const providers = [
      { provide: ENVIRONMENT, useValue: environment },
      { provide: LOGGER, useValue: logger },
      { provide: CLOCK, useValue: systemClock satisfies Clock },
      {
        provide: Database,
        useFactory: async () => {
          const database = await Database.connect({
            url: databaseUrl(environment, role),
            applicationName: `huiying-${identity.name}`,
            poolSize: identity.poolSize,
          });
          await refuseUnsafeRole(database, VARIABLE[role]);
          return database;
        },
      },
      { provide: QUEUE, useFactory: () => connectQueue(environment.redisUrl, databaseUrl(environment, role)) },
      { provide: WakeUps, useFactory: (queue: QueueConnection) => new WakeUps(queue, logger), inject: [QUEUE] },
      Connections,
    ];
    return { module: PlatformModule, providers, exports: [ENVIRONMENT, LOGGER, CLOCK, Database, QUEUE, WakeUps] };
  }
}
