import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive. The name is UTF-8 with `/` between folders. */
export interface ZipEntry {
  name: string;
  content: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8_NAME = 0x0800;
const DEFLATED = 8;
const MAX_ENTRIES = 65_535;
/** 1980-01-01 00:00, the first day that the format knows: the same content is the same archive, byte by byte. */
const NO_DATE = 0x0021;

/** A ZIP archive (APPNOTE 6.3, without ZIP64) in memory; for packages of a case, whose size its caller bounds. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  if (entries.length > MAX_ENTRIES) throw new RangeError('too many files for one archive');
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const title = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(UTF8_NAME, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(NO_DATE, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([u32(LOCAL), common, title]);
    // Version made by, then the fields of the local head, comment, disk, attributes and where the local head stands.
    directory.push(Buffer.concat([u32(CENTRAL), u16(VERSION), common, Buffer.alloc(10), u32(offset), title]));
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.concat([
    u32(END),
    Buffer.alloc(4),
    u16(entries.length),
    u16(entries.length),
    u32(central.length),
    u32(offset),
    u16(0),
  ]);
  return Buffer.concat([...parts, central, end]);
}

function u16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
