import type { Transaction } from '#platform/database/database.js';
import type { Scope } from '#platform/database/scope.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { DomainError } from '#kernel/error.js';
import { requireReach } from './accounts.store.js';
import { ACCOUNT_EVENTS, type Duty } from './contract.js';
import type { DutyBook, Preset } from './duties.js';
import { endDuty, insertDuty, jurisdictionOfBody, lockDuty } from './duties.store.js';
import type { Passwords } from './password.js';
import { reaches } from './reach.js';
import { revokeSessions } from './sessions.store.js';
import { foldUsername } from './sessions.service.js';
import { insertUser, lockUser, updateUser } from './users.store.js';

/** Who changes accounts, and in which jurisdictions. The transaction must have been opened for `administration`. */
export interface Administrator {
  actor: Actor;
  scope: Scope;
}

export interface NewAccount {
  username: string;
  displayName: string;
  password: string;
}

export interface Grant {
  duty: Duty;
  bodyId?: string;
  /** Needed when the duty is not held in a body; of a body it is the body's. */
  jurisdiction?: string;
  validFrom?: Date;
  validTo?: Date;
  deputyFor?: string;
}

/** Makes accounts, grants and ends duties. Each change stands in the ledger; none of them is ever deleted. */
export class AccountsService {
  constructor(
    private readonly duties: DutyBook,
    private readonly passwords: Passwords,
  ) {}

  /** Makes an account without duties and returns its id. 409 `USERNAME_TAKEN`, 422 `PASSWORD_WEAK`. */
  async create(tx: Transaction, account: NewAccount, by: Administrator): Promise<string> {
    const username = foldUsername(account.username);
    this.passwords.check(account.password, username);
    const passwordHash = await this.passwords.hash(account.password);
    const id = await insertUser(tx, { username, displayName: account.displayName, passwordHash });
    await this.record(tx, ACCOUNT_EVENTS.accountCreated, by, id, { username, displayName: account.displayName });
    return id;
  }

  /** Sets a password and ends every session of the account. */
  async setPassword(
    tx: Transaction,
    change: { userId: string; password: string; expectedVersion?: number },
    by: Administrator,
  ): Promise<number> {
    await requireReach(tx, by.scope, change.userId);
    const user = await lockUser(tx, change.userId, change.expectedVersion);
    this.passwords.check(change.password, user.username);
    const version = await updateUser(tx, user.id, { passwordHash: await this.passwords.hash(change.password) });
    await revokeSessions(tx, user.id);
    await this.record(tx, ACCOUNT_EVENTS.passwordSet, by, user.id, {});
    return version;
  }

  /** Disables an account and ends its sessions, or enables it again. Nobody disables the own account. */
  async setDisabled(
    tx: Transaction,
    change: { userId: string; disabled: boolean; expectedVersion?: number },
    by: Administrator,
  ): Promise<number> {
    await requireReach(tx, by.scope, change.userId);
    if (change.userId === by.actor.id) throw new DomainError('OWN_ACCOUNT', 403, 'nobody disables the own account');
    const user = await lockUser(tx, change.userId, change.expectedVersion);
    if ((user.disabledAt !== null) === change.disabled) return user.version;
    const version = await updateUser(tx, user.id, { disabledAt: change.disabled ? await tx.now() : null });
    if (change.disabled) await revokeSessions(tx, user.id);
    const type = change.disabled ? ACCOUNT_EVENTS.accountDisabled : ACCOUNT_EVENTS.accountEnabled;
    await this.record(tx, type, by, user.id, {});
    return version;
  }

  /**
   * Grants a dated duty and returns its id. 422 when place, body or dates do not fit the duty; 403 `OWN_ACCOUNT` for
   * the own account and `OUT_OF_REACH` for a place that the administrator does not administer.
   */
  async grant(tx: Transaction, userId: string, grant: Grant, by: Administrator): Promise<string> {
    await requireReach(tx, by.scope, userId);
    if (userId === by.actor.id) throw new DomainError('OWN_ACCOUNT', 403, 'nobody grants a duty to the own account');
    await lockUser(tx, userId);
    const jurisdiction = await this.placeOf(tx, grant);
    if (!reaches(by.scope, jurisdiction))
      throw new DomainError('OUT_OF_REACH', 403, 'this place is administered by somebody else', { jurisdiction });
    const validFrom = grant.validFrom ?? (await tx.now());
    if (grant.validTo !== undefined && grant.validTo <= validFrom)
      throw new DomainError('DATES_REVERSED', 422, 'a duty ends after it begins', {}, 'validTo');
    if (grant.deputyFor !== undefined) {
      if (grant.deputyFor === userId)
        throw new DomainError('OWN_DEPUTY', 422, 'nobody is the own deputy', {}, 'deputyFor');
      // A deputy stands in for a time; without an end it would be a second holder.
      if (grant.validTo === undefined)
        throw new DomainError('DEPUTY_WITHOUT_END', 422, 'a deputy’s duty has an end', {}, 'validTo');
      await requireReach(tx, by.scope, grant.deputyFor);
    }
    const row = {
      userId,
      duty: grant.duty,
      bodyId: grant.bodyId ?? null,
      jurisdiction,
      validFrom,
      validTo: grant.validTo ?? null,
      deputyFor: grant.deputyFor ?? null,
    };
    const id = await insertDuty(tx, row);
    await this.record(tx, ACCOUNT_EVENTS.dutyGranted, by, userId, { dutyId: id, ...row });
    return id;
  }

  /** Grants every duty of a preset at one place. */
  async grantPreset(
    tx: Transaction,
    userId: string,
    preset: Preset,
    place: { bodyId?: string; jurisdiction?: string; by: Administrator },
  ): Promise<void> {
    const { by, bodyId, jurisdiction } = place;
    for (const duty of this.duties.dutiesOf(preset)) {
      const inBody = this.duties.heldIn(duty) === 'body' || jurisdiction === undefined;
      await this.grant(
        tx,
        userId,
        {
          duty,
          ...(inBody && bodyId !== undefined ? { bodyId } : {}),
          ...(inBody || jurisdiction === undefined ? {} : { jurisdiction }),
        },
        by,
      );
    }
  }

  /** Ends a duty now; it stays on record. 404 `DUTY_NOT_FOUND`. */
  async endDuty(tx: Transaction, userId: string, dutyId: string, by: Administrator): Promise<void> {
    await requireReach(tx, by.scope, userId);
    const duty = await lockDuty(tx, userId, dutyId);
    if (duty === undefined) throw new DomainError('DUTY_NOT_FOUND', 404, 'no such duty');
    const now = await tx.now();
    if (duty.validTo !== null && duty.validTo <= now) return;
    await endDuty(tx, dutyId, now);
    await this.record(tx, ACCOUNT_EVENTS.dutyEnded, by, userId, { dutyId, duty: duty.duty, bodyId: duty.bodyId });
  }

  /** Ends every session of an account. Returns how many were open. */
  async revokeSessions(tx: Transaction, userId: string, by: Administrator): Promise<number> {
    await requireReach(tx, by.scope, userId);
    const count = await revokeSessions(tx, userId);
    await this.record(tx, ACCOUNT_EVENTS.sessionsRevoked, by, userId, { count });
    return count;
  }

  /** The jurisdiction in which a duty is to be held; checks that the kind of place fits the duty. */
  private async placeOf(tx: Transaction, grant: Grant): Promise<string> {
    const { bodyId, jurisdiction } = grant;
    if (bodyId === undefined) {
      if (this.duties.heldIn(grant.duty) === 'body')
        throw new DomainError(
          'BODY_NEEDED',
          422,
          `the duty ${grant.duty} is held in a body`,
          { duty: grant.duty },
          'bodyId',
        );
      if (jurisdiction === undefined)
        throw new DomainError(
          'PLACE_NEEDED',
          422,
          `the duty ${grant.duty} is held in a body or a jurisdiction`,
          { duty: grant.duty },
          'jurisdiction',
        );
      return jurisdiction;
    }
    const own = await jurisdictionOfBody(tx, bodyId);
    if (own === undefined) throw new DomainError('BODY_UNKNOWN', 422, 'no such body', { bodyId }, 'bodyId');
    if (jurisdiction !== undefined && jurisdiction !== own)
      throw new DomainError(
        'PLACE_OF_BODY',
        422,
        'a duty in a body is held in the body’s jurisdiction',
        { jurisdiction: own },
        'jurisdiction',
      );
    return own;
  }

  private async record(
    tx: Transaction,
    type: string,
    by: Administrator,
    userId: string,
    payload: Record<string, unknown>,
  ): Promise<void> {
    await appendLedger(tx, [{ type, at: await tx.now(), actor: by.actor, subjectId: userId, payload }]);
  }
}
