import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import writeExcelFile from 'write-excel-file/node';
import { IntakeOffice } from '../support/intake.js';

jest.setTimeout(180_000);

interface Import {
  status: number;
  state: string;
  rowCount: number;
  acceptedCount: number;
  duplicateCount: number;
  rejectedCount: number;
  byteDone: number;
  byteTotal: number;
  error: string | null;
  headers: { fields: (string | null)[] }[];
  rejections: { place: string; code: string }[];
}

let office: IntakeOffice;
let source: string;
beforeAll(async () => {
  office = await IntakeOffice.open();
});
afterAll(() => office?.close());
let number = 0;
beforeEach(async () => {
  source = await office.source({ name: `热线${(number += 1)}` });
});

const HEADER = ['工单编号', '来电时间', '诉求类型', '群众说了什么'];
const row = (n: number, time = '2026-11-20 14:05:33') => [
  `W${number}${String(n).padStart(8, '0')}`,
  time,
  '投诉',
  `第${n}号小区停水三天,物业没有答复`,
];
const csv = (rows: string[][]) => Buffer.from([HEADER, ...rows].map((cells) => cells.join(',')).join('\r\n'));
const rows = (count: number) => Array.from({ length: count }, (_, n) => row(n));
const upload = async (bytes: Buffer, more = '', name = '导出.csv') =>
  (await office.upload(name, bytes, `&source=${source}${more}`)).id;
const mapped = () =>
  office.ask(office.operator, 'PUT', `/sources/${source}/mapping`, { columns: { 群众说了什么: 'content' } });
const read = (id: string) => office.ask<Import>(office.operator, 'GET', `/imports/${id}`);
const move = (id: string, how: string, body = {}) =>
  office.ask<{ id: string }>(office.operator, 'POST', `/imports/${id}/${how}`, body);
const stored = async () =>
  (await office.db.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM items WHERE source_id = $1', [source]))[0]!.n;

describe('a table of a hotline', () => {
  it('is not understood without the meaning of its columns, and is with it', async () => {
    const before = await upload(csv(rows(2)));
    await office.imports.runWaiting();
    expect(await read(before)).toMatchObject({ acceptedCount: 0, rejections: [{ code: 'IMPORT_NO_HEADER' }] });
    await mapped();
    const after = await upload(csv(rows(2)));
    await office.imports.runWaiting();
    expect(await read(after)).toMatchObject({
      state: 'done',
      acceptedCount: 2,
      headers: [{ fields: ['number', 'occurredAt', 'requestType', 'content'] }],
    });
  });

  it('says in a dry run what it would do, row by row, and stores nothing; then does it; then finds everything there', async () => {
    await mapped();
    const bytes = csv([row(1), row(2, '前天'), row(3)]);
    const trial = await upload(bytes, '&dryRun=true');
    expect(await office.imports.runWaiting()).toBe(1);
    const counts = { rowCount: 3, acceptedCount: 2, duplicateCount: 0, rejectedCount: 1 };
    expect(await read(trial)).toMatchObject({ state: 'done', ...counts, rejections: [{ place: '3 来电时间' }] });
    expect(await stored()).toBe(0);

    const real = await move(trial, 'repeat', { dryRun: false });
    await office.imports.runWaiting();
    expect(await read(real.id)).toMatchObject({ state: 'done', ...counts });
    expect(await stored()).toBe(2);

    const again = await upload(bytes);
    await office.imports.runWaiting();
    expect(await read(again)).toMatchObject({ acceptedCount: 0, duplicateCount: 2, rejectedCount: 1 });
    expect(await stored()).toBe(2);
  });

  it('comes as XLSX as well', async () => {
    await mapped();
    const sheet = [HEADER, row(1), row(2)].map((cells) => cells.map((value) => ({ value, type: String })));
    const id = await upload(await writeExcelFile(sheet).toBuffer(), '', '导出.xlsx');
    await office.imports.runWaiting();
    expect(await read(id)).toMatchObject({ state: 'done', acceptedCount: 2, rejectedCount: 0 });
  });
});

describe('an import that is cut off', () => {
  /** Lets the process die at one row: what it stored before stays, the import is running and nobody works on it. */
  const dieAt = async (n: number) => {
    await office.db.asOwner(
      `CREATE OR REPLACE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the power went off'; END $$`,
    );
    await office.db.asOwner(
      `CREATE TRIGGER die BEFORE INSERT ON items FOR EACH ROW WHEN (NEW.identity_key = '${row(n)[0]}') EXECUTE FUNCTION die()`,
    );
    await expect(office.imports.runWaiting()).rejects.toThrow('the power went off');
    await office.db.asOwner('DROP TRIGGER die ON items');
  };
  const HALF = { state: 'running', rowCount: 1_000, acceptedCount: 1_000 };
  const WHOLE = { state: 'done', rowCount: 1_500, acceptedCount: 1_500, duplicateCount: 0 };

  it('shows how far it came, is taken up by another process after a silence, and goes on behind its last chunk', async () => {
    await mapped();
    const id = await upload(csv(rows(1_500)));
    await dieAt(1_200);
    const half = await read(id);
    expect(half).toMatchObject(HALF);
    expect(half.byteDone).toBeGreaterThan(0);
    expect(await office.imports.runWaiting()).toBe(0);
    await office.db.advance(3 * 60_000);
    expect(await office.imports.runWaiting()).toBe(1);
    expect(await read(id)).toMatchObject(WHOLE);
    expect(await stored()).toBe(1_500);
  });

  it('stops when it is cancelled, stays stopped, and goes on when somebody says so', async () => {
    await mapped();
    const id = await upload(csv(rows(1_500)));
    await dieAt(1_200);
    expect(await move(id, 'cancel')).toMatchObject({ status: 200 });
    await office.db.advance(3 * 60_000);
    expect(await office.imports.runWaiting()).toBe(0);
    expect(await read(id)).toMatchObject({ ...HALF, state: 'cancelled' });
    expect(await move(id, 'cancel')).toMatchObject({ status: 409, code: 'IMPORT_STATE' });
    expect(await move(id, 'resume')).toMatchObject({ status: 200 });
    await office.imports.runWaiting();
    expect(await read(id)).toMatchObject(WHOLE);
    expect(await stored()).toBe(1_500);
    expect(await office.ledger('import.cancelled')).toMatchObject([{ actor: '测试operator', subject: id }]);
  });
});
