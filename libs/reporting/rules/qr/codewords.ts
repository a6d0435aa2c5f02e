/** What a version of a QR code holds at error correction M (ISO/IEC 18004, table 9): all codewords, blocks, and check codewords a block. */
const CAPACITIES: readonly (readonly [total: number, blocks: number, checks: number])[] = [
  [26, 1, 10],
  [44, 1, 16],
  [70, 1, 26],
  [100, 2, 18],
  [134, 2, 24],
  [172, 4, 16],
  [196, 4, 18],
  [242, 4, 22],
  [292, 5, 22],
  [346, 5, 26],
];
const BYTE_MODE = 0b0100;
const PADS = [0b11101100, 0b00010001];

/** A text as the codewords of the smallest version from 1 to 10 that holds it; undefined for more than 213 bytes. */
export function codewordsOf(text: string): { version: number; codewords: number[] } | undefined {
  const bytes = [...new TextEncoder().encode(text)];
  const index = CAPACITIES.findIndex((_, at) => headBits(at + 1) + bytes.length * 8 <= dataLength(at + 1) * 8);
  if (index < 0) return undefined;
  const version = index + 1;
  return { version, codewords: withChecks(dataOf(bytes, version), version) };
}

/** Bits before the text: its mode and its length. */
const headBits = (version: number): number => 4 + (version < 10 ? 8 : 16);

function dataLength(version: number): number {
  const [total, blocks, checks] = CAPACITIES[version - 1]!;
  return total - blocks * checks;
}

/** Mode, length, text, end, and what fills the rest. */
function dataOf(bytes: readonly number[], version: number): number[] {
  const bits = (value: number, length: number) => value.toString(2).padStart(length, '0');
  const length = dataLength(version);
  const text =
    bits(BYTE_MODE, 4) + bits(bytes.length, headBits(version) - 4) + bytes.map((byte) => bits(byte, 8)).join('');
  const ended = text + '0'.repeat(Math.min(4, length * 8 - text.length));
  const whole = ended.padEnd(Math.ceil(ended.length / 8) * 8, '0');
  const data = (whole.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return [...data, ...Array.from({ length: length - data.length }, (_, at) => PADS[at % 2]!)];
}

/** Blocks one after the other are read across: the first codeword of each, the second of each, and so their checks. */
function withChecks(data: readonly number[], version: number): number[] {
  const [, count, checks] = CAPACITIES[version - 1]!;
  const short = Math.floor(data.length / count);
  const longs = data.length % count;
  const blocks = Array.from({ length: count }, (_, at) => {
    const from = at * short + Math.max(0, at - (count - longs));
    return data.slice(from, from + short + (at >= count - longs ? 1 : 0));
  });
  const divisor = divisorOf(checks);
  return [...across(blocks), ...across(blocks.map((block) => remainder(block, divisor)))];
}

const across = (blocks: readonly (readonly number[])[]): number[] =>
  Array.from({ length: Math.max(...blocks.map(({ length }) => length)) }, (_, at) =>
    blocks.flatMap((block) => (at < block.length ? [block[at]!] : [])),
  ).flat();

/** The product in the field of 256 elements with x⁸ + x⁴ + x³ + x² + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    if (((b >>> bit) & 1) === 1) product ^= a;
  }
  return product;
}

/** The polynomial with the roots 2⁰ … 2ⁿ⁻¹, without its leading 1. */
function divisorOf(degree: number): number[] {
  let terms = [1];
  for (let n = 0, root = 1; n < degree; n += 1, root = times(root, 2)) {
    const next = [...terms, 0];
    terms.forEach((term, at) => (next[at + 1]! ^= times(term, root)));
    terms = next;
  }
  return terms.slice(1);
}

/** Reed-Solomon checks of a block. */
function remainder(block: readonly number[], divisor: readonly number[]): number[] {
  const rest = divisor.map(() => 0);
  for (const word of block) {
    const factor = word ^ rest.shift()!;
    rest.push(0);
    divisor.forEach((term, at) => (rest[at]! ^= times(term, factor)));
  }
  return rest;
}
