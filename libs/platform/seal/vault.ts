import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { ConfigError } from '#kernel/error.js';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const IVS_AT_ONCE = 256;
const TAG_BYTES = 16;
const ID_BYTES = 4;
const FORMAT = 1;
const HEAD_BYTES = 1 + ID_BYTES + IV_BYTES + TAG_BYTES;

interface Key {
  id: string;
  secret: Buffer;
  lookup: Buffer;
}

/**
 * Seals what must not be read in a dump of the database: AES-256-GCM under a key that stands in the settings and nowhere else.
 * The newest key seals, every given one opens, so that keys can be changed. `context` binds a sealed value to its place: moved
 * elsewhere it does not open.
 */
export class Vault {
  private constructor(private readonly keys: Key[]) {}

  /** Reads `HUIYING_PERSONAL_KEY`: keys of 32 bytes in base64, the newest first, separated by commas. Throws `ConfigError`. */
  static of(setting: string | undefined): Vault {
    if (setting === undefined || setting.trim() === '')
      throw new ConfigError('HUIYING_PERSONAL_KEY', 'is not set: 32 random bytes in base64 (openssl rand -base64 32)');
    const secrets = setting.split(',').map((part) => Buffer.from(part.trim(), 'base64'));
    const wrong = secrets.findIndex((secret) => secret.length !== KEY_BYTES);
    if (wrong >= 0)
      throw new ConfigError(
        'HUIYING_PERSONAL_KEY',
        `key ${wrong + 1} has ${secrets[wrong]!.length} bytes; it must be ${KEY_BYTES} bytes in base64`,
      );
    return new Vault(
      secrets.map((secret) => ({
        id: createHash('sha256')
          .update(secret)
          .digest('hex')
          .slice(0, ID_BYTES * 2),
        secret,
        lookup: Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'lookup', KEY_BYTES)),
      })),
    );
  }

  get keyId(): string {
    return this.keys[0]!.id;
  }

  seal(plain: Uint8Array | string, context: string): Buffer {
    const key = this.keys[0]!;
    const iv = this.freshIv();
    const cipher = createCipheriv(CIPHER, key.secret, iv).setAAD(Buffer.from(context));
    const body = [cipher.update(plain as string, 'utf8'), cipher.final()];
    return Buffer.concat([Buffer.of(FORMAT), Buffer.from(key.id, 'hex'), iv, cipher.getAuthTag(), ...body]);
  }

  private ivs = Buffer.alloc(0);

  /** From the system's generator, many at a time: asking it for twelve bytes costs as much as sealing with them. */
  private freshIv(): Buffer {
    if (this.ivs.length < IV_BYTES) this.ivs = randomBytes(IV_BYTES * IVS_AT_ONCE);
    const iv = this.ivs.subarray(0, IV_BYTES);
    this.ivs = this.ivs.subarray(IV_BYTES);
    return iv;
  }

  /** Throws a plain error for bytes that were changed, moved or sealed under a key that is not given: a fault, not a refusal. */
  open(sealed: Buffer, context: string): Buffer {
    const id = sealed.subarray(1, 1 + ID_BYTES).toString('hex');
    const key = this.keys.find((candidate) => candidate.id === id);
    if (sealed[0] !== FORMAT || key === undefined)
      throw new Error('sealed under a key that HUIYING_PERSONAL_KEY does not hold');
    const iv = sealed.subarray(1 + ID_BYTES, 1 + ID_BYTES + IV_BYTES);
    const tag = sealed.subarray(1 + ID_BYTES + IV_BYTES, HEAD_BYTES);
    const decipher = createDecipheriv(CIPHER, key.secret, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]);
  }

  /** A keyed hash under which a value can be found again without being kept in the clear. */
  lookup(kind: string, value: string): string {
    return createHmac('sha256', this.keys[0]!.lookup).update(`${kind}\n${value}`).digest('hex').slice(0, 32);
  }
}

/** A new key, as the setting takes it. */
export const newVaultKey = (): string => randomBytes(KEY_BYTES).toString('base64');
