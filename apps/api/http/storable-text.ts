/** Depth beyond which nothing is looked at; the body parser has its own limit before this one. */
const MAX_DEPTH = 40;
/** In unicode mode a surrogate matches only where it stands alone. */
const UNSTORABLE = /[\u0000\p{Surrogate}]/gu;

/**
 * Text as the database can keep it: U+0000 and lone surrogates, which no text column takes, become U+FFFD. Whoever sent
 * them sees that something stood there; a message of a batch costs its neighbours nothing.
 */
export function storable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(UNSTORABLE, '\ufffd');
  if (value === null || typeof value !== 'object' || depth > MAX_DEPTH || Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map((part) => storable(part, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [storable(key), storable(part, depth + 1)]));
}
