import qrcode from 'qrcode-generator';

/** What version 10 holds at level M. A sheet of paper has no room for finer modules. */
const MAX_BYTES = 213;
const SMALLEST_THAT_HOLDS = 0;

/** The modules of a QR code at level M, true for dark, in UTF-8; undefined for a text of more than 213 bytes. */
export function qrCode(text: string): boolean[][] | undefined {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MAX_BYTES) return undefined;
  const code = qrcode(SMALLEST_THAT_HOLDS, 'M');
  // The library takes one byte from each character.
  code.addData(String.fromCharCode(...bytes), 'Byte');
  code.make();
  const places = Array.from({ length: code.getModuleCount() }, (_, at) => at);
  return places.map((row) => places.map((column) => code.isDark(row, column)));
}
