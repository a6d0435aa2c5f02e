import { applyDecorators, createParamDecorator, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Caller, Permission } from '#accounts/contract.js';
import type { Transaction } from '#platform/database/database.js';
import type { Reply, Serialisable } from './reply.js';

/** The prefix of every path that is not declared with `root: true`. */
export const API_PREFIX = '/api/v1';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * What a transaction of the route sees: `case`, the caller's jurisdictions and bodies; `administration` and `audit`,
 * the tables that are nobody's case; `none`, reference data only.
 */
export type RouteScope = 'case' | 'administration' | 'audit' | 'none';

/** Everything about a route, in one place: the guard, the validation, OpenAPI and the sweep all read this. */
export interface RouteDefinition {
  method: HttpMethod;
  /** Below `/api/v1`, with `:name` for parameters: `/incidents/:id/confirm`. */
  path: string;
  /** The path stands as it is, at the root of the server. */
  root?: boolean;
  summary: string;
  /** `public`: anybody; `session`: anybody who is signed in; else the permission that the caller must have. */
  permission: Permission | 'public' | 'session';
  scope: RouteScope;
  /** Parameters of the path. */
  params?: z.ZodType;
  /** Parameters of the query, which arrive as strings: see `./query.ts`. Must be strict. */
  query?: z.ZodType;
  /** The JSON body. Must be strict at every depth, so that a misspelt key is refused and never ignored. */
  body?: z.ZodType;
  /** What is answered. Keys that it does not name are never sent. */
  response: z.ZodType;
  /** 200 when left out; 201 for `created`, 202 for work that goes on, 204 for no body. */
  status?: number;
  /** The caller must say which version it has seen (428 without); the handler gets it as a number. */
  ifMatch?: 'required' | 'optional';
  /** An `Idempotency-Key` is honoured for 24 h. On for every unsafe method unless it is switched off. */
  idempotent?: boolean;
  /** Media types of the answer, when they are not JSON alone. */
  produces?: string[];
  /** Media types of a body that is not JSON; it arrives as `rawBody`, or unread on `request` with `readBody: false`. */
  consumes?: string[];
  readBody?: false;
  bodyLimitBytes?: number;
  /** False: the handler gets no transaction (it streams, waits or opens its own). */
  transaction?: false;
  /** The route may be called with a signature (Standard Webhooks) in place of a session or token. */
  signed?: true;
}

/** Keeps the exact types of the schemas, so that the handler's argument and answer are typed from them. */
export const defineRoute = <const Definition extends RouteDefinition>(definition: Definition): Definition => definition;

type Parsed<Definition, Key extends string> =
  Definition extends Record<Key, infer Schema extends z.ZodType> ? z.output<Schema> : Record<string, never>;

/** The one argument of a handler. */
export type RouteInput<Definition extends RouteDefinition> = {
  caller: Definition['permission'] extends 'public' ? Caller | undefined : Caller;
  params: Parsed<Definition, 'params'>;
  query: Parsed<Definition, 'query'>;
  body: Definition extends { body: infer Schema extends z.ZodType } ? z.output<Schema> : undefined;
  /** The version of the `If-Match` header. Services compare it and refuse with `VERSION_CONFLICT` (412). */
  ifMatch: Definition extends { ifMatch: 'required' } ? number : number | undefined;
  requestId: string;
  request: Request;
  /** The bytes of the body as they came, for signatures and files. */
  rawBody: Buffer;
} & (Definition extends { transaction: false }
  ? unknown
  : {
      /**
       * The transaction of the request, in the caller's scope. It is committed, with the record of the
       * `Idempotency-Key`, before the answer is sent; any error rolls it back. The handler may run more than once when
       * PostgreSQL asks for a retry, so it has no effect but through `tx`.
       */
      tx: Transaction;
    });

/** What a handler may return: the plain object (instants may be `Date`), or a reply with an ETag, a location or a file. */
export type RouteOutput<Definition extends RouteDefinition> =
  Serialisable<z.input<Definition['response']>> | Reply<Serialisable<z.input<Definition['response']>>>;

type Handler<Definition extends RouteDefinition> = (
  input: RouteInput<Definition>,
) => RouteOutput<Definition> | Promise<RouteOutput<Definition>>;

const DEFINITIONS = new WeakMap<object, RouteDefinition>();

/** The definition that a handler was decorated with. */
export const routeOf = (handler: object): RouteDefinition | undefined => DEFINITIONS.get(handler);

/** The whole path of a route. */
export const fullPath = (definition: RouteDefinition): string =>
  definition.root === true ? definition.path : `${API_PREFIX}${definition.path}`;

/**
 * Makes a method of a `@Controller()` class the handler of a route:
 *
 *     const confirmIncident = defineRoute({ method: 'POST', path: '/incidents/:id/confirm', … });
 *
 *     @Controller()
 *     export class DecisionsController {
 *       @Route(confirmIncident)
 *       async confirm(@Input() { tx, caller, params, body, ifMatch }: RouteInput<typeof confirmIncident>) { … }
 *     }
 *
 * The types of the argument and of the answer are checked against the schemas.
 */
export function Route<Definition extends RouteDefinition>(definition: Definition) {
  return <Method extends Handler<Definition>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    DEFINITIONS.set(descriptor.value!, definition);
    applyDecorators(
      RequestMapping({ path: fullPath(definition), method: RequestMethod[definition.method] }),
      HttpCode(definition.status ?? 200),
    )(target, key, descriptor as TypedPropertyDescriptor<unknown>);
  };
}

/** The request property under which the pipeline hands the checked input to the handler. */
export const INPUT = Symbol('huiying.input');

/** The handler's one argument. */
export const Input = createParamDecorator((_data: unknown, context: ExecutionContext): unknown => {
  const request = context.switchToHttp().getRequest<Request & { [INPUT]?: unknown }>();
  return request[INPUT];
});
