import type { ReturnCode } from './types.js';

/** `disputed` from the second return by another body on; `firstReceiver` = body of the first return (首接负责). */
export interface ReturnState {
  disputed: boolean;
  firstReceiver: string | null;
  returned: readonly string[];
}

/** Reads the returns of a case in order (domain 5.2). */
export function returnState(returns: readonly { body: string; code: ReturnCode }[]): ReturnState {
  const returned = [...new Set(returns.map((r) => r.body))];
  return { disputed: returned.length >= 2, firstReceiver: returned[0] ?? null, returned };
}
