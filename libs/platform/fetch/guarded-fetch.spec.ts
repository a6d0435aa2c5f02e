import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isPublicAddress } from './address-rules.js';
import { GuardedFetcher, type GuardedFetcherOptions } from './guarded-fetch.js';

let server: Server;
let port: number;
let connections = 0;
const seen: { url: string; headers: Record<string, unknown> }[] = [];

const BOMB = gzipSync(Buffer.alloc(50_000_000));

const pages: Record<string, (response: ServerResponse) => void> = {
  '/feed': (response) => void response.setHeader('etag', '"v1"').end('<rss/>'),
  '/gzip': (response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync('回应'.repeat(1000))),
  '/bomb': (response) => void response.setHeader('content-encoding', 'gzip').end(BOMB),
  '/chain': (response) => void response.setHeader('content-encoding', 'gzip, gzip, gzip').end('x'),
  '/large': (response) => void response.end(Buffer.alloc(200_000)),
  '/hang': (response) => void response.writeHead(200).write('<rss>'),
  '/moved': (response) => void response.writeHead(301, { location: '/feed' }).end(),
  '/loop': (response) => void response.writeHead(302, { location: '/loop' }).end(),
  '/inside': (response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  '/file': (response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else (pages[request.url ?? ''] ?? ((other) => void other.writeHead(410).end()))(response);
  }).on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let fetcher: GuardedFetcher;
const make = (more: Partial<GuardedFetcherOptions> = {}) =>
  (fetcher = new GuardedFetcher({
    intranet: [`127.0.0.1:${port}`, `feeds.intranet:${port}`],
    userAgent: 'Huiying-Test',
    limits: { maxBytes: 100_000, timeoutMs: 2_000 },
    resolve: (host) => Promise.resolve([host === 'feeds.intranet' ? '127.0.0.1' : host]),
    ...more,
  }));
const at = (path: string) => `http://127.0.0.1:${port}${path}`;
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'no error',
    (error: { code: string }) => error.code,
  );
afterEach(() => fetcher.close());

describe('what is fetched', () => {
  it('gives status, headers and body, and asks conditionally', async () => {
    make();
    const first = await fetcher.fetch(at('/feed'));
    expect(first).toMatchObject({ status: 200, url: at('/feed'), headers: { etag: '"v1"' } });
    expect(first.body.toString()).toBe('<rss/>');
    const second = await fetcher.fetch(at('/feed'), { headers: { 'if-none-match': '"v1"' } });
    expect(second.status).toBe(304);
    expect(seen.at(-1)?.headers['user-agent']).toBe('Huiying-Test');
  });

  it('decompresses, follows redirects and remembers permanent ones', async () => {
    make();
    expect((await fetcher.fetch(at('/gzip'))).body.toString()).toBe('回应'.repeat(1000));
    expect(await fetcher.fetch(at('/moved'))).toMatchObject({
      status: 200,
      url: at('/feed'),
      permanentUrl: at('/feed'),
    });
    expect((await fetcher.fetch(`http://feeds.intranet:${port}/feed`)).status).toBe(200);
    expect((await fetcher.fetch(at('/nothing'))).status).toBe(410);
  });
});

describe('bounds', () => {
  it.each([
    ['/bomb', 'FETCH_TOO_LARGE'],
    ['/large', 'FETCH_TOO_LARGE'],
    ['/chain', 'FETCH_BAD_ENCODING'],
    ['/loop', 'FETCH_TOO_MANY_REDIRECTS'],
    ['/hang', 'FETCH_TIMEOUT'],
    ['/inside', 'FETCH_FORBIDDEN_ADDRESS'],
    ['/file', 'FETCH_BAD_URL'],
  ])('%s ends with %s', async (path, code) => {
    make();
    expect(await codeOf(fetcher.fetch(at(path), { timeoutMs: 500 }))).toBe(code);
  });
});

describe('addresses that are never connected to (F42)', () => {
  const forms = [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fd00::1]',
    '[fe80::1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    'localhost',
    'rebinding.example',
  ];
  it('refuses every form of a private address, also behind a name, before any connection', async () => {
    make({
      intranet: [],
      limits: { ports: [port, 80] },
      resolve: (host) =>
        Promise.resolve(host === 'localhost' || host === 'rebinding.example' ? ['93.184.216.34', '127.0.0.1'] : [host]),
    });
    const before = connections;
    for (const form of forms)
      expect([form, await codeOf(fetcher.fetch(`http://${form}:${port}/feed`))]).toEqual([
        form,
        'FETCH_FORBIDDEN_ADDRESS',
      ]);
    expect(connections).toBe(before);
  });

  it('refuses other ports, schemes and passwords', async () => {
    make({ intranet: [] });
    expect(await codeOf(fetcher.fetch('http://example.cn:22/'))).toBe('FETCH_FORBIDDEN_ADDRESS');
    expect(await codeOf(fetcher.fetch('gopher://example.cn/'))).toBe('FETCH_BAD_URL');
    expect(await codeOf(fetcher.fetch('http://user:word@example.cn/'))).toBe('FETCH_BAD_URL');
  });

  it('allows the public net', () => {
    for (const address of ['93.184.216.34', '114.114.114.114', '240e:e9:6002:15c::1'])
      expect(isPublicAddress(address)).toBe(true);
  });
});
