import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import writeExcelFile from 'write-excel-file/node';
import type { ItemDraft } from '../contract.js';
import type { Rejection } from '../rules/hotline-row.js';
import { loadHotlineColumns } from './hotline-columns.js';
import { readHotlineTable } from './hotline-table.js';
import { plainNumber, serialDate } from './xlsx-reader.js';
import { bufferSource } from './zip-archive.js';

const words = loadHotlineColumns(path.join(import.meta.dirname, '../../../config'));
const HEADER = ['工单编号', '来电时间', '诉求类型', '诉求内容(必填)', '来电人', '联系电话', '承办单位'];

async function read(bytes: Buffer, year?: number) {
  const drafts: ItemDraft[] = [];
  const rejections: Rejection[] = [];
  for await (const outcome of readHotlineTable(bufferSource(bytes), {
    words,
    ...(year === undefined ? {} : { year }),
  })) {
    if (outcome.kind === 'draft') drafts.push(outcome.draft);
    else if (outcome.kind === 'rejection') rejections.push(outcome.rejection);
  }
  return { drafts, rejections };
}
const csv = (rows: string[][]) =>
  rows
    .map((row) => row.map((cell) => (/[,"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\r\n');
const order = (
  number: string,
  more: Partial<Record<'time' | 'type' | 'content' | 'caller' | 'phone' | 'body', string>> = {},
) => [
  number,
  more.time ?? '2026-11-20 14:05:33',
  more.type ?? '投诉',
  more.content ?? '小区连续停水三天',
  more.caller ?? '张建国',
  more.phone ?? '138****1234',
  more.body ?? '市水利局',
];

describe('CSV of a hotline (domain 6.2)', () => {
  it.each([
    ['UTF-8 with mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['GB18030', (text: string) => iconv.encode(text, 'gb18030')],
    ['UTF-16 with mark', (text: string) => iconv.encode(text, 'utf-16le', { addBOM: true })],
  ])('reads %s with line breaks, commas and quotes in cells', async (_, encode) => {
    const { drafts } = await read(encode(csv([HEADER, order('0012', { content: '停水,\n说"马上"来' })])));
    expect(drafts).toMatchObject([
      { identityKey: '0012', workOrderNumber: '0012', body: '停水,\n说"马上"来', requestType: '投诉' },
    ]);
    expect(drafts[0]?.occurredAt?.toISOString()).toBe('2026-11-20T06:05:33.000Z');
  });

  it('counts every row once: read = drafts + rejections; titles, repeated headers, blank rows and totals are not read', async () => {
    const rows = [
      ['南通市12345热线工单明细表'],
      ['导出时间:2026-11-21'],
      HEADER,
      order('\t20261120000123456789'),
      HEADER,
      [''],
      order('2', { time: '昨天' }),
      order('3', { content: '/' }),
      order('2.02611E+13'),
      order('4', { time: '11月20日' }),
      ['合计', '5'],
    ];
    const { drafts, rejections } = await read(Buffer.from(csv(rows)));
    expect(drafts.map((draft) => draft.workOrderNumber)).toEqual(['20261120000123456789']);
    expect(rejections.map(({ row, column, code }) => [row, column, code])).toEqual([
      [7, '来电时间', 'HOTLINE_BAD_TIME'],
      [8, '诉求内容(必填)', 'HOTLINE_NO_CONTENT'],
      [9, '工单编号', 'HOTLINE_NUMBER_LOST'],
      [10, '来电时间', 'HOTLINE_TIME_WITHOUT_YEAR'],
    ]);
  });

  it('takes caller and numbers out of the text and keeps them apart', async () => {
    const { drafts } = await read(
      Buffer.from(
        csv([
          HEADER,
          order('5', { content: '来电人:张建国,电话13812345678,反映停水', phone: '１３９１２３４５６７８' }),
          order('6', { phone: '1.38E+10' }),
        ]),
      ),
    );
    expect(drafts[0]?.body).toBe('来电人:张某某,电话138****5678,反映停水');
    expect(drafts[0]?.personal).toEqual([
      { kind: 'name', value: '张建国' },
      { kind: 'mobile', value: '13912345678' },
      { kind: 'mobile', value: '13812345678' },
    ]);
    expect(JSON.stringify({ ...drafts[0], personal: null })).not.toMatch(/建国|13[89]\d/);
    expect(drafts[1]?.personal).toEqual([{ kind: 'name', value: '张建国' }]);
  });

  it('gives an order that was dispatched again the same identity and the same content', async () => {
    const { drafts } = await read(Buffer.from(csv([HEADER, order('7'), order('7', { body: '某镇人民政府' })])));
    expect(new Set(drafts.map((draft) => `${draft.identityKey} ${draft.contentSha256}`)).size).toBe(1);
  });

  it('refuses a table whose header is not known, naming the sheet', async () => {
    expect(await read(Buffer.from('甲,乙\n1,2\n3,4\n'))).toMatchObject({
      drafts: [],
      rejections: [{ code: 'IMPORT_NO_HEADER' }],
    });
  });
});

describe('XLSX of a hotline', () => {
  it('reads title rows, several sheets by county, numbers and dates typed as such', async () => {
    const head = HEADER.map((value) => ({ value }));
    const row = (number: string) => [
      { value: number },
      { value: new Date(Date.UTC(2026, 10, 20, 14, 5)), format: 'yyyy/mm/dd hh:mm' },
      { value: '咨询类' },
      { value: '养老金何时到账' },
      { value: '李女士' },
      { value: 13812345678 },
      null,
    ];
    const bytes = await writeExcelFile([
      { data: [[{ value: '12345工单', columnSpan: 7 }], head, row('A-1'), row('A-2')], sheet: '如东县' },
      { data: [head, row('B-1')], sheet: '启东市' },
    ]).toBuffer();
    const { drafts, rejections } = await read(bytes);
    expect(rejections).toEqual([]);
    expect(drafts.map((draft) => [draft.workOrderNumber, draft.area])).toEqual([
      ['A-1', '如东县'],
      ['A-2', '如东县'],
      ['B-1', '启东市'],
    ]);
    expect(drafts[0]).toMatchObject({
      requestType: '咨询',
      personal: [
        { kind: 'name', value: '李女士' },
        { kind: 'mobile', value: '13812345678' },
      ],
    });
    expect(drafts[0]?.occurredAt?.toISOString()).toBe('2026-11-20T06:05:00.000Z');
  });

  it('knows serial days and numbers of Excel', () => {
    expect([serialDate(46_346.58715), serialDate(1), serialDate(61), serialDate(0.5, true)]).toEqual([
      '2026-11-20 14:05:30',
      '1900-01-01 00:00:00',
      '1900-03-01 00:00:00',
      '1904-01-01 12:00:00',
    ]);
    expect([plainNumber('1.3812345678E10'), plainNumber('0.5')]).toEqual(['13812345678', '0.5']);
  });

  it.each([
    ['a bomb', zipOf('xl/workbook.xml', deflateRawSync(Buffer.alloc(60_000_000))), 'IMPORT_TOO_LARGE'],
    ['a broken part', zipOf('xl/workbook.xml', Buffer.from('no deflate stream')), 'IMPORT_BAD_FILE'],
    ['another archive', zipOf('a.txt', deflateRawSync('x')), 'IMPORT_BAD_FILE'],
    ['a cut archive', Buffer.from('PK\u0003\u0004 cut'), 'IMPORT_BAD_FILE'],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });
});

it('names file and path of a wrong column file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'columns-'));
  mkdirSync(path.join(folder, 'imports'));
  writeFileSync(path.join(folder, 'imports/hotline-columns.yaml'), 'columns: { number: [] }');
  expect(() => loadHotlineColumns(folder)).toThrow(/hotline-columns\.yaml: columns\.number/);
});

/** An archive of one deflated part. */
function zipOf(name: string, data: Buffer): Buffer {
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(data.length, 4);
  sizes.writeUInt32LE(1000, 8);
  const common = (size: number) =>
    Buffer.concat([
      Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]),
      sizes,
      Buffer.from([name.length, 0, 0, 0]),
      Buffer.alloc(size),
    ]);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common(0), Buffer.from(name), data]);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
