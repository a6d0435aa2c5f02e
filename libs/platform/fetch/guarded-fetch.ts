import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { DomainError } from '#kernel/error.js';
import { IntranetList, isMetadataAddress, isPublicAddress } from './address-rules.js';
import { readBody } from './bounded-body.js';
import { type Resolve, resolveHost } from './resolve-host.js';

export interface FetchLimits {
  maxBytes: number;
  connectTimeoutMs: number;
  /** From the first packet to the last byte, redirects included. */
  timeoutMs: number;
  maxRedirects: number;
  /** Ports of the public net that may be asked; the intranet list adds its own. */
  ports: readonly number[];
}

/** Judgement, within the claim of a source (90 s): what a feed of a slow county site needs. */
export const FETCH_LIMITS: FetchLimits = {
  maxBytes: 8 * 1024 * 1024,
  connectTimeoutMs: 8_000,
  timeoutMs: 30_000,
  maxRedirects: 5,
  ports: [80, 443, 8080, 8443],
};

export interface GuardedFetcherOptions {
  intranet: readonly string[];
  userAgent: string;
  limits?: Partial<FetchLimits>;
  /** Only tests give their own. */
  resolve?: Resolve;
}

export interface FetchRequest {
  headers?: Record<string, string>;
  maxBytes?: number;
  timeoutMs?: number;
}

export interface FetchResult {
  status: number;
  /** The address that answered, after redirects. */
  url: string;
  /** Set where every redirect on the way was permanent: the source should remember it. */
  permanentUrl?: string;
  headers: Record<string, string>;
  body: Buffer;
  elapsedMs: number;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PERMANENT = new Set([301, 308]);
/** Sent to the host they were meant for and to no other. */
const PRIVATE_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * The one way out: http and https only, every address judged and connected to as judged (a second answer of the name server
 * changes nothing), redirects judged anew, size and time bounded, bodies decompressed under the same bound. Any HTTP status is
 * an answer. Throws `DomainError` 502 with FETCH_BAD_URL, FETCH_FORBIDDEN_ADDRESS, FETCH_TOO_LARGE, FETCH_TIMEOUT,
 * FETCH_TOO_MANY_REDIRECTS, FETCH_BAD_ENCODING, FETCH_UNRESOLVED or FETCH_UNREACHABLE.
 */
export class GuardedFetcher {
  private readonly limits: FetchLimits;
  private readonly intranet: IntranetList;
  private readonly resolve: Resolve;
  private readonly agent: Agent;

  constructor(private readonly options: GuardedFetcherOptions) {
    this.limits = { ...FETCH_LIMITS, ...options.limits };
    this.intranet = new IntranetList(options.intranet);
    this.resolve = options.resolve ?? resolveHost;
    this.agent = new Agent({
      connect: this.connector(),
      maxHeaderSize: 32 * 1024,
      keepAliveTimeout: 5_000,
      connections: 1,
      pipelining: 1,
    });
  }

  async fetch(address: string, asked: FetchRequest = {}): Promise<FetchResult> {
    const started = performance.now();
    const timeoutMs = asked.timeoutMs ?? this.limits.timeoutMs;
    const signal = AbortSignal.timeout(timeoutMs);
    let url = this.judgedUrl(address);
    let headers = this.headersOf(asked.headers);
    let permanent = true;
    for (let hop = 0; ; hop++) {
      const response = await this.ask(url, headers, signal);
      const location = REDIRECTS.has(response.statusCode) ? headerOf(response, 'location') : undefined;
      if (location === undefined) {
        const body = await this.body(response, { maxBytes: asked.maxBytes ?? this.limits.maxBytes, signal });
        return {
          status: response.statusCode,
          url: url.href,
          ...(hop > 0 && permanent ? { permanentUrl: url.href } : {}),
          headers: flatHeaders(response),
          body,
          elapsedMs: Math.round(performance.now() - started),
        };
      }
      // Destroying an unread body is reported as an error of it; nobody waits for it any more.
      response.body.on('error', () => undefined).destroy();
      if (hop >= this.limits.maxRedirects)
        throw refused('FETCH_TOO_MANY_REDIRECTS', 'too many redirects', { url: address });
      permanent &&= PERMANENT.has(response.statusCode);
      const next = this.judgedUrl(URL.canParse(location, url.href) ? new URL(location, url.href).href : location);
      if (next.host !== url.host)
        headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !PRIVATE_HEADERS.has(name)));
      url = next;
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private judgedUrl(address: string): URL {
    if (!URL.canParse(address)) throw refused('FETCH_BAD_URL', 'not an address', { url: address });
    const url = new URL(address);
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw refused('FETCH_BAD_URL', 'only http and https are fetched', { url: address });
    if (url.username !== '' || url.password !== '')
      throw refused('FETCH_BAD_URL', 'an address with a password is not fetched', { host: url.host });
    if (!this.limits.ports.includes(portOf(url)) && !this.intranet.has(url.hostname, portOf(url)))
      throw refused('FETCH_FORBIDDEN_ADDRESS', 'this port is not fetched', { host: url.host });
    url.hash = '';
    return url;
  }

  private headersOf(own: Record<string, string> = {}): Record<string, string> {
    const lower = Object.fromEntries(Object.entries(own).map(([name, value]) => [name.toLowerCase(), value]));
    return {
      'user-agent': this.options.userAgent,
      accept: 'application/rss+xml, application/atom+xml, application/feed+json, text/xml;q=0.9, */*;q=0.5',
      'accept-encoding': 'gzip, deflate, br',
      ...lower,
    };
  }

  private async ask(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    try {
      return await request(url, {
        dispatcher: this.agent,
        headers,
        signal,
        headersTimeout: this.limits.timeoutMs,
        bodyTimeout: this.limits.timeoutMs,
      });
    } catch (error) {
      throw asRefusal(error, url);
    }
  }

  private async body(
    response: Dispatcher.ResponseData,
    bounds: { maxBytes: number; signal: AbortSignal },
  ): Promise<Buffer> {
    try {
      return await readBody(response.body, {
        encoding: headerOf(response, 'content-encoding'),
        declaredBytes: headerOf(response, 'content-length'),
        ...bounds,
      });
    } catch (error) {
      throw asRefusal(error);
    }
  }

  /** Resolves, judges and connects in one step, so that the judged address is the one that is spoken to. */
  private connector(): buildConnector.connector {
    const connect = buildConnector({ timeout: this.limits.connectTimeoutMs });
    return (options, callback) => {
      const hostname = options.hostname.replace(/^\[|\]$/g, '');
      const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
      this.judgedAddress(hostname, port).then(
        (address) => connect({ ...options, hostname: address, servername: options.servername ?? hostname }, callback),
        (error: Error) => callback(error, null),
      );
    };
  }

  private async judgedAddress(hostname: string, port: number): Promise<string> {
    const listed = this.intranet.has(hostname, port);
    const addresses = await this.resolve(hostname, listed);
    // One forbidden address among them condemns the name: which one answers must not be left to chance.
    const forbidden = addresses.some((address) => (listed ? isMetadataAddress(address) : !isPublicAddress(address)));
    if (forbidden || addresses.length === 0)
      throw refused('FETCH_FORBIDDEN_ADDRESS', 'this address is not fetched', { host: `${hostname}:${port}` });
    return addresses[0] as string;
  }
}

const portOf = (url: URL) => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

function headerOf(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function flatHeaders(response: Dispatcher.ResponseData): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

const refused = (code: string, message: string, params: Record<string, unknown> = {}) =>
  new DomainError(code, 502, message, params);

function asRefusal(error: unknown, url?: URL): DomainError {
  if (error instanceof DomainError) return error;
  const { name, code, message } = error as Error & { code?: string };
  const params = url === undefined ? {} : { host: url.host };
  if (name === 'TimeoutError' || /TIMEOUT/.test(code ?? ''))
    return refused('FETCH_TIMEOUT', 'no complete answer in time', params);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return refused('FETCH_TOO_LARGE', 'the headers are too large', params);
  return refused('FETCH_UNREACHABLE', `no answer: ${code ?? message}`, params);
}
