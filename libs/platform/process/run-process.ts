import 'reflect-metadata';
import { type DynamicModule, type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigError } from '#kernel/error.js';
import { readEnvironment } from '../config/environment.js';
import { createLogger, NestLog } from '../log/logger.js';
import { armCrashPoint } from './crash-point.js';
import { PlatformModule, type ProcessRole } from './platform.module.js';

/** A process of the product: its name, the database role that it connects as, and its one module. */
export interface ProcessPlan {
  name: string;
  role: ProcessRole;
  poolSize: number;
  module: Type;
}

@Module({})
class ProcessRoot {
  static of(imports: (DynamicModule | Type)[]): DynamicModule {
    return { module: ProcessRoot, imports };
  }
}

/** Starts a process without an HTTP server, tells its parent that it is ready, and ends it politely on a signal. */
export async function runProcess(plan: ProcessPlan): Promise<void> {
  try {
    const context = await start(plan);
    endOnSignal(context);
    process.send?.({ ready: true });
  } catch (error) {
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exitCode = 1;
    process.exit();
  }
}

async function start(plan: ProcessPlan): Promise<INestApplicationContext> {
  const environment = readEnvironment(process.env);
  armCrashPoint(environment.crashAt);
  const logger = createLogger(plan.name, environment.logLevel);
  const platform = PlatformModule.forProcess({
    name: plan.name,
    role: plan.role,
    poolSize: plan.poolSize,
    environment,
    logger,
  });
  return NestFactory.createApplicationContext(ProcessRoot.of([platform, plan.module]), {
    logger: new NestLog(logger),
    abortOnError: false,
  });
}

/** A wrong setting is one line; a fault of ours is its stack. */
export const describeFailure = (error: unknown): string =>
  error instanceof ConfigError
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);

/** Ends on a signal, and when the parent is gone: a process without its parent would go on unseen. */
export function endOnSignal(context: { close(): Promise<void> }): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    context.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${describeFailure(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (process.send !== undefined) process.on('disconnect', end);
}
