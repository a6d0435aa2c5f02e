import { expect, test } from '@jest/globals';
import { safeFileName, sniffFile } from './file-kind.js';

const bytes = (...values: (number | string)[]) =>
  Buffer.concat(values.map((value) => (typeof value === 'string' ? Buffer.from(value) : Buffer.from([value]))));

test('a file is what its first bytes say', () => {
  expect(sniffFile(bytes('%PDF-1.7'))).toBe('application/pdf');
  expect(sniffFile(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
  expect(sniffFile(bytes(0x89, 'PNG\r\n', 0x1a, '\n'))).toBe('image/png');
  expect(sniffFile(bytes(0, 0, 0, 24, 'ftypisom'))).toBe('video/mp4');
  expect(sniffFile(bytes('<html><script>'))).toBeUndefined();
  expect(sniffFile(bytes())).toBeUndefined();
});

test('a name carries no path, sign of control or direction', () => {
  expect(safeFileName('../../etc/passwd')).toBe('passwd');
  expect(safeFileName('C:\\x\\扫描.pdf')).toBe('扫描.pdf');
  expect(safeFileName('a\u202Efdp.exe"\r\n')).toBe('afdp.exe');
  expect(safeFileName('...')).toBe('file');
});
