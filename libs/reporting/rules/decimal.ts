/** A number as a table writes it, exactly: `units` of 1/10 000. Floating point turns 0.285 into 0.28. */
export interface Decimal {
  units: bigint;
  /** Places behind the point as written, at most four. */
  places: number;
}

const SCALE = 4;
const WRITTEN = /^(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,17}))?$/u;

/**
 * `94.40`, `1,234.5`; undefined for anything that is no such number, or has more than nine digits before the point. What a
 * workbook has computed (`0.9439809296781884`) is rounded to four places, half up.
 */
export function decimalOf(text: string): Decimal | undefined {
  const match = WRITTEN.exec(text.normalize('NFKC').trim());
  if (match === null) return undefined;
  const [, whole = '', written = ''] = match;
  const part = written.replace(/0+$/u, '');
  const up = Number(part[SCALE] ?? '0') >= 5 ? 1n : 0n;
  const units = BigInt(`${whole.replaceAll(',', '')}${part.slice(0, SCALE).padEnd(SCALE, '0')}`) + up;
  return { units, places: Math.min(written.length, SCALE) };
}

/** The plain text of a decimal, without zeros at its end. */
export function decimalText({ units }: Decimal): string {
  const digits = units.toString().padStart(SCALE + 1, '0');
  return `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`.replace(/\.?0+$/u, '');
}

/** `n` of `d` times `factor`, rounded half up to so many places, in units of 1/10 000. `d` is not 0. */
export function quotient(n: Decimal, d: Decimal, factor: bigint, places: number): bigint {
  const grain = 10n ** BigInt(SCALE - places);
  const scaled = n.units * factor * 10n ** BigInt(places);
  return ((2n * scaled + d.units) / (2n * d.units)) * grain;
}

/** `n` of `d` in percent with two places, half up; `—` when there is no denominator. */
export function percentOf(n: Decimal, d: Decimal): string {
  if (d.units === 0n) return '—';
  const digits = (quotient(n, d, 100n, 2) / 100n).toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
