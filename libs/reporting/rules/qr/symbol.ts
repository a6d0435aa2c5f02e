import { codewordsOf } from './codewords.js';

/** Dark modules by row; `undefined` is not drawn yet. */
type Field = (boolean | undefined)[][];
type At = (row: number, column: number) => boolean;

/** The eight masks (ISO/IEC 18004, table 10): where a module is turned. */
const MASKS: readonly At[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

/** A QR code of a text at error correction M, row by row, true is dark; undefined for more than 213 bytes. */
export function qrCode(text: string): boolean[][] | undefined {
  const found = codewordsOf(text);
  if (found === undefined) return undefined;
  const symbols = MASKS.map((_, mask) => drawSymbol(found, mask));
  return symbols.reduce((best, symbol) => (penalty(symbol) < penalty(best) ? symbol : best));
}

/** The symbol under one of the masks 0 to 7. */
export function drawSymbol(
  { version, codewords }: { version: number; codewords: number[] },
  mask: number,
): boolean[][] {
  const size = version * 4 + 17;
  const field: Field = Array.from({ length: size }, () => Array.from({ length: size }, () => undefined));
  drawPatterns(field, version);
  drawFormat(field, mask);
  const turned = MASKS[mask]!;
  const bits = codewords.flatMap((word) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => ((word >>> bit) & 1) === 1));
  let next = 0;
  // Two columns at a time from the right, up and down in turn, passing by the column of the timing.
  for (let right = size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up)
    for (let step = 0; step < size; step += 1)
      for (const column of [right, right - 1]) {
        const row = up ? size - 1 - step : step;
        if (field[row]![column] !== undefined) continue;
        field[row]![column] = (bits[next] ?? false) !== turned(row, column);
        next += 1;
      }
  return field.map((line) => line.map((dark) => dark === true));
}

function drawPatterns(field: Field, version: number): void {
  const size = field.length;
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]] as const) ring(field, [row, column], 4); // prettier-ignore
  const centres = alignments(version);
  for (const row of centres)
    for (const column of centres) if (field[row]![column] === undefined) ring(field, [row, column], 2);
  for (let at = 8; at < size - 8; at += 1) {
    field[6]![at] = at % 2 === 0;
    field[at]![6] = at % 2 === 0;
  }
  if (version >= 7) drawVersion(field, version);
}

/** Squares in one another: a finder reaches 4 from its centre with its light rim, an alignment 2. */
function ring(field: Field, [row, column]: readonly [number, number], reach: number): void {
  for (let down = -reach; down <= reach; down += 1)
    for (let across = -reach; across <= reach; across += 1) {
      const distance = Math.max(Math.abs(down), Math.abs(across));
      const line = field[row + down];
      if (line === undefined || column + across < 0 || column + across >= field.length) continue;
      line[column + across] = reach === 4 ? distance !== 2 && distance !== 4 : distance !== 1;
    }
}

/** Where alignments stand, for the versions up to 10; where a finder is, there is none. */
function alignments(version: number): number[] {
  if (version === 1) return [];
  const last = version * 4 + 10;
  return version < 7 ? [6, last] : [6, 6 + (last - 6) / 2, last];
}

/** Bits of a number with the remainder of its division by a polynomial behind it. */
function guarded(value: number, { checks, polynomial }: { checks: number; polynomial: number }): number {
  let rest = value;
  for (let n = 0; n < checks; n += 1) rest = (rest << 1) ^ ((rest >>> (checks - 1)) * polynomial);
  return (value << checks) | rest;
}

/** Level M is 00; the mask follows. Twice in the symbol, beside the finders. */
function drawFormat(field: Field, mask: number): void {
  const size = field.length;
  const bits = guarded(mask, { checks: 10, polynomial: 0x537 }) ^ 0x5412;
  for (let n = 0; n < 15; n += 1) {
    const dark = ((bits >>> n) & 1) === 1;
    field[n < 6 ? n : n < 8 ? n + 1 : size - 15 + n]![8] = dark;
    field[8]![n < 8 ? size - 1 - n : n === 8 ? 7 : 14 - n] = dark;
  }
  field[size - 8]![8] = true;
}

function drawVersion(field: Field, version: number): void {
  const bits = guarded(version, { checks: 12, polynomial: 0x1f25 });
  for (let n = 0; n < 18; n += 1) {
    const dark = ((bits >>> n) & 1) === 1;
    const [far, near] = [field.length - 11 + (n % 3), Math.floor(n / 3)];
    field[far]![near] = dark;
    field[near]![far] = dark;
  }
}

/** How hard a symbol is to read (ISO/IEC 18004, 7.8.3): runs, blocks, what looks like a finder, too much of one colour. */
function penalty(symbol: boolean[][]): number {
  const rows = symbol.map((line) => line.map((dark) => (dark ? '1' : '0')).join(''));
  const columns = symbol.map((_, at) => rows.map((row) => row[at]).join(''));
  let points = 0;
  for (const line of [...rows, ...columns]) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
    points += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  for (let row = 1; row < symbol.length; row += 1)
    for (let column = 1; column < symbol.length; column += 1) {
      const corner = symbol[row]![column];
      if (corner === symbol[row - 1]![column] && corner === symbol[row]![column - 1] && corner === symbol[row - 1]![column - 1]) points += 3; // prettier-ignore
    }
  const dark = rows.join('').replaceAll('0', '').length / symbol.length ** 2;
  return points + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
}
