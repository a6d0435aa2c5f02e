import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '#accounts/contract.js';
import { SessionsService } from '#accounts/sessions.service.js';
import { Database } from '#platform/database/database.js';
import { NO_SCOPE } from '#platform/database/scope.js';
import { contextOf } from '../http/context.js';
import { Cookies } from '../http/cookies.js';
import { Reply } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { nothing } from '../http/schemas.js';
import { LivePosition, type Position } from '../live/position.js';
import { sessionSchema } from './account.schemas.js';

const signIn = defineRoute({
  method: 'POST',
  path: '/session',
  summary: 'Sign in; sets the session cookie and answers the CSRF token',
  permission: 'public',
  scope: 'none',
  idempotent: false,
  transaction: false,
  body: z.strictObject({ username: z.string().min(1).max(100), password: z.string().min(1).max(1_000) }),
  response: sessionSchema,
  bodyLimitBytes: 8_192,
});
const whoAmI = defineRoute({
  method: 'GET',
  path: '/session',
  summary: 'Who am I, and what may I',
  permission: 'session',
  scope: 'case',
  transaction: false,
  response: sessionSchema,
});
const signOut = defineRoute({
  method: 'DELETE',
  path: '/session',
  summary: 'Sign out',
  permission: 'session',
  scope: 'none',
  idempotent: false,
  transaction: false,
  response: nothing,
  status: 204,
});

/** A device mark outlives sessions: by it a browser that was in before is told from a stranger. */
const DEVICE_DAYS = 90;
const DAY_SECONDS = 86_400;

@Controller()
export class SessionController {
  constructor(
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(Cookies) private readonly cookies: Cookies,
    @Inject(Database) private readonly database: Database,
    @Inject(LivePosition) private readonly position: LivePosition,
  ) {}

  @Route(signIn)
  async signIn(@Input() { request, requestId, body }: RouteInput<typeof signIn>) {
    const context = contextOf(request);
    const opened = await this.sessions.signIn({
      ...body,
      address: context.address,
      userAgent: request.headers['user-agent'] ?? '',
      device: this.cookies.of(request, 'device'),
      requestId,
    });
    // The session that this browser had ends with the new one (ASVS 5.0 7.2.4).
    if (context.session !== undefined) await this.sessions.signOut(context.session);
    const now = await this.now();
    const maxAge = Math.ceil((opened.expiresAt.getTime() - now.getTime()) / 1_000);
    this.cookies.set(request.res!, 'session', opened.sessionId, maxAge);
    this.cookies.set(request.res!, 'device', opened.device, DEVICE_DAYS * DAY_SECONDS);
    return describe(opened.caller, {
      csrfToken: opened.csrfToken,
      expiresAt: opened.expiresAt,
      serverTime: now,
      live: this.position.of(opened.caller),
    });
  }

  @Route(whoAmI)
  async whoAmI(@Input() { caller, request }: RouteInput<typeof whoAmI>) {
    const { session } = contextOf(request);
    return describe(caller, {
      csrfToken: session?.csrfToken ?? '',
      expiresAt: session?.expiresAt ?? null,
      serverTime: await this.now(),
      live: this.position.of(caller),
    });
  }

  @Route(signOut)
  async signOut(@Input() { request }: RouteInput<typeof signOut>) {
    const { session } = contextOf(request);
    if (session !== undefined) await this.sessions.signOut(session);
    this.cookies.clear(request.res!, 'session');
    return new Reply(undefined);
  }

  private now(): Promise<Date> {
    return this.database.inScope(NO_SCOPE, (tx) => tx.now());
  }
}

interface Opened {
  csrfToken: string;
  expiresAt: Date | null;
  serverTime: Date;
  live: Position;
}

function describe(caller: Caller, session: Opened) {
  const { userId, username, displayName, kind, duties, permissions, scope } = caller;
  return {
    userId,
    username,
    displayName,
    kind,
    duties: duties.map((held) => ({ ...held, permissions: [...held.permissions] })),
    permissions: [...permissions],
    jurisdictions: scope.jurisdictions,
    bodies: scope.bodies,
    ...session,
  };
}
