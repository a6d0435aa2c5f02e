import type { Database, Transaction } from '#platform/database/database.js';
import { AUTHENTICATION_SCOPE } from '#platform/database/scope.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { DomainError } from '#kernel/error.js';
import { ACCOUNT_EVENTS, type Caller } from './contract.js';
import type { DutyBook } from './duties.js';
import { heldDuties } from './duties.store.js';
import type { Passwords } from './password.js';
import { callerOf } from './caller.js';
import { hashSecret, newSecret } from './secrets.js';
import {
  deleteOldSessions,
  insertSession,
  knownFrom,
  type OpenSession,
  openSessions,
  revokeSessions,
  touchSession,
} from './sessions.store.js';
import type { SignInPolicy } from './sign-in-policy.js';
import { type Attempt, SignInThrottle } from './throttle.js';
import { findUserByName, type User } from './users.store.js';

export interface SignIn {
  username: string;
  password: string;
  address: string;
  userAgent: string;
  /** The mark that an earlier sign-in left in the browser. */
  device: string | undefined;
  requestId: string;
}

/** What a sign-in gives. `sessionId` and `device` go into cookies; only their hashes are stored. */
export interface OpenedSession {
  sessionId: string;
  device: string;
  csrfToken: string;
  expiresAt: Date;
  caller: Caller;
}

/** A session that holds: who calls, and the CSRF token that unsafe calls must bring. */
export interface Session {
  idHash: string;
  caller: Caller;
  csrfToken: string;
  expiresAt: Date;
}

/** The use of a session is noted when the last note is older; idle limits are minutes, so this costs no precision. */
const TOUCH_AFTER_SECONDS = 60;

/** How a name is compared: without its case, in one Unicode form. */
export const foldUsername = (username: string): string => username.trim().normalize('NFKC').toLowerCase();

export interface SessionParts {
  database: Database;
  duties: DutyBook;
  passwords: Passwords;
  policy: SignInPolicy;
}

/** Opens, resolves and ends sessions. They live in the database, so that ending one is felt by the very next call. */
export class SessionsService {
  private readonly throttle: SignInThrottle;

  constructor(private readonly parts: SessionParts) {
    this.throttle = new SignInThrottle(parts.database, parts.policy.throttle);
  }

  /**
   * Opens a session. 401 `SIGN_IN_FAILED` alike, in text and time, for an unknown name, a wrong password and a
   * disabled account; 429 `TOO_MANY_ATTEMPTS` when the throttle holds.
   */
  async signIn(request: SignIn): Promise<OpenedSession> {
    const username = foldUsername(request.username);
    const device = request.device ?? newSecret();
    const { user, attempt } = await this.look(username, request, hashSecret(device));
    await this.throttle.count(attempt);
    const fits = await this.parts.passwords.verify(user?.passwordHash, request.password);
    if (user === undefined || !fits || user.disabledAt !== null) {
      await this.authenticating((tx) => this.recordRefusal(tx, user?.id, request));
      throw new DomainError('SIGN_IN_FAILED', 401, 'user name or password is wrong');
    }
    await this.throttle.forgive(attempt);
    return this.authenticating((tx) => this.open(tx, user, request, device));
  }

  /** The session of an id, or undefined when it is unknown, revoked, too old or too long idle. Notes its use. */
  async resolve(sessionId: string): Promise<Session | undefined> {
    const idHash = hashSecret(sessionId);
    return this.authenticating(async (tx) => {
      const [found] = await openSessions(tx, [idHash], this.parts.policy.session.idleMinutes);
      if (found === undefined) return undefined;
      if (found.idleSeconds > TOUCH_AFTER_SECONDS) await touchSession(tx, idHash);
      return (await this.sessionsOf(tx, [found]))[0];
    });
  }

  /** Those of the given sessions that still hold, by hash, without noting a use: a socket alone keeps no session open. */
  async resolveMany(idHashes: string[]): Promise<Map<string, Session>> {
    if (idHashes.length === 0) return new Map();
    return this.authenticating(async (tx) => {
      const found = await openSessions(tx, idHashes, this.parts.policy.session.idleMinutes);
      return new Map((await this.sessionsOf(tx, found)).map((session) => [session.idHash, session]));
    });
  }

  /** Ends one session. */
  async signOut(session: Session): Promise<void> {
    await this.authenticating(async (tx) => {
      if ((await revokeSessions(tx, session.caller.userId, session.idHash)) === 0) return;
      const { actor } = session.caller;
      await appendLedger(tx, [
        { type: ACCOUNT_EVENTS.signedOut, at: await tx.now(), actor, subjectId: session.caller.userId },
      ]);
    });
  }

  /** Forgets sessions that are too old to vouch for a device. Returns how many. */
  purge(): Promise<number> {
    return this.authenticating((tx) => deleteOldSessions(tx, this.parts.policy.throttle.knownDays));
  }

  private authenticating<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.parts.database.inScope(AUTHENTICATION_SCOPE, work);
  }

  private look(
    username: string,
    request: SignIn,
    deviceHash: string,
  ): Promise<{ user: User | undefined; attempt: Attempt }> {
    const { address } = request;
    const days = this.parts.policy.throttle.knownDays;
    return this.authenticating(async (tx) => {
      const user = await findUserByName(tx, username);
      // An id that nobody has: the same statement runs for a name that is no account.
      const userId = user?.id ?? '00000000-0000-0000-0000-000000000000';
      const known = await knownFrom(tx, { userId, deviceHash, address, days });
      return { user, attempt: { username, address, deviceHash, known } };
    });
  }

  private async open(tx: Transaction, user: User, request: SignIn, device: string): Promise<OpenedSession> {
    const sessionId = newSecret();
    const csrfToken = newSecret();
    const expiresAt = await insertSession(tx, {
      idHash: hashSecret(sessionId),
      userId: user.id,
      csrfToken,
      absoluteHours: this.parts.policy.session.absoluteHours,
      address: request.address,
      userAgent: request.userAgent,
      deviceHash: hashSecret(device),
    });
    const duties = (await heldDuties(tx, [user.id], this.parts.duties)).get(user.id) ?? [];
    const caller = callerOf({
      userId: user.id,
      username: user.username,
      displayName: user.displayName,
      kind: 'user',
      duties,
    });
    const actor = { ...caller.actor, requestId: request.requestId };
    await appendLedger(tx, [
      {
        type: ACCOUNT_EVENTS.signedIn,
        at: await tx.now(),
        actor,
        subjectId: user.id,
        payload: { address: request.address },
      },
    ]);
    return { sessionId, device, csrfToken, expiresAt, caller };
  }

  /** The name that was typed is not recorded: people type their password into the wrong field. */
  private async recordRefusal(tx: Transaction, userId: string | undefined, request: SignIn): Promise<void> {
    const actor = { ...systemActor('api'), requestId: request.requestId };
    const payload = { address: request.address };
    await appendLedger(tx, [
      {
        type: ACCOUNT_EVENTS.signInRefused,
        at: await tx.now(),
        actor,
        payload,
        ...(userId === undefined ? {} : { subjectId: userId }),
      },
    ]);
  }

  private async sessionsOf(tx: Transaction, open: OpenSession[]): Promise<Session[]> {
    const held = await heldDuties(tx, [...new Set(open.map((session) => session.userId))], this.parts.duties);
    return open.map(({ idHash, csrfToken, expiresAt, ...user }) => ({
      idHash,
      csrfToken,
      expiresAt,
      caller: callerOf({
        userId: user.userId,
        username: user.username,
        displayName: user.displayName,
        kind: 'user',
        duties: held.get(user.userId) ?? [],
      }),
    }));
  }
}
