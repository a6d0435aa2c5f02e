import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readFeed } from './read-feed.js';
import { readXml } from './xml-tree.js';
import { readRss } from './rss-reader.js';
import { readCommonRss } from './rss-parser-reader.js';

const rss = (items: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<rss version="2.0"><channel><title>南通发布</title><link>https://news.example.cn/</link><description>d</description>${items}</channel></rss>`;
const item = (title: string, more = '') =>
  `<item><title>${title}</title><link>https://news.example.cn/1?a=1&amp;b=2</link><guid isPermaLink="false">n-1</guid>${more}</item>`;
const read = (text: string | Buffer, contentType?: string) =>
  readFeed(typeof text === 'string' ? Buffer.from(text) : text, {
    url: 'https://news.example.cn/rss.xml',
    ...(contentType === undefined ? {} : { contentType }),
  });

describe('encodings', () => {
  it.each([
    ['GBK bytes declared as GB2312', 'gb2312', 'gbk', 'gb18030'],
    ['GB18030 bytes declared as UTF-8', 'utf-8', 'gb18030', 'gb18030'],
    ['Big5 bytes declared as Big5', 'big5', 'big5', 'big5'],
    ['UTF-8 bytes declared as GB2312', 'gb2312', 'utf-8', 'utf-8'],
    ['UTF-16 without a mark', 'utf-16', 'utf-16le', 'utf-16le'],
  ])('reads %s', async (_, declared, real, encoding) => {
    const text = rss(item('關於供水的通報,請居民儲水'), `<?xml version="1.0" encoding="${declared}"?>`);
    const document = await read(iconv.encode(text, real));
    expect(document.entries[0]?.title).toBe('關於供水的通報,請居民儲水');
    expect(document.encoding).toBe(encoding);
  });

  it('believes the HTTP header before the declaration', async () => {
    const bytes = iconv.encode(rss(item('通报'), '<?xml version="1.0" encoding="iso-8859-1"?>'), 'gbk');
    expect((await read(bytes, 'text/xml; charset=GBK')).entries[0]?.title).toBe('通报');
  });
});

describe('repairs', () => {
  it('keeps the entries of a document with a bare ampersand, stray bytes before the prolog and control characters', async () => {
    const document = await read(`\uFEFF\n junk ${rss(item('A & B\u0007 &nbsp;C'))}`);
    expect(document.entries[0]).toMatchObject({
      id: 'n-1',
      title: 'A & B C',
      link: 'https://news.example.cn/1?a=1&b=2',
    });
    expect(document.problems).toEqual(
      expect.arrayContaining(['bare ampersand', 'characters outside the root element']),
    );
  });

  it('separates items that were never closed', async () => {
    const document = await read(
      rss('<item><title>一</title><link>https://x.cn/1<item><title>二</title><link>https://x.cn/2</item>'),
    );
    expect(document.entries.map((entry) => entry.title)).toEqual(['一', '二']);
    expect(document.entries[0]?.link).toBe('https://x.cn/1');
  });

  it('gives what came before the cut of a truncated document', async () => {
    const document = await read(
      rss(`${item('一')}<item><title>二`)
        .split('</channel>')[0]!
        .replace(/二.*/, '二'),
    );
    expect(document.entries.map((entry) => entry.title)).toEqual(['一', '二']);
    expect(document.problems).toContain('document ends inside an element');
  });

  it.each([
    ['2026-11-20 16:53:42', '2026-11-20T08:53:42.000Z', true],
    ['Fri, 20 Nov 2026 16:53:42 +0800', '2026-11-20T08:53:42.000Z', undefined],
    ['Fri, 20 Nov 2026 16:53:42 CST', '2026-11-20T08:53:42.000Z', undefined],
    ['2026年11月20日 下午4:05', '2026-11-20T08:05:00.000Z', true],
    ['2026-11-20T08:53Z', '2026-11-20T08:53:00.000Z', undefined],
  ])('reads the date %s', async (text, instant, zoneMissing) => {
    const [entry] = (await read(rss(item('x', `<pubDate>${text}</pubDate>`)))).entries;
    expect([entry?.published?.toISOString(), entry?.zoneMissing]).toEqual([instant, zoneMissing]);
  });
});

describe('kinds', () => {
  it.each([
    [
      'atom',
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.cn/x/"><title>T</title><entry><id>urn:1</id><title type="html">A &lt;b&gt;b&lt;/b&gt;</title><link href="1.html"/><updated>2026-11-20T00:00:00Z</updated></entry></feed>',
      'A b',
      'https://a.cn/x/1.html',
    ],
    [
      'rdf',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel><item rdf:about="urn:1"><title>A b</title><link>https://a.cn/1</link></item></rdf:RDF>',
      'A b',
      'https://a.cn/1',
    ],
    [
      'cdf',
      '<channel href="https://a.cn/"><title>T</title><item href="https://a.cn/1" lastmod="2026-11-20"><title>A b</title></item></channel>',
      'A b',
      'https://a.cn/1',
    ],
    [
      'json',
      '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":1,"title":"A b","url":"https://a.cn/1"}]}',
      'A b',
      'https://a.cn/1',
    ],
  ])('reads %s', async (kind, text, title, link) => {
    const document = await read(text);
    expect(document).toMatchObject({ kind, title: 'T', entries: [{ title, link }] });
  });

  it('names a page that is no feed', async () => {
    expect(await read('<html><body><p>404')).toMatchObject({
      kind: 'unknown',
      entries: [],
      problems: expect.arrayContaining(['not a feed: root element html']),
    });
  });

  it('reads plain RSS the same with both readers, so that one broken day revises nothing', async () => {
    const text = rss(
      item(
        '  标题 &amp; <![CDATA[<b>粗</b>]]>',
        '<pubDate>Fri, 20 Nov 2026 16:53:42 +0800</pubDate><author>张三</author><description><![CDATA[<p>正文</p>]]></description>',
      ),
    );
    const common = await readCommonRss(text, undefined);
    expect(common).toBeDefined();
    expect(readRss(readXml(text, [])!, undefined)).toEqual(common);
  });
});

describe('hostile documents end with what they hold', () => {
  const entities = Array.from({ length: 40 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};&e${i};&e${i};">`).join('');
  it.each([
    ['entity bomb', `<!DOCTYPE rss [<!ENTITY e0 "lol">${entities}]>${rss(item('&e40;'), '')}`],
    ['external entity', `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss(item('&x;'), '')}`],
    ['deep nesting', rss(`${item('x')}<item>${'<a>'.repeat(200_000)}`)],
    ['a title of 5 MB', rss(item('x'.repeat(5_000_000)))],
    ['five million unclosed quotes', rss(`${item('x')}<item a="${'<a b="'.repeat(500_000)}`)],
    ['a flood of numeric entities', rss(item('&#65;'.repeat(500_000)))],
  ])('%s', async (_, text) => {
    const document = await read(text);
    expect(document.entries.length).toBeGreaterThan(0);
    expect(document.entries[0]!.title.length).toBeLessThanOrEqual(2000);
    expect(document.entries[0]!.title).not.toMatch(/lollol|root:/);
  });
});
