import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { CountyOffice, said } from '../support/county-office.js';

jest.setTimeout(120_000);

let office: CountyOffice;
beforeAll(async () => {
  office = await CountyOffice.open(['URB']);
});
afterAll(() => office.close());

const analyst = () => office.person('analyst');
const stateOf = async (id: string) =>
  (
    await office.db.asOwner<{ state: string; into: string | null; items: number }>(
      'SELECT state, merged_into AS into, item_count AS items FROM incidents WHERE id = $1',
      [id],
    )
  )[0]!;
const struckOff = async () => {
  const id = await office.incident();
  await office.db.asOwner(`UPDATE incidents SET state = 'struckOff', closed_at = huiying_now() WHERE id = $1`, [id]);
  return id;
};
const wave = async (follows: string | null) => {
  const id = await office.incident('none');
  await office.db.asOwner('UPDATE incidents SET follows = $2, item_count = 3 WHERE id = $1', [id, follows]);
  return id;
};
const rejoin = async (id: string) =>
  office.post(await analyst(), `/incidents/${id}/rejoin`, { reason: '仍是停水补偿的诉求' });

test('a second wave of the same claim takes the struck-off incident up again and goes into it, in one step of the ledger', async () => {
  const earlier = await struckOff();
  const later = await wave(earlier);
  expect(said(await rejoin(later))).toBe('200');
  expect(await stateOf(earlier)).toMatchObject({ state: 'confirmed', items: 3 });
  expect(await stateOf(later)).toMatchObject({ state: 'merged', into: earlier });
  const entries = await office.db.asOwner<{ type: string }>(
    `SELECT type FROM ledger_entries WHERE incident_id = $1 AND type IN ('incident.reopened', 'incident.merged') ORDER BY at, type`,
    [earlier],
  );
  expect(entries.map(({ type }) => type).sort()).toEqual(['incident.merged', 'incident.reopened']);
});

test('of a case that another wave has taken up already, the next one just goes into it', async () => {
  const earlier = await struckOff();
  const [first, second] = [await wave(earlier), await wave(earlier)];
  expect(said(await rejoin(first))).toBe('200');
  expect(said(await rejoin(second))).toBe('200');
  expect(await stateOf(earlier)).toMatchObject({ state: 'confirmed', items: 6 });
});

test('what follows nothing, or is merged already, is refused and changes nothing', async () => {
  expect(said(await rejoin(await wave(null)))).toBe('409 NO_EARLIER_INCIDENT');
  const earlier = await struckOff();
  const later = await wave(earlier);
  await rejoin(later);
  expect(said(await rejoin(later))).toMatch(/^409 /);
  expect(await stateOf(earlier)).toMatchObject({ state: 'confirmed', items: 3 });
});
