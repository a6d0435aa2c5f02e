import { decodeHTMLStrict } from 'entities';

/** Windows-1252 in the range 0x80–0x9F: what documents mean that number these control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Resolves numeric and HTML entities once; what is unknown stays as it is written. Each `&…;` becomes at most two characters, so nothing grows. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,6})|[a-zA-Z][a-zA-Z\d]{1,31})(?:;|(?<=\d)(?!\w))/g,
    (entity, decimal?: string, hex?: string) => {
      if (decimal === undefined && hex === undefined) return decodeHTMLStrict(entity);
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
      if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252[code - 0x80] as string;
      if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\uFFFD';
      return String.fromCodePoint(code);
    },
  );
}

/** C0 controls other than tab and line ends, and half surrogate pairs: no store and no screen takes them. */
const CONTROLS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Removes what no store takes; C1 controls are read as the Windows-1252 characters that the writer meant. */
export const stripControls = (text: string): string =>
  text
    .replace(CONTROLS, '')
    .replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] as string);
