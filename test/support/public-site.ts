import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PublicSite {
  host: string;
  /** What the site shows, by path. */
  pages: Map<string, string>;
  /** Paths for which the server fails. */
  failing: Set<string>;
  close(): void;
}

/** A web site that answers on loopback, as that of a county government would. */
export async function openSite(): Promise<PublicSite> {
  const pages = new Map<string, string>();
  const failing = new Set<string>();
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    const headers = { 'content-type': 'text/html; charset=utf-8', connection: 'close' };
    const status = failing.has(request.url ?? '') ? 503 : page === undefined ? 404 : 200;
    response.writeHead(status, headers).end(page ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, pages, failing, close: () => void server.close() };
}
