import { DENIAL, HEAD, RUMOUR_STRONG, RUMOUR_WEAK } from './cues.js';
import type { Facts } from './types.js';

/** Whether false or unverified information is the matter (A9); triage's category decides as well as the words. */
export function isRumour({ input }: Facts): boolean {
  if (input.categories?.some((c) => c === 'C7' || c === 'C7-suspected') === true) return true;
  const text = input.text.slice(0, HEAD);
  return RUMOUR_STRONG.test(text) || (RUMOUR_WEAK.test(text) && DENIAL.test(text));
}

/** A rumour that is already denied or asked about is no emergency, whatever it tells of. */
export function isDoubted({ input }: Facts): boolean {
  const text = input.text.slice(0, HEAD);
  return DENIAL.test(text) || /谣/u.test(text);
}
