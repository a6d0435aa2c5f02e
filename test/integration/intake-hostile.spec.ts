import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import iconv from 'iconv-lite';
import { IntakeOffice } from '../support/intake.js';
import { workbookOf } from '../support/zip.js';

jest.setTimeout(180_000);

const feed = (entries: string, head = '') =>
  `${head}<rss version="2.0"><channel><title>某市发布</title>${entries}</channel></rss>`;
const entry = (title: string, text = '正文') =>
  `<item><guid>${title.slice(0, 40)}</guid><title>${title}</title><description>${text}</description></item>`;
const LAUGHS = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">${'bcdefghij'.replace(/./g, (name) => `<!ENTITY ${name} "${`&${String.fromCharCode(name.charCodeAt(0) - 1)};`.repeat(10)}">`)}]>`;

/** Goes on for as long as somebody listens. */
function endless(response: ServerResponse): void {
  const piece = Buffer.alloc(256 * 1024, 'x');
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more);
  more();
}

const pages: Record<string, (response: ServerResponse) => void> = {
  // Far below the limit of size: only its ratio tells it from a feed.
  '/gzip-bomb': (response) =>
    void response.setHeader('content-encoding', 'gzip').end(gzipSync(feed(entry('x', ' '.repeat(3_000_000))))),
  '/endless': endless,
  '/slow-headers': () => undefined,
  '/slow-body': (response) => void response.writeHead(200).write('<rss>'),
  '/to-metadata': (response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  '/to-private': (response) => void response.writeHead(302, { location: 'http://10.0.0.1/feed' }).end(),
  '/entities': (response) => void response.end(feed(entry('&j;'), LAUGHS)),
  '/outside': (response) =>
    void response.end(feed(entry('&x;'), '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
  '/long-line': (response) => void response.end(feed(entry('长'.repeat(700_000)))),
  '/nul': (response) => void response.end(feed(entry('停水\u0000通报', '正\u0000文'))),
  '/charset': (response) =>
    void response
      .setHeader('content-type', 'text/xml; charset=utf-8')
      .end(iconv.encode(feed(entry('城东花园停水通报')), 'gb18030')),
  '/good': (response) => void response.end(feed(entry('复水公告'))),
};

let office: IntakeOffice;
let server: Server;
let host: string;
beforeAll(async () => {
  server = createServer((request, response) => pages[request.url!]!(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  office = await IntakeOffice.open([host]);
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await office?.close();
});

/** Asks a page of the server once as a feed: the error it left, and the items it brought. */
async function ask(page: string): Promise<{ error: string | null; items: { title: string; body: string }[] }> {
  const id = await office.source({ kind: 'feed', name: page, url: `http://${host}${page}`, channel: 'web' });
  await office.poll(id);
  const [source] = await office.db.asOwner<{ error: string | null }>(
    'SELECT last_error_code AS error FROM sources WHERE id = $1',
    [id],
  );
  const items = await office.db.asOwner<{ title: string; body: string }>(
    'SELECT title, body FROM items WHERE source_id = $1',
    [id],
  );
  return { error: source!.error, items };
}

describe('servers that mean harm (F38–F44)', () => {
  it.each([
    ['/gzip-bomb', 'FETCH_TOO_LARGE'],
    ['/endless', 'FETCH_TOO_LARGE'],
    ['/slow-headers', 'FETCH_TIMEOUT'],
    ['/slow-body', 'FETCH_TIMEOUT'],
    ['/to-metadata', 'FETCH_FORBIDDEN_ADDRESS'],
    ['/to-private', 'FETCH_FORBIDDEN_ADDRESS'],
  ])('%s degrades its source with %s', async (page, code) => {
    expect(await ask(page)).toEqual({ error: code, items: [] });
  });

  it('an entity bomb is not unfolded, and an external entity is not read', async () => {
    const bomb = await ask('/entities');
    expect(JSON.stringify(bomb.items)).not.toContain('hahahaha');
    const outside = await ask('/outside');
    expect(JSON.stringify(outside.items)).not.toContain('root:');
  });

  it('a title of 2 MB in one line is held within the bounds of an item', async () => {
    const { items } = await ask('/long-line');
    for (const { title } of items) expect(title.length).toBeLessThanOrEqual(2_000);
  });

  it('NUL bytes do not reach the database, and a wrong charset does not garble the words', async () => {
    expect((await ask('/nul')).items).toEqual([{ title: '停水通报', body: '正文' }]);
    expect((await ask('/charset')).items).toMatchObject([{ title: '城东花园停水通报' }]);
  });

  it('a good source beside them is read as ever', async () => {
    expect(await ask('/good')).toMatchObject({ error: null, items: [{ title: '复水公告' }] });
  });
});

const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const HEADER = ['工单编号', '来电时间', '诉求类型', '诉求内容'];
const xlsxRow = (...cells: string[]) => `<row>${cells.join('')}</row>`;
const TABLE_HEAD = xlsxRow(...HEADER.map(cell));
let number = 0;

/** Uploads a file and runs the import: how it ended, and the texts of what it stored. */
async function take(name: string, bytes: Buffer) {
  const source = await office.source({ name: `热线${(number += 1)}` });
  const { id } = await office.upload(name, bytes, `&source=${source}`);
  await office.imports.runWaiting();
  const { state, error } = await office.ask<{ state: string; error: string | null }>(
    office.operator,
    'GET',
    `/imports/${id}`,
  );
  const items = await office.db.asOwner<{ body: string }>('SELECT body FROM items WHERE source_id = $1', [source]);
  return { state, error: error?.split(':')[0] ?? null, texts: items.map(({ body }) => body) };
}

describe('files that mean harm (F38–F44)', () => {
  const order = (content: string) =>
    xlsxRow(cell(`W${(number += 1)}0000001`), cell('2026-11-20 14:05:33'), cell('投诉'), content);

  it('a bomb of a workbook ends the import with its reason', async () => {
    const bomb = workbookOf('', { 'xl/worksheets/sheet1.xml': Buffer.alloc(60_000_000, ' ') });
    expect(await take('bomb.xlsx', bomb)).toEqual({ state: 'failed', error: 'IMPORT_TOO_LARGE', texts: [] });
  });

  it('names of paths in an archive are names and nothing else', async () => {
    const book = workbookOf(TABLE_HEAD + order(cell('小区停水三天')), {
      '../../../../tmp/huiying-escape': 'x',
      '/etc/huiying-escape': 'x',
    });
    expect(await take('paths.xlsx', book)).toEqual({ state: 'done', error: null, texts: ['小区停水三天'] });
  });

  it('a formula is the value that was stored with it, an entity in a sheet is not unfolded', async () => {
    const formula = '<c t="str"><f>WEBSERVICE("http://evil.example/")</f><v>小区停水五天</v></c>';
    expect((await take('formula.xlsx', workbookOf(TABLE_HEAD + order(formula)))).texts).toEqual(['小区停水五天']);
    const sheet = `${LAUGHS}<worksheet><sheetData>${TABLE_HEAD}${order(cell('小区停水&j;'))}</sheetData></worksheet>`;
    const { texts } = await take('entity.xlsx', workbookOf('', { 'xl/worksheets/sheet1.xml': sheet }));
    expect(JSON.stringify(texts)).not.toContain('hahaha');
  });

  const csv = (content: string) =>
    `${HEADER.join(',')}\r\nC${(number += 1)}0000001,2026-11-20 14:05:33,投诉,${content}\r\n`;

  it('a line of more than 2 MB ends the import with its reason', async () => {
    const { state, error } = await take('line.csv', Buffer.from(csv('长'.repeat(2_100_000))));
    expect({ state, error }).toEqual({ state: 'failed', error: 'IMPORT_BAD_FILE' });
  });

  it('a cell that begins like a formula stays text; NUL bytes vanish; GB18030 is read as such', async () => {
    const attack = "=cmd|' /C calc'!A0 小区停水三天";
    expect((await take('cell.csv', Buffer.from(csv(attack)))).texts).toEqual([attack]);
    expect((await take('nul.csv', Buffer.from(csv('小区\u0000停水三天')))).texts).toEqual(['小区停水三天']);
    expect((await take('gb.csv', iconv.encode(csv('小区停水三天'), 'gb18030'))).texts).toEqual(['小区停水三天']);
  });
});
