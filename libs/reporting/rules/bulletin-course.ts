import { addDays, dayOf, endOfDay } from '#kernel/civil-day.js';

/** Where a frozen bulletin stands: bodies may object, objections wait for a decision, it is final, or a newer one took its place. */
export type BulletinStanding = 'objections' | 'deciding' | 'final' | 'superseded';

/** The end of the last day on which a body may object. */
export const objectionsEnd = (frozenAt: number, days: number): number => endOfDay(addDays(dayOf(frozenAt), days));

/** The day by which a body that lags reports. */
export const rectificationDay = (frozenAt: number, days: number): string => addDays(dayOf(frozenAt), days);

export function bulletinStanding(
  bulletin: { objectionsUntil: number | null; undecided: number; supersededBy: string | null },
  now: number,
): BulletinStanding {
  if (bulletin.supersededBy !== null) return 'superseded';
  if (bulletin.objectionsUntil !== null && now < bulletin.objectionsUntil) return 'objections';
  return bulletin.undecided > 0 ? 'deciding' : 'final';
}
