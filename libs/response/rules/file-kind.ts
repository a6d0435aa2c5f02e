/** Files that prove a publication or belong to a draft. */
export const FILE_KINDS = ['image/jpeg', 'image/png', 'application/pdf', 'audio/mpeg', 'video/mp4'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const begins = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((value, index) => bytes[at + index] === value);

/** What a file is by its first bytes; the name and what the sender calls it prove nothing. Undefined when it is none of these. */
export function sniffFile(bytes: Uint8Array): FileKind | undefined {
  if (begins(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (begins(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return 'application/pdf';
  if (begins(bytes, [0x49, 0x44, 0x33]) || (bytes[0] === 0xff && (bytes[1]! & 0xe6) === 0xe2)) return 'audio/mpeg';
  if (begins(bytes, [0x66, 0x74, 0x79, 0x70], 4)) return 'video/mp4';
  return undefined;
}

/** A name that is safe in a header, a folder and an archive. */
export function safeFileName(name: string): string {
  const last = name.split(/[\\/]/u).at(-1)!;
  const kept = last
    .replace(/[\u0000-\u001f\u007f"<>:|?*;\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/^\.+/u, '')
    .trim();
  return kept === '' ? 'file' : kept.slice(0, 120);
}
