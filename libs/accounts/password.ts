import { Algorithm, hash, verify } from '@node-rs/argon2';
import { DomainError } from '#kernel/error.js';
import { newSecret } from './secrets.js';
import type { SignInPolicy } from './sign-in-policy.js';

/** Hashes and verifies passwords with Argon2id. At most a few run at once, because each holds its memory; a long queue is refused. */
export class Passwords {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  /** Verified in place of an account that doesn't exist, so that both answers take the same time. */
  private dummy = '';

  private constructor(private readonly policy: SignInPolicy['password']) {}

  static async create(policy: SignInPolicy['password']): Promise<Passwords> {
    const passwords = new Passwords(policy);
    passwords.dummy = await passwords.hash(newSecret());
    return passwords;
  }

  /** Refuses with 422 `PASSWORD_WEAK` a password that is short, long, or the user's own name or a known one. No rules of composition. */
  check(password: string, username: string): void {
    const { minimumLength, maximumLength, forbidden } = this.policy;
    const refuse = (reason: string, params = {}) => {
      throw new DomainError('PASSWORD_WEAK', 422, reason, params, 'password');
    };
    const length = [...password].length;
    if (length < minimumLength) refuse(`a password has at least ${minimumLength} characters`, { minimumLength });
    if (length > maximumLength) refuse(`a password has at most ${maximumLength} characters`, { maximumLength });
    const folded = password.toLowerCase();
    const guessable = [username.toLowerCase(), ...forbidden].some(
      (part) => folded.replaceAll(part, '').length * 2 < folded.length,
    );
    if (guessable || new Set(folded).size < 5) refuse('this password is among the first that are guessed');
  }

  hash(password: string): Promise<string> {
    const { memoryKib, iterations, parallelism } = this.policy;
    return this.inTurn(() =>
      hash(password, { algorithm: Algorithm.Argon2id, memoryCost: memoryKib, timeCost: iterations, parallelism }),
    );
  }

  /** True when the password fits the stored hash. Without a hash it takes as long and is false. */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    const fits = await this.inTurn(() => verify(stored ?? this.dummy, password));
    return stored !== undefined && fits;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.policy.concurrentHashes) {
      if (this.waiting.length >= this.policy.queueLength)
        throw new DomainError('BUSY', 503, 'too many sign-ins at once; try again in a moment');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
