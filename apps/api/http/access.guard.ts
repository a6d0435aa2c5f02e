import { type CanActivate, type ExecutionContext, Inject, Injectable, Optional } from '@nestjs/common';
import type { Request } from 'express';
import type { Caller } from '#accounts/contract.js';
import { callerFor } from '#accounts/caller.js';
import { sameSecret } from '#accounts/secrets.js';
import { SessionsService } from '#accounts/sessions.service.js';
import { TokensService } from '#accounts/tokens.service.js';
import type { Purpose } from '#platform/database/scope.js';
import { DomainError } from '#kernel/error.js';
import { type RequestContext, contextOf } from './context.js';
import { Cookies } from './cookies.js';
import { Origins } from './origin.js';
import { rawBodyOf } from './request-body.js';
import { type RouteDefinition, routeOf } from './route.js';

/** Knows callers by the signature of their message (Standard Webhooks); the stage that takes such messages provides it. */
export abstract class SignedCallers {
  /** The caller whose key signed these bytes, or undefined when the signature does not hold. */
  abstract verify(request: Request, rawBody: Buffer): Promise<Caller | undefined>;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const PURPOSE: Record<RouteDefinition['scope'], Purpose> = {
  case: 'case',
  administration: 'administration',
  audit: 'audit',
  none: 'case',
};

/** Nobody passes but by the declaration of the route: deny is what happens when nothing is said. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(TokensService) private readonly tokens: TokensService,
    @Inject(Cookies) private readonly cookies: Cookies,
    @Inject(Origins) private readonly origins: Origins,
    @Optional() @Inject(SignedCallers) private readonly signed?: SignedCallers,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<Request>();
    const route = routeOf(execution.getHandler());
    if (route === undefined) throw new DomainError('FORBIDDEN', 403, 'this route is not declared');
    const context = contextOf(request);
    context.route = route;
    const caller = await this.identify(request, route, context);
    if (!SAFE.has(request.method)) this.refuseForgery(request, context, caller);
    if (route.permission === 'public' && caller === undefined) return true;
    if (caller === undefined) throw new DomainError('UNAUTHENTICATED', 401, 'sign in first');
    const permission = route.permission === 'public' || route.permission === 'session' ? undefined : route.permission;
    if (permission !== undefined && !caller.permissions.has(permission))
      throw new DomainError('PERMISSION_MISSING', 403, 'no duty of yours allows this', { permission });
    const fitted = callerFor(caller, { permission, purpose: PURPOSE[route.scope], requestId: context.requestId });
    context.caller =
      route.scope === 'none' ? { ...fitted, scope: { purpose: 'case', jurisdictions: [], bodies: [] } } : fitted;
    return true;
  }

  private async identify(
    request: Request,
    route: RouteDefinition,
    context: RequestContext,
  ): Promise<Caller | undefined> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const secret = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(authorization)?.[1];
      const caller = secret === undefined ? undefined : await this.tokens.resolve(secret);
      if (caller === undefined)
        throw new DomainError('TOKEN_INVALID', 401, 'this token is unknown, revoked or past its time');
      return caller;
    }
    if (route.signed === true && this.signed !== undefined && request.headers['webhook-signature'] !== undefined) {
      const caller = await this.signed.verify(request, await rawBodyOf(request, route));
      if (caller === undefined) throw new DomainError('SIGNATURE_INVALID', 401, 'the signature does not hold');
      return caller;
    }
    const sessionId = this.cookies.of(request, 'session');
    const session = sessionId === undefined ? undefined : await this.sessions.resolve(sessionId);
    if (session !== undefined) context.session = session;
    return session?.caller;
  }

  /** Unsafe calls by cookie need the page of our own origin and the token of the session (ASVS 5.0 3.5). */
  private refuseForgery(request: Request, context: RequestContext, caller: Caller | undefined): void {
    const bySession = context.session !== undefined;
    if (caller !== undefined && !bySession) return;
    this.origins.require(request.headers, bySession);
    // Opening a session replaces the one that the cookie names; there is nothing that another site could gain by it.
    if (!bySession || context.route?.permission === 'public') return;
    const token = request.headers['x-csrf-token'];
    if (typeof token !== 'string' || !sameSecret(token, context.session!.csrfToken))
      throw new DomainError(
        'CSRF_TOKEN_INVALID',
        403,
        'the CSRF token of the session is missing or wrong',
        {},
        'X-CSRF-Token',
      );
  }
}
