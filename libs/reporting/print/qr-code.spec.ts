import { describe, expect, it } from '@jest/globals';
// The encoder that the client's components bring along; it is no part of the server.
import { Ecc, QrCode, QrSegment } from '@rc-component/qrcode/lib/libs/qrcodegen.js';
import { qrCode } from './qr-code.js';

const CASE = '云舆〔2026〕4号';
const ADDRESS = 'https://huiying.example.gov.cn/orders?incident=01a21c47-7c48-70c5-9033-706c3c027a36';
/** From one byte to the 213 that version 10 holds, across every change of version. */
const LENGTHS = [1, 14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106, 107, 122, 123, 152, 153, 180, 181, 213];
const MASKS = [0, 1, 2, 3, 4, 5, 6, 7];
const asLines = (symbol: boolean[][]) => symbol.map((row) => row.map((dark) => (dark ? '#' : '.')).join('')).join('\n');

describe('a QR code', () => {
  it.each([CASE, ADDRESS, ...LENGTHS.map((length) => 'Ab9/'.repeat(60).slice(0, length))])(
    'of %s is, under its mask, what another encoder draws',
    (text) => {
      const bytes = QrSegment.makeBytes([...new TextEncoder().encode(text)]);
      const others = MASKS.map((mask) => asLines(QrCode.encodeSegments([bytes], Ecc.MEDIUM, 1, 10, mask, false).getModules())); // prettier-ignore
      expect(others).toContain(asLines(qrCode(text)!));
    },
  );

  it('takes the smallest version that holds the text, and none for more than 213 bytes', () => {
    expect([qrCode(CASE)!.length, qrCode(ADDRESS)!.length]).toEqual([25, 37]);
    expect(qrCode('x'.repeat(214))).toBeUndefined();
  });
});
