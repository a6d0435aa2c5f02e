import ipaddr from 'ipaddr.js';

/** The metadata services of cloud hosts; refused also for hosts of the intranet list. */
const METADATA = new Set(['169.254.169.254', '169.254.0.23', '100.100.100.200', 'fd00:ec2::254']);

/** Global unicast of IPv6 is 2000::/3 (RFC 4291); tunnels and translations inside it carry an inner address and are refused. */
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3');

/** Whether a feed may be fetched from this address of the public net: no loopback, private, link-local, shared, reserved or multicast range, no wrapped IPv4. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (METADATA.has(parsed.toString()) || parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_V6 as [ipaddr.IPv6, number]);
}

export const isMetadataAddress = (address: string): boolean =>
  ipaddr.isValid(address) && METADATA.has(ipaddr.process(address).toString());

/** `host:port` pairs that may lie in private ranges, as the operator lists them; the port is 80 or 443 where it is left out. */
export class IntranetList {
  private readonly pairs: ReadonlySet<string>;

  constructor(entries: readonly string[]) {
    this.pairs = new Set(
      entries.flatMap((entry) =>
        /:\d+$/.test(entry) ? [entry.toLowerCase()] : [`${entry.toLowerCase()}:80`, `${entry.toLowerCase()}:443`],
      ),
    );
  }

  has(hostname: string, port: number): boolean {
    return this.pairs.has(`${hostname.toLowerCase()}:${port}`);
  }
}
