/** Digits as they are written: half and full width. */
const DIGIT = '[0-9０-９]';
const SEPARATOR = '[\\s\\-－·.]?';
/** Runs of 11 or more digits, also split by blanks or dashes: mobile numbers, identity cards, bank cards. */
const LONG_NUMBER = new RegExp(
  `(?<![0-9０-９A-Za-z-])(?:[1１]${SEPARATOR}(?:${DIGIT}${SEPARATOR}){9}${DIGIT}|(?:${DIGIT}${SEPARATOR}){14,18}[0-9０-９Xx])(?![0-9０-９])`,
  'g',
);

/** Replaces personal numbers by a mask that keeps the first two characters, for logs, jobs and hints. */
export function maskPersonalNumbers(text: string): string {
  return text.replace(LONG_NUMBER, (match) => `${match.slice(0, 2)}***`);
}
