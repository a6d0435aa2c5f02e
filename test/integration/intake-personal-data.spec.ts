import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { newVaultKey } from '#platform/seal/vault.js';
import { EVERYWHERE } from '../support/api.js';
import { IntakeOffice, order } from '../support/intake.js';

jest.setTimeout(120_000);

const PHONE = '13912345678';
const REASON = '回访来电人核实停水地址';
let office: IntakeOffice;
let item: string;
beforeAll(async () => {
  office = await IntakeOffice.open();
  await office.source();
  const content = `城东花园停水三天,请打我电话${PHONE},家里有老人和孩子`;
  const { receipts } = await office.send(
    order('20261126000001', { content, caller: { name: '张建国', phone: PHONE } }),
  );
  item = receipts[0]!.itemId!;
});
afterAll(() => office?.close());

const reveal = (who: 'operator' | 'leader', body: object, id = item) =>
  office.ask<{ pieces: { kind: string; value: string }[] }>(office[who], 'POST', `/items/${id}/personal-data`, body);

it('masks a phone number in the item, and no column of the database holds it in the clear', async () => {
  expect((await office.items())[0]!.body).toContain('139****5678');
  const columns = await office.db.asOwner<{ table: string; column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name NOT LIKE 'pg%' AND data_type IN ('text', 'jsonb', 'bytea', 'ARRAY')`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const [row] = await office.db.asOwner<{ n: number }>(
      `SELECT count(*)::int AS n FROM "${table}" WHERE "${column}"::text LIKE $1 OR "${column}"::text LIKE $2`,
      [`%${PHONE}%`, `%${Buffer.from(PHONE).toString('hex')}%`],
    );
    if (row!.n > 0) found.push(`${table}.${column}`);
  }
  expect(columns.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

it('is revealed to a duty with a ground, and the ledger holds who, which item and why, never the number', async () => {
  expect(await reveal('leader', { reason: REASON })).toMatchObject({ status: 403 });
  expect(await reveal('operator', {})).toMatchObject({ status: 400 });
  expect(await office.ledger('personalData.revealed')).toEqual([]);

  const { pieces } = await reveal('operator', { reason: REASON });
  expect(pieces.map(({ value }) => value)).toContain(PHONE);
  const entries = await office.ledger('personalData.revealed');
  expect(entries).toMatchObject([{ actor: '测试operator', subject: item, reason: REASON }]);
  expect(JSON.stringify(entries)).not.toContain(PHONE);
});

it('shows nothing of another place', async () => {
  await office.api.account('elsewhere', [{ duty: 'hotline_operator', jurisdiction: '320500' }]);
  const other = await office.api.signedIn('elsewhere');
  const answer = await office.ask(other, 'POST', `/items/${item}/personal-data`, { reason: REASON });
  expect(answer).toMatchObject({ status: 404, code: 'ITEM_NOT_FOUND' });
});

it('does not open under another key, and leaves no entry of a reveal that was none', async () => {
  const before = await office.ledger('personalData.revealed');
  const caller = { scope: { ...EVERYWHERE.scope, jurisdictions: ['320600'] }, actor: EVERYWHERE.actor };
  const opened = office.personal(newVaultKey()).reveal(office.db.app, caller, { itemId: item, reason: REASON });
  await expect(opened).rejects.toThrow('sealed under a key that HUIYING_PERSONAL_KEY does not hold');
  expect(await office.ledger('personalData.revealed')).toEqual(before);
});

it('is gone after its retention, while the masked item stays', async () => {
  const { purgePersonalData } = await import('#ingest/personal-data.js');
  await office.db.advance(181 * 86_400_000);
  expect(await office.db.worker.asSystem((tx) => purgePersonalData(tx, EVERYWHERE.actor))).toBeGreaterThan(0);
  expect(await office.db.asOwner('SELECT * FROM personal_data')).toEqual([]);
  expect(await office.items()).toHaveLength(1);
});
