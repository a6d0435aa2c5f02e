/** Where a body publishes (R49, NT19 Art.17, Art.26). */
export const CHANNEL_KINDS = [
  'webRelease',
  'wechat',
  'weibo',
  'app',
  'threadReply',
  'tvRadio',
  'paper',
  'briefing',
  'mediaInterview',
] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Kinds whose publications stand at an address; the others are entered by hand. */
const WITH_ADDRESS: ReadonlySet<string> = new Set(['webRelease', 'wechat', 'weibo', 'app', 'threadReply']);

export type AddressFault = 'missing' | 'superfluous' | 'invalid' | 'tooWide';

/**
 * What is wrong with the address under which a channel's pages stand; undefined when nothing is. The prefix ends at a
 * border of the path, so that `…/gov` does not cover `…/government-fans`.
 */
export function faultOfPrefix(kind: string, prefix: string | null): AddressFault | undefined {
  if (!WITH_ADDRESS.has(kind)) return prefix === null ? undefined : 'superfluous';
  if (prefix === null) return 'missing';
  let address: URL;
  try {
    address = new URL(prefix);
  } catch {
    return 'invalid';
  }
  if (!/^https?:$/.test(address.protocol) || address.username !== '' || address.search !== '' || address.hash !== '')
    return 'invalid';
  // An account on a shared platform is a path of it: the whole platform belongs to nobody.
  if (kind !== 'webRelease' && kind !== 'app' && address.pathname === '/') return 'tooWide';
  return prefix.endsWith('/') ? undefined : 'invalid';
}
