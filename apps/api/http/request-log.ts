import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { newId } from '#kernel/ids.js';
import { beginContext } from './context.js';
import type { Metrics } from './metrics.js';
import { fullPath } from './route.js';

/**
 * The first middleware: gives each request its id (a given one is kept when it is harmless) and logs it when it is
 * answered. Neither query nor body nor headers are logged: names and numbers of people stand there.
 */
export function requestLog(log: Logger, metrics: Metrics) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId();
    const context = { requestId, address: request.ip ?? request.socket.remoteAddress ?? 'unknown' } as Parameters<
      typeof beginContext
    >[1];
    beginContext(request, context);
    response.set('x-request-id', requestId);
    const startedAt = performance.now();
    response.once('close', () => {
      const ms = performance.now() - startedAt;
      const route = context.route === undefined ? 'none' : fullPath(context.route);
      metrics.observe({ method: request.method, route, status: response.statusCode, seconds: ms / 1_000 });
      const fields = {
        requestId,
        method: request.method,
        route,
        status: response.statusCode,
        ms: Math.round(ms),
        userId: context.caller?.userId,
      };
      if (!response.writableFinished) log.warn(fields, 'a caller left before the answer');
      else if (context.route === undefined && response.statusCode < 400) log.debug(fields, 'file served');
      else log.info(fields, 'request answered');
    });
    next();
  };
}
