import { type LoggerService } from '@nestjs/common';
import { type DestinationStream, pino, type Logger, type LoggerOptions } from 'pino';
import { maskPersonalNumbers } from '#kernel/text/mask.js';

const SECRET_KEYS = ['password', 'token', 'secret', 'authorization', 'cookie', 'csrf', 'set-cookie'];

/** A structured log: constant messages, facts in fields, personal numbers and secrets masked in every string. Goes to standard output unless a destination is given. */
export function createLogger(process: string, level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_KEYS.flatMap((key) =>
        [key, `*.${key}`, `*.*.${key}`].map((p) => p.replace('set-cookie', '["set-cookie"]').replace('.[', '[')),
      ),
      censor: '[masked]',
    },
    formatters: { log: (fields) => maskFields(fields) as Record<string, unknown> },
    hooks: {
      logMethod(args, method) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? maskPersonalNumbers(arg) : arg)) as Parameters<typeof method>,
        );
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function maskFields(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskPersonalNumbers(value);
  if (value instanceof Error)
    return {
      type: value.name,
      message: maskPersonalNumbers(value.message),
      stack: maskPersonalNumbers(value.stack ?? ''),
    };
  if (depth > 4 || value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (Array.isArray(value)) return value.slice(0, 100).map((part) => maskFields(part, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, maskFields(part, depth + 1)]));
}

/** Nest's own lines through the same log; its start-up chatter stands at debug. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, message instanceof Error ? message.message : String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }
}
