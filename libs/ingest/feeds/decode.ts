import { analyse } from 'chardet';
import iconv from 'iconv-lite';

/** A document as text, with the name of the encoding it was read in and what was wrong with it. */
export interface DecodedDocument {
  text: string;
  encoding: string;
  problems: string[];
}

/** Chinese sites label GBK and GB18030 bytes as GB2312: the largest of the family reads them all. */
const WIDER: Record<string, string> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'gb_2312-80': 'gb18030',
  gb18030: 'gb18030',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'x-sjis': 'shift_jis',
  ascii: 'us-ascii',
};
const SNIFF_BYTES = 4096;
/** A guess of the statistics below this confidence (percent) is not better than the usual Chinese encoding. Judgement. */
const MIN_CONFIDENCE = 40;

/** Reads bytes as text: byte order mark, pattern of zero bytes, HTTP charset, declaration in the document, statistics. Never throws. */
export function decodeDocument(bytes: Uint8Array, contentType?: string): DecodedDocument {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const problems: string[] = [];
  const marked = byteOrderMark(buffer) ?? zeroPattern(buffer);
  if (marked !== undefined) return { text: read(buffer, marked), encoding: marked, problems };
  const head = buffer.subarray(0, SNIFF_BYTES).toString('latin1');
  const http = known(charsetOfHeader(contentType), problems);
  const ascii = isAscii(buffer);
  if (ascii && http === undefined && isPlainTextType(contentType))
    return { text: read(buffer, 'us-ascii'), encoding: 'us-ascii', problems };
  const declared = known(charsetOfDocument(head), problems);
  const validUtf8 = isUtf8(buffer);
  // A declared UTF-16 in a document whose bytes are plainly single bytes is a lie of whoever converted it.
  for (const claim of [http, declared].filter(
    (name) => name !== undefined && !name.startsWith('utf-16') && !name.startsWith('utf-32'),
  )) {
    const name = claim as string;
    if (name === 'utf-8' ? validUtf8 : name === 'us-ascii' ? ascii : !(validUtf8 && !ascii && isMultiByte(name)))
      return { text: read(buffer, name), encoding: name, problems };
    problems.push(`declared ${name} does not fit the bytes`);
  }
  if (validUtf8)
    return {
      text: read(buffer, 'utf-8'),
      encoding: 'utf-8',
      problems,
    };
  const guessed = guess(buffer, http ?? declared);
  problems.push(`encoding guessed as ${guessed}`);
  return { text: read(buffer, guessed), encoding: guessed, problems };
}

function byteOrderMark(buffer: Buffer): string | undefined {
  if (buffer.length >= 4 && buffer.readUInt32LE(0) === 0x0000feff) return 'utf-32le';
  if (buffer.length >= 4 && buffer.readUInt32BE(0) === 0x0000feff) return 'utf-32be';
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return 'utf-8';
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 and UTF-32 without a mark: `<` or a blank is the first character of every document we read. */
function zeroPattern(buffer: Buffer): string | undefined {
  const [a, b, c, d] = [buffer[0] ?? 1, buffer[1] ?? 1, buffer[2] ?? 1, buffer[3] ?? 1];
  if (a === 0 && b === 0 && c === 0 && d !== 0) return 'utf-32be';
  if (a !== 0 && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return undefined;
}

const charsetOfHeader = (contentType?: string) => /;\s*charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(contentType ?? '')?.[1];
const charsetOfDocument = (head: string) =>
  /<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]+)/i.exec(head)?.[1] ??
  /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
/** RFC 3023: `text/*` without a charset is US-ASCII. Only the label follows it; bytes beyond ASCII are read all the same. */
const isPlainTextType = (contentType?: string) => /^\s*text\/(?:\w+\+)?xml\b/i.test(contentType ?? '');
const isMultiByte = (name: string) => /^(?:gb|big5|euc|shift|iso-2022)/.test(name);

function known(name: string | undefined, problems: string[]): string | undefined {
  if (name === undefined) return undefined;
  const lower = name
    .toLowerCase()
    .replace(/^utf_?(\d)/, 'utf-$1')
    .replace(/^utf-(\d\d)-?([bl]e)$/, 'utf-$1$2');
  const wide = WIDER[lower] ?? lower;
  if (wide === 'utf-8' || wide === 'us-ascii' || iconv.encodingExists(wide)) return wide;
  problems.push(`unknown encoding ${name.slice(0, 40)}`);
  return undefined;
}

function isAscii(buffer: Buffer): boolean {
  return buffer.every((byte) => byte < 0x80);
}

function isUtf8(buffer: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(buffer);
    return true;
  } catch {
    // A document cut in the middle of a character is still UTF-8.
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(buffer, { stream: true });
      return true;
    } catch {
      return false;
    }
  }
}

function guess(buffer: Buffer, claimed: string | undefined): string {
  const sample = nonAsciiSample(buffer);
  const candidates = analyse(sample).filter((match) => iconv.encodingExists(match.name) && !/^UTF-/i.test(match.name));
  const best = candidates[0];
  // Text that is UTF-8 but for a few broken bytes stays UTF-8.
  const asUtf8 = read(buffer, 'utf-8');
  const broken = asUtf8.split('\uFFFD').length - 1;
  const wide = asUtf8.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  if (wide > broken * 4) return 'utf-8';
  if (best === undefined || best.confidence < MIN_CONFIDENCE)
    return claimed === undefined || claimed === 'utf-8'
      ? fallback(sample)
      : claimed === 'us-ascii'
        ? 'windows-1252'
        : claimed;
  const name = best.name.toLowerCase();
  return WIDER[name] ?? name;
}

const fallback = (sample: Buffer) => (iconv.decode(sample, 'gb18030').includes('\uFFFD') ? 'windows-1252' : 'gb18030');

/** The statistics look at letters of the language, not at markup: only bytes around those above 0x7F, at most 64 KB. */
function nonAsciiSample(buffer: Buffer): Buffer {
  const parts: number[] = [];
  for (let i = 0; i < buffer.length && parts.length < 65_536; i++) {
    const byte = buffer[i] as number;
    if (byte >= 0x80 || (i > 0 && (buffer[i - 1] as number) >= 0x80)) parts.push(byte);
  }
  return Buffer.from(parts);
}

function read(buffer: Buffer, encoding: string): string {
  const text =
    encoding === 'us-ascii'
      ? buffer.toString('latin1')
      : encoding === 'utf-8'
        ? buffer.toString('utf8')
        : iconv.decode(buffer, encoding);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
