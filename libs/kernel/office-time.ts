const WRITTEN =
  /^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:\.(\d{1,3}))?秒?|分)?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/i;

/**
 * An instant (epoch milliseconds) from a written time; a time without zone is read as +08:00, a date alone as its 00:00
 * (domain 3.8). Undefined for anything else, and for a day or hour that doesn't exist.
 */
export function parseOfficeInstant(text: string): number | undefined {
  const match = WRITTEN.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = '+08:00'] = match;
  const pad = (part: string) => part.padStart(2, '0');
  const civil = `${year}-${pad(month!)}-${pad(day!)}T${pad(hour)}:${pad(minute)}:${pad(second)}.${fraction.padEnd(3, '0')}`;
  const asUtc = Date.parse(`${civil}Z`);
  // Date.parse rolls some dates over (2026-02-30); what it reads back must be what was written.
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 19) !== civil.slice(0, 19)) return undefined;
  return asUtc - offsetMs(zone);
}

function offsetMs(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}
