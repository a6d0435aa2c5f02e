import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text: session ids, CSRF tokens, device marks and machine tokens. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a secret. It has 256 random bits, so a plain hash can't be searched through. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares in a time that tells nothing about where two texts differ. */
export function sameSecret(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(left)), Buffer.from(hashSecret(right)));
}
