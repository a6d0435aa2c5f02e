import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { AUTHENTICATION_SCOPE } from '#platform/database/scope.js';
import type { Database } from '#platform/database/database.js';
import { DomainError } from '#kernel/error.js';
import { hashSecret } from './secrets.js';
import type { SignInPolicy } from './sign-in-policy.js';

/** From where somebody tries to sign in. */
export interface Attempt {
  username: string;
  address: string;
  deviceHash: string;
  /** The account was opened from this device, from this address, before. */
  known: { device: boolean; address: boolean };
}

type LimitName = 'device' | 'pair' | 'address' | 'account';

/**
 * Counts attempts before their password is looked at, so that many at once gain nothing. A known device has a count of
 * its own, and a known address is not stopped by the count of the account: a stranger can use up neither, so nobody is locked out.
 * Names that are no accounts are counted in the same way. The counts stand in PostgreSQL; when they can't be
 * written, nobody signs in.
 */
export class SignInThrottle {
  private readonly limits: Record<LimitName, RateLimiterPostgres>;

  constructor(database: Database, policy: SignInPolicy['throttle']) {
    const client = {
      query: async (query: { text: string; values: unknown[] }) => ({
        rows: await database.inScope(AUTHENTICATION_SCOPE, (tx) => tx.query(query.text, query.values)),
      }),
    };
    const limit = (keyPrefix: LimitName, points: number) =>
      new RateLimiterPostgres({
        storeClient: client,
        storeType: 'client',
        tableName: 'sign_in_attempts',
        tableCreated: true,
        clearExpiredByTimeout: keyPrefix === 'pair',
        keyPrefix,
        points,
        duration: policy.windowMinutes * 60,
      });
    this.limits = {
      device: limit('device', policy.perDevice),
      pair: limit('pair', policy.perAccountAndAddress),
      address: limit('address', policy.perAddress),
      account: limit('account', policy.perAccount),
    };
  }

  /** Counts one attempt. Refuses with 429 `TOO_MANY_ATTEMPTS` and `retryAfterSeconds` when one of its limits is used up. */
  async count(attempt: Attempt): Promise<void> {
    for (const [name, key] of keysOf(attempt))
      try {
        await this.limits[name].consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        // Counted all the same: a name that is no account has no known address, and must take as long.
        if (name === 'account' && attempt.known.address) continue;
        throw new DomainError('TOO_MANY_ATTEMPTS', 429, 'too many failed sign-ins; wait a while', {
          retryAfterSeconds: Math.ceil(refusal.msBeforeNext / 1_000),
        });
      }
  }

  /** Takes a successful attempt back. */
  async forgive(attempt: Attempt): Promise<void> {
    for (const [name, key] of keysOf(attempt))
      if (name === 'device' || name === 'pair') await this.limits[name].delete(key);
      else await this.limits[name].reward(key);
  }
}

function keysOf({ username, address, deviceHash, known }: Attempt): [LimitName, string][] {
  if (known.device) return [['device', hashSecret(`${username}\n${deviceHash}`)]];
  return [
    ['address', hashSecret(address)],
    ['pair', hashSecret(`${username}\n${address}`)],
    ['account', hashSecret(username)],
  ];
}
