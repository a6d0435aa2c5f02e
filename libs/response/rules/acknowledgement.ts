export interface AcknowledgementWords {
  words: readonly string[];
  /** A text with more than so many other characters says something. */
  otherCharacters: number;
}

/** “已收到,正在核实” without content acknowledges and answers nothing (domain 3.4, E-07). */
export function isAcknowledgementOnly(text: string, { words, otherCharacters }: AcknowledgementWords): boolean {
  const said = text.normalize('NFKC');
  if (!words.some((word) => said.includes(word))) return false;
  let rest = said;
  for (const word of words) rest = rest.split(word).join('');
  return rest.replace(/[\s\p{P}\p{S}]+/gu, '').length <= otherCharacters;
}
