import { expect, test } from '@jest/globals';
import { inflateRawSync } from 'node:zlib';
import { zipFile } from './zip-file.js';

/** Reads an archive by its directory, as any program does. */
function unzip(archive: Buffer): Record<string, string> {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let at = archive.readUInt32LE(end + 16);
  const files: Record<string, string> = {};
  for (let n = archive.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [packed, nameLength, local] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + archive.readUInt16LE(local + 26);
    files[name] = inflateRawSync(archive.subarray(start, start + packed)).toString('utf8');
    at += 46 + nameLength;
  }
  return files;
}

test('what goes in comes out, with names in Chinese and folders', () => {
  const files = { 'manifest.json': '{}', '快照/第一页.html': '<p>停水通知</p>'.repeat(50), empty: '' };
  const entries = Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  expect(unzip(zipFile(entries))).toEqual(files);
});

test('the same content is the same archive', () => {
  const entries = [{ name: 'a', content: Buffer.from('b') }];
  expect(zipFile(entries).equals(zipFile(entries))).toBe(true);
});
