import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { LOGGER } from '#platform/process/platform.module.js';
import { DomainError } from '#kernel/error.js';
import { contextOf } from './context.js';
import { AnswerMismatch } from './serialise.js';
import { InvalidRequest } from './validation.js';

/** RFC 9457 problem details. `code` is stable and never translated; `instance` is the id under which the log knows the call. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  instance: string;
  where?: string;
  params?: Readonly<Record<string, unknown>>;
  errors?: { where: string; code: string; message: string }[];
}

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Refusals of PostgreSQL that a caller can answer by trying again. */
const DATABASE_REFUSALS: Record<string, [code: string, status: number, detail: string]> = {
  '40001': ['CONFLICT', 409, 'somebody else changed the same thing at the same time; try again'],
  '40P01': ['CONFLICT', 409, 'somebody else changed the same thing at the same time; try again'],
  '55P03': ['BUSY', 503, 'somebody else holds the same thing; try again in a moment'],
  '57014': ['TOO_SLOW', 503, 'this took too long and was given up'],
  '53300': ['BUSY', 503, 'too much at once; try again in a moment'],
  // A forged cursor or a place that the caller does not hold comes as far as the database, which refuses it.
  '22007': ['INVALID_VALUE', 400, 'a value of the request is not what it should be'],
  '22008': ['INVALID_VALUE', 400, 'a value of the request is not what it should be'],
  '22021': ['INVALID_VALUE', 400, 'a value of the request is not what it should be'],
  '22P02': ['INVALID_VALUE', 400, 'a value of the request is not what it should be'],
  '22003': ['INVALID_VALUE', 400, 'a value of the request is not what it should be'],
  '42501': ['OUT_OF_SCOPE', 403, 'this lies outside the places and bodies that you act for'],
  '57P01': ['UNAVAILABLE', 503, 'the database is being restarted'],
};

/** Answers every failure as problem details. What was not meant for callers is told to the log only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const { requestId } = contextOf(request);
    const problem = problemOf(error, requestId);
    if (problem.status >= 500 && problem.code !== 'BUSY') {
      const places = error instanceof AnswerMismatch ? { route: error.route, places: error.places } : {};
      this.log.error({ err: error, requestId, ...places }, 'a call failed');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 401) response.set('www-authenticate', 'Bearer realm="huiying"');
    const wait = problem.params?.['retryAfterSeconds'];
    if (typeof wait === 'number') response.set('retry-after', String(wait));
    // An unread body would be taken for the next request on this connection.
    if (!request.complete) response.set('connection', 'close');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** The problem details of an error. An error that is not a refusal gives the same words whatever it was. */
export function problemOf(error: unknown, requestId: string): Problem {
  const refusal = (code: string, status: number, detail: string): Problem => ({
    type: `urn:huiying:problem:${code}`,
    title: TITLES[status] ?? 'Error',
    status,
    code,
    detail,
    instance: requestId,
  });
  if (error instanceof DomainError)
    return {
      ...refusal(error.code, error.status, error.message),
      ...(error.where === undefined ? {} : { where: error.where }),
      ...(Object.keys(error.params).length === 0 ? {} : { params: error.params }),
      ...(error instanceof InvalidRequest ? { errors: error.faults } : {}),
    };
  if (error instanceof HttpException) {
    const status = error.getStatus();
    const code = status === 404 ? 'NOT_FOUND' : status < 500 ? 'REQUEST_REFUSED' : 'INTERNAL';
    return refusal(code, status, status === 404 ? 'there is nothing at this address' : 'the request was refused');
  }
  const known = DATABASE_REFUSALS[String((error as { code?: unknown } | null)?.code)];
  if (known !== undefined) return refusal(...known);
  return refusal('INTERNAL', 500, 'something went wrong; the log knows it under this instance');
}
