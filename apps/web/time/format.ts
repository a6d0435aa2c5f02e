/** Times are shown in Asia/Shanghai, wherever the browser stands. */
const ZONE = 'Asia/Shanghai';

const formatters = {
  full: new Intl.DateTimeFormat('zh-CN', {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }),
  short: new Intl.DateTimeFormat('zh-CN', {
    timeZone: ZONE,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
  clock: new Intl.DateTimeFormat('zh-CN', {
    timeZone: ZONE,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }),
};

const parts = (style: keyof typeof formatters, instant: string | number | Date): Record<string, string> =>
  Object.fromEntries(formatters[style].formatToParts(new Date(instant)).map((part) => [part.type, part.value]));

/** `2026-11-20 14:05:33` */
export function fullTime(instant: string | number | Date): string {
  const p = parts('full', instant);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second}`;
}

/** `11-20 14:05` */
export function shortTime(instant: string | number | Date): string {
  const p = parts('short', instant);
  return `${p.month}-${p.day} ${p.hour}:${p.minute}`;
}

/** `14:05:33` */
export function clockTime(instant: string | number | Date): string {
  const p = parts('clock', instant);
  return `${p.hour}:${p.minute}:${p.second}`;
}

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
