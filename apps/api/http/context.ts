import type { Request } from 'express';
import type { Caller } from '#accounts/contract.js';
import type { Session } from '#accounts/sessions.service.js';
import type { RouteDefinition } from './route.js';

/** What the stages of a request tell each other. */
export interface RequestContext {
  requestId: string;
  /** The address of the peer, or of the client when the peer is a trusted proxy. */
  address: string;
  route?: RouteDefinition;
  caller?: Caller;
  session?: Session;
  rawBody?: Promise<Buffer>;
}

const CONTEXTS = new WeakMap<Request, RequestContext>();

/** Begins the context of a request; the first middleware does. */
export const beginContext = (request: Request, context: RequestContext): void => {
  CONTEXTS.set(request, context);
};

export function contextOf(request: Request): RequestContext {
  const context = CONTEXTS.get(request);
  if (context === undefined) throw new Error('the request did not pass the first middleware');
  return context;
}
