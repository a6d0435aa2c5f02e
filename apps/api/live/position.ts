import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Caller } from '#accounts/contract.js';
import { roomsOf } from './rooms.js';

/** Where a client stands: the last entry of the ledger that it has been told of, and what it was allowed when it was told. */
export const positionSchema = z
  .object({ seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER), standing: z.string().max(64) })
  .meta({ id: 'LivePosition' });
export type Position = z.infer<typeof positionSchema>;

/**
 * How far this process has passed the ledger on. What is read after this was asked shows at least so much: reading after
 * asking and catching up from there misses nothing.
 */
export class LivePosition {
  seq = 0;

  of(caller: Caller): Position {
    return { seq: this.seq, standing: standingOf(caller) };
  }
}

const DIGEST_LENGTH = 16;

/** A digest of what a caller may see and do. Whoever comes back with another one has to read everything again. */
export function standingOf(caller: Caller): string {
  const allowed = [...roomsOf(caller).sort(), ...[...caller.permissions].sort()];
  return createHash('sha256').update(allowed.join('\n')).digest('hex').slice(0, DIGEST_LENGTH);
}
