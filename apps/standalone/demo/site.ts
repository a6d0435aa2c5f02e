import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DemoContent, DemoItem } from './content.js';

/** The demonstration's own corner of the web: the feeds of its media, and the official pages on which its bodies publish. */
export class DemoSite {
  private readonly pages = new Map<string, { title: string; body: string; at: Date }>();
  private startedAt = Date.now();
  private server: Server | undefined;

  constructor(private readonly content: DemoContent) {}

  /** Listens on a free loopback port and returns the address. */
  async listen(): Promise<string> {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on the timeline runs; before that only what stands at second 0 is there. */
  begin(): void {
    this.startedAt = Date.now();
  }

  /** Puts a page on a body's official site and returns its path. */
  publish(title: string, body: string): string {
    const path = `/gov/${randomUUID().slice(0, 8)}.html`;
    this.pages.set(path, { title, body, at: new Date() });
    return path;
  }

  /** The items of a source that have been published by now, newest first. */
  published(match: (item: DemoItem) => boolean): DemoItem[] {
    const elapsed = (Date.now() - this.startedAt) / 1000;
    return this.content.items.filter((item) => match(item) && item.at <= elapsed).sort((a, b) => b.at - a.at);
  }

  publishedAt(item: DemoItem): Date {
    return new Date(Math.floor((this.startedAt + item.at * 1000) / 1000) * 1000);
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<void>((resolve) => (this.server === undefined ? resolve() : this.server.close(() => resolve())));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const source = this.content.sources.sources.find((candidate) => candidate.path === path);
    const page = this.pages.get(path);
    if (source !== undefined) return this.sendFeed(source, request, response);
    if (page !== undefined) return send(response, 200, 'text/html; charset=utf-8', htmlPage(page));
    send(response, 404, 'text/plain; charset=utf-8', 'not found');
  }

  private sendFeed(
    source: DemoContent['sources']['sources'][number],
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const entries = this.published((item) => item.source === source.key).map((item) => ({
      ...item,
      url: `http://${request.headers.host}/items/${idOf(item)}`,
      id: idOf(item),
      date: this.publishedAt(item),
    }));
    const body = FORMATS[source.format](source.name, entries);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag });
      response.end();
      return;
    }
    send(response, 200, TYPES[source.format], body, { etag });
  }
}

interface Entry {
  id: string;
  url: string;
  title: string;
  body: string;
  date: Date;
}

const TYPES = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};
const idOf = (item: DemoItem): string =>
  createHash('sha256')
    .update(item.title + item.body)
    .digest('hex')
    .slice(0, 16);
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const FORMATS: Record<'rss' | 'atom' | 'json', (title: string, entries: Entry[]) => string> = {
  rss: (title, entries) =>
    `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${escape(title)}</title>${entries
      .map(
        (e) =>
          `<item><guid isPermaLink="false">${e.id}</guid><link>${e.url}</link><title>${escape(e.title)}</title><description>${escape(e.body)}</description><pubDate>${e.date.toUTCString()}</pubDate></item>`,
      )
      .join('')}</channel></rss>`,
  atom: (title, entries) =>
    `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${escape(title)}</title>${entries
      .map(
        (e) =>
          `<entry><id>urn:demo:${e.id}</id><link href="${e.url}"/><title>${escape(e.title)}</title><content>${escape(e.body)}</content><published>${e.date.toISOString()}</published><updated>${e.date.toISOString()}</updated></entry>`,
      )
      .join('')}</feed>`,
  json: (title, entries) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title,
      items: entries.map((e) => ({
        id: e.id,
        url: e.url,
        title: e.title,
        content_text: e.body,
        date_published: e.date.toISOString(),
      })),
    }),
};

function htmlPage(page: { title: string; body: string; at: Date }): string {
  const shown = new Date(page.at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escape(page.title)}</title></head><body><h1>${escape(page.title)}</h1><p>发布时间：${shown}</p><p>${escape(page.body)}</p><p>【演练】本页面属于演示，内容均为虚构。</p></body></html>`;
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(body);
}
