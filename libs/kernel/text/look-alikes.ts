/** Letters of other scripts and signs that readers take for another one; used to get around word lists. */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ...pairs('аеорсухіѕ', 'aeopcyxis'),
  ...pairs('АВЕКМНОРСТХІЅ', 'ABEKMHOPCTXIS'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
  ...pairs('○◯', '〇〇'),
  ...pairs('‐‑‒–—―−﹣', '--------'),
  ...pairs('∼～〜', '~~~'),
  ...pairs('‚︐︑', ',,,'),
  ...pairs('“”„‟', '""""'),
  ...pairs('‘’', "''"),
  ...pairs('・•‧·', '····'),
]);

function pairs(from: string, to: string): [string, string][] {
  const targets = [...to];
  return [...from].map((sign, index) => [sign, targets[index]!]);
}

const RANGES: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  // Private use: the figure rules put their own marks there.
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff0, 0xffff],
  [0xe0000, 0xe0fff],
];

/** Zero-width signs, direction marks, controls, variation selectors and private-use code points. */
export function isInvisible(code: number): boolean {
  return RANGES.some(([first, last]) => code >= first && code <= last);
}
