import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { DomainError } from '#kernel/error.js';

/** Bytes that can be read at any place: a file on disk or a buffer. */
export interface ByteSource {
  size: number;
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

export function bufferSource(buffer: Buffer): ByteSource {
  return {
    size: buffer.length,
    read: (offset, length) => Promise.resolve(buffer.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

export async function fileSource(path: string): Promise<ByteSource> {
  const file: FileHandle = await open(path, 'r');
  const { size } = await file.stat();
  return {
    size,
    async read(offset, length) {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(Math.max(0, Math.min(length, size - offset))),
        0,
        undefined,
        offset,
      );
      return buffer.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}

export interface ZipEntry {
  name: string;
  method: number;
  compressedSize: number;
  /** As the archive says; the reader counts for itself. */
  size: number;
  headerOffset: number;
}

/** Bounds of an archive that is unpacked (OWASP ASVS 5.2): headers lie, so bytes are counted while inflating. Judgement. */
export const ZIP_LIMITS = {
  maxEntries: 2_000,
  maxEntryBytes: 1_024 * 1_024 * 1_024,
  maxRatio: 200,
  ratioFromBytes: 4 * 1_024 * 1_024,
};

const broken = (why: string) => new DomainError('IMPORT_BAD_FILE', 422, `not a readable XLSX file: ${why}`);
const END = 0x06054b50;
const CENTRAL = 0x02014b50;

/** The directory of a ZIP archive. Throws IMPORT_BAD_FILE (422); encrypted and ZIP64 archives are refused. */
export async function readZipDirectory(source: ByteSource): Promise<Map<string, ZipEntry>> {
  const tailSize = Math.min(source.size, 66_000);
  const tail = await source.read(source.size - tailSize, tailSize);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > tail.length || tail.readUInt32LE(end) !== END) throw broken('no directory');
  const count = tail.readUInt16LE(end + 10);
  const directorySize = tail.readUInt32LE(end + 12);
  const directoryOffset = tail.readUInt32LE(end + 16);
  if (count > ZIP_LIMITS.maxEntries || directorySize > 4_000_000) throw broken('too many parts');
  const directory = await source.read(directoryOffset, directorySize);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === CENTRAL) {
    if ((directory.readUInt16LE(at + 8) & 1) !== 0) throw broken('it is encrypted');
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    entries.set(name.replace(/^\//, ''), {
      name,
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

const READ_BYTES = 256 * 1_024;

/** The bytes of one part, inflated piece by piece; ends with IMPORT_TOO_LARGE (413) beyond the limits. */
export async function* openZipEntry(source: ByteSource, entry: ZipEntry): AsyncGenerator<Buffer> {
  const header = await source.read(entry.headerOffset, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw broken('a part has no header');
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const compressed = pieces(source, start, entry.compressedSize);
  let inflated = 0;
  for await (const chunk of entry.method === 0 ? compressed : inflate(compressed, entry.method)) {
    inflated += chunk.length;
    const bomb = inflated > ZIP_LIMITS.ratioFromBytes && inflated > entry.compressedSize * ZIP_LIMITS.maxRatio;
    if (bomb || inflated > ZIP_LIMITS.maxEntryBytes)
      throw new DomainError('IMPORT_TOO_LARGE', 413, 'a part of the file unpacks to too many bytes', { inflated });
    yield chunk;
  }
}

async function* pieces(source: ByteSource, start: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length;) {
    const piece = await source.read(start + done, Math.min(READ_BYTES, length - done));
    if (piece.length === 0) throw broken('it ends too early');
    done += piece.length;
    yield piece;
  }
}

async function* inflate(compressed: AsyncIterable<Buffer>, method: number): AsyncGenerator<Buffer> {
  if (method !== 8) throw broken(`unknown compression ${method}`);
  const input = Readable.from(compressed);
  const stream = createInflateRaw();
  input.on('error', (error) => stream.destroy(error)).pipe(stream);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw error instanceof DomainError ? error : broken((error as Error).message);
  } finally {
    input.destroy();
    stream.destroy();
  }
}
