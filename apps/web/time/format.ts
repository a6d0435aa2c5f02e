/** Times are shown in China's time (UTC+8, no summer time), wherever the browser stands. */
const EAST_MS = 8 * 3_600_000;

/** `2026-11-20T14:05:33` in China. A list shows hundreds of instants: `Intl` would take longer for them than all the rest of a row. */
const shown = (instant: string | number | Date): string =>
  new Date(new Date(instant).getTime() + EAST_MS).toISOString().slice(0, 19);

/** `2026-11-20 14:05:33` */
export const fullTime = (instant: string | number | Date): string => shown(instant).replace('T', ' ');

/** `11-20 14:05` */
export const shortTime = (instant: string | number | Date): string => fullTime(instant).slice(5, 16);

/** `14:05:33` */
export const clockTime = (instant: string | number | Date): string => fullTime(instant).slice(11);

export interface SpanUnits {
  day: string;
  hour: string;
  minute: string;
  second: string;
}

/** A span in its largest units, two unless asked for more: `1天3时`, `4分20秒`. */
export function span(milliseconds: number, units: SpanUnits, count = 2): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const values: [number, string][] = [
    [Math.floor(seconds / 86_400), units.day],
    [Math.floor((seconds % 86_400) / 3_600), units.hour],
    [Math.floor((seconds % 3_600) / 60), units.minute],
    [seconds % 60, units.second],
  ];
  const first = values.findIndex(([value]) => value > 0);
  if (first === -1) return `0${units.second}`;
  return values
    .slice(first, first + count)
    .filter(([value], index) => index === 0 || value > 0 || count === 2)
    .map(([value, unit]) => `${value}${unit}`)
    .join('');
}
