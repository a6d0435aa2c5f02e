import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CountyOffice, said } from '../support/county-office.js';

let office: CountyOffice;
beforeAll(async () => {
  office = await CountyOffice.open(['URB', 'TRAN', 'PUBL', 'CYBER']);
});
afterAll(() => office.close());

type Shown = {
  state: string;
  grade: string;
  leadBodyId: string | null;
  assignments: { state: string }[];
  clocks: { act: string; force: string; state: string }[];
  timeline: unknown[];
};
const PARTS = ['state', 'grade', 'leadBodyId'] as const;

test('an incident is shown as it was at any instant: what had not happened is not there, what was changed shows as it stood', async () => {
  const incident = await office.incident('none');
  const now = async () => (await office.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now'))[0]!.now.toISOString();
  const look = async (asOf?: string) => {
    const answer = await office.get(
      await office.person('analyst'),
      `/incidents/${incident}${asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`}`,
    );
    expect(said(answer)).toBe('200');
    return answer.body as unknown as Shown;
  };
  const summary = (shown: Shown) => ({
    ...Object.fromEntries(PARTS.map((part) => [part, shown[part]])),
    orders: shown.assignments.map(({ state }) => state),
    clocks: shown.clocks.map(({ act, force, state }) => `${act} ${force} ${state}`).sort(),
    entries: shown.timeline.length,
  });
  const seen: { at: string; then: ReturnType<typeof summary> }[] = [];
  const remember = async () => {
    await office.clocks(incident);
    await office.advance(1);
    const at = await now();
    seen.push({ at, then: summary(await look()) });
    await office.advance(1);
  };
  await remember();
  const [order] = await office.assign(incident, 'URB');
  await remember();
  await office.post(await office.person('liaison', 'URB'), `/assignments/${order}/acknowledge`);
  await remember();
  await office.post(await office.person('analyst'), `/incidents/${incident}/regrade`, { grade: 'II', reason: '升级' });
  await remember();
  const verified = await office.post(await office.person('liaison', 'URB'), `/assignments/${order}/verify`, {
    facts: '现场核实',
    factSource: '现场',
  });
  expect(said(verified)).toBe('200');
  await remember();

  for (const { at, then } of seen) expect(summary(await look(at))).toEqual(then);
  // Each step differs from the one before, so each of them was really rebuilt.
  expect(new Set(seen.map(({ then }) => JSON.stringify(then))).size).toBe(seen.length);

  const refused = async (asOf: string) =>
    said(await office.get(await office.person('analyst'), `/incidents/${incident}?asOf=${encodeURIComponent(asOf)}`));
  expect(await refused('2020-01-01T00:00:00+08:00')).toBe('422 AS_OF_BEFORE_START');
  expect(await refused('2100-01-01T00:00:00+08:00')).toBe('422 AS_OF_IN_FUTURE');
});

test('before a re-grade one is told which clocks it would touch, and nothing is changed by asking', async () => {
  const incident = await office.incident('none');
  await office.clocks(incident);
  const ask = async () =>
    office.get(await office.person('analyst'), `/incidents/${incident}/what-if?grade=II&basis=confirmed`);
  const before = await office.ledger(incident);
  const { body } = await ask();
  const items = body['items'] as { act: string; force: string; before: unknown; after: { state: string } }[];
  expect(items.map(({ act, force }) => `${act} ${force}`)).toEqual(
    expect.arrayContaining([
      'firstRelease target',
      'firstRelease limit',
      'pressConference limit',
      'publicResponse limit',
    ]),
  );
  expect(items.find(({ act }) => act === 'publicResponse')).toMatchObject({ after: { state: 'superseded' } });
  expect(await office.ledger(incident)).toEqual(before);
});

test('a stamp long before the detection, and a proposal put aside for ever, are refused with a reason', async () => {
  const incident = await office.incident('none');
  const correct = async (value: string, farPastMeant = false) =>
    said(
      await office.post(await office.person('shift_leader'), `/incidents/${incident}/stamps`, {
        stamp: 'occurredAt',
        value,
        source: '通报',
        reason: '更正',
        farPastMeant,
      }),
    );
  const [{ now }] = (await office.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now')) as [{ now: Date }];
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  expect(await correct(daysAgo(1))).toBe('200');
  expect(await correct(daysAgo(60))).toBe('422 STAMP_FAR_PAST');
  expect(await correct(daysAgo(60), true)).toBe('200');
  expect(await correct('1900-01-01T00:00:00+08:00', true)).toBe('422 STAMP_TOO_OLD');
});
