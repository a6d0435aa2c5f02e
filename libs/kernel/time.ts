/** Civil time of the offices: Asia/Shanghai, UTC+8 without daylight saving (domain 3.7). Instants are stored in UTC. */
export const OFFICE_OFFSET_MS = 8 * 3_600_000;

/** The civil date `YYYY-MM-DD` in Asia/Shanghai of an instant. */
export function officeDate(instant: Date): string {
  return new Date(instant.getTime() + OFFICE_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant as ISO 8601 with +08:00; a fraction of a second only when it is not zero. */
export function officeIso(instant: Date): string {
  const text = new Date(instant.getTime() + OFFICE_OFFSET_MS).toISOString();
  return text.replace(/\.000Z$/, 'Z').replace('Z', '+08:00');
}

/** 00:00 in Asia/Shanghai of a civil date. */
export function officeMidnight(date: string): Date {
  return new Date(`${date}T00:00:00+08:00`);
}

/** The civil year in Asia/Shanghai, as series of numbers carry it. */
export const officeYear = (instant: Date): string => officeDate(instant).slice(0, 4);
