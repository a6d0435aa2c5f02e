import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { DomainError } from '#kernel/error.js';

/** All addresses of a host, IPv4 first. `listed`: the host is on the intranet list, so the hosts file counts too. */
export type Resolve = (hostname: string, listed: boolean) => Promise<string[]>;

const LOOPBACK: Record<string, string[]> = { localhost: ['127.0.0.1'] };

/**
 * Asks the name servers with a time limit of its own: the system's lookup would occupy one of Node's four shared threads for
 * as long as a dead name server pleases (fault 42). Throws FETCH_UNRESOLVED (502).
 */
export const resolveHost: Resolve = async (hostname, listed) => {
  if (isIP(hostname) !== 0) return [hostname];
  const loopback = LOOPBACK[hostname.toLowerCase()];
  if (loopback !== undefined) return loopback;
  try {
    if (listed) return (await lookup(hostname, { all: true })).map((found) => found.address);
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses;
    throw (answers[0] as PromiseRejectedResult).reason;
  } catch (error) {
    throw new DomainError(
      'FETCH_UNRESOLVED',
      502,
      `the name can't be resolved: ${(error as { code?: string }).code ?? 'no answer'}`,
      { host: hostname },
    );
  }
};
