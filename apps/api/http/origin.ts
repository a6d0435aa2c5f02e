import { DomainError } from '#kernel/error.js';

/** The addresses under which browsers may use the product. */
export class Origins {
  private readonly publicOrigin: string | undefined;

  constructor(publicUrl: string | undefined) {
    this.publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  }

  /** True when the `Origin` of a page is the product itself: the public address, or without one the host that was called. */
  isOwn(origin: string, host: string | undefined): boolean {
    if (!URL.canParse(origin)) return false;
    const given = new URL(origin);
    if (this.publicOrigin !== undefined && given.origin === this.publicOrigin) return true;
    return host !== undefined && given.host === host.toLowerCase();
  }

  /** The address that people are told: the public one, or without one the host that was called. */
  addressFor(host: string | undefined): string | undefined {
    if (this.publicOrigin !== undefined) return this.publicOrigin;
    const called = `http://${host ?? ''}`;
    return host !== undefined && URL.canParse(called) ? new URL(called).origin : undefined;
  }

  /**
   * Refuses with 403 `ORIGIN_REFUSED` an unsafe call that another site's page made. Browsers send `Origin` with every
   * unsafe call, so a call by cookie must have one; a call without cookies may do without.
   */
  require(
    headers: {
      origin?: string | undefined;
      host?: string | undefined;
      'sec-fetch-site'?: string | string[] | undefined;
    },
    byCookie: boolean,
  ): void {
    const site = headers['sec-fetch-site'];
    const foreignSite = site === 'cross-site' || site === 'same-site';
    const own = headers.origin === undefined ? !byCookie : this.isOwn(headers.origin, headers.host);
    if (!own || foreignSite) throw new DomainError('ORIGIN_REFUSED', 403, 'this call comes from another site');
  }
}
