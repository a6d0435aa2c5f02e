import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Database, type Transaction } from '#platform/database/database.js';
import { NO_SCOPE } from '#platform/database/scope.js';
import { contextOf, type RequestContext } from './context.js';
import { freeKey, keepAnswer, keyedCall, type KeyedCall, takeKey } from './idempotency.js';
import { Download, Reply } from './reply.js';
import { jsonOf, rawBodyOf } from './request-body.js';
import { INPUT, type RouteDefinition } from './route.js';
import { serialise } from './serialise.js';
import { check, EMPTY, versionOf } from './validation.js';

const NO_BODY = Buffer.alloc(0);
const SAFE = new Set(['GET', 'HEAD']);

/**
 * Runs the handler of a route on checked input, in the caller's transaction, and checks its answer. The record of the
 * `Idempotency-Key` is committed together with what the handler did.
 */
@Injectable()
export class RouteInterceptor implements NestInterceptor {
  constructor(@Inject(Database) private readonly database: Database) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<Request & { [INPUT]?: unknown }>();
    return from(this.run(request, next));
  }

  private async run(request: Request & { [INPUT]?: unknown }, next: CallHandler): Promise<Reply<unknown>> {
    const context = contextOf(request);
    const route = context.route!;
    const input = await inputOf(request, route, context);
    const answer = async (tx?: Transaction): Promise<Reply<unknown>> => {
      request[INPUT] = tx === undefined ? input : { ...input, tx };
      return replyOf(route, await lastValueFrom(next.handle()));
    };
    const mayBeKeyed = !SAFE.has(request.method) && route.idempotent !== false && context.caller !== undefined;
    const call = mayBeKeyed ? keyedCall(request, context.caller!, input.rawBody) : undefined;
    const scope = context.caller?.scope ?? NO_SCOPE;
    if (route.transaction === false) return call === undefined ? answer() : this.outside(scope, call, answer);
    return this.database.inScope(scope, (tx) => (call === undefined ? answer(tx) : keyed(tx, call, answer)));
  }

  /** A route without a transaction of ours: the key is taken before and answered after, each on its own. */
  private async outside(
    scope: typeof NO_SCOPE,
    call: KeyedCall,
    answer: () => Promise<Reply<unknown>>,
  ): Promise<Reply<unknown>> {
    const earlier = await this.database.inScope(scope, (tx) => takeKey(tx, call));
    if (earlier !== undefined) return earlier;
    try {
      const reply = await answer();
      await this.database.inScope(scope, (tx) => keepAnswer(tx, call, reply));
      return reply;
    } catch (error) {
      await this.database.inScope(scope, (tx) => freeKey(tx, call));
      throw error;
    }
  }
}

async function keyed(
  tx: Transaction,
  call: KeyedCall,
  answer: (tx: Transaction) => Promise<Reply<unknown>>,
): Promise<Reply<unknown>> {
  const earlier = await takeKey(tx, call);
  if (earlier !== undefined) return earlier;
  const reply = await answer(tx);
  await keepAnswer(tx, call, reply);
  return reply;
}

async function inputOf(request: Request, route: RouteDefinition, context: RequestContext) {
  const params: unknown = check(route.params ?? EMPTY.loose(), { ...request.params }, 'path');
  const query: unknown = check(route.query ?? EMPTY, { ...request.query }, 'query');
  const ifMatch = versionOf(request.headers['if-match'], route.ifMatch);
  const rawBody = SAFE.has(request.method) || route.readBody === false ? NO_BODY : await rawBodyOf(request, route);
  const body: unknown = route.body === undefined ? undefined : check(route.body, jsonOf(request, rawBody), 'body');
  return { caller: context.caller, params, query, body, ifMatch, requestId: context.requestId, request, rawBody };
}

function replyOf(route: RouteDefinition, answer: unknown): Reply<unknown> {
  if (answer instanceof Download) return answer;
  const given = answer instanceof Reply ? answer : new Reply(answer);
  return new Reply(serialise(route, given.body), given.headers, given.status ?? route.status ?? 200);
}
