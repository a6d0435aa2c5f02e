import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { clocksOf, eventsOf, firingsOf, ladderOf, office, type Office, openOffice } from '../support/office.js';
import {
  ANALYST,
  blast,
  EMER,
  expectNothingToChangeWhenRunAgain,
  registerSite,
  release,
  SPOKESPERSON,
  WATER,
} from '../support/story.js';
import { openSite, type PublicSite } from '../support/public-site.js';

let o: Office;
let site: PublicSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  o = await openOffice('nantong', [site.host]);
  await registerSite(o, site);
});
afterEach(() => o.close());

test('S-02, E-02: from a headline to a proven release; the target is missed, the limit met', async () => {
  const id = await blast(o);
  const [incident] = await o.db.asOwner(
    `SELECT number, category, grade, grade_basis, state, lead_body_id FROM incidents WHERE id = $1`,
    [id],
  );
  expect(incident).toEqual({
    number: '通舆〔2026〕1号',
    category: 'C5',
    grade: 'II',
    grade_basis: 'potential',
    state: 'assigned',
    lead_body_id: EMER,
  });
  const [proposal] = await o.db.asOwner(
    'SELECT lead_body_id, jurisdiction FROM routing_proposals WHERE incident_id = $1',
    [id],
  );
  expect(proposal).toEqual({ lead_body_id: EMER, jurisdiction: '320623' });
  expect(await clocksOf(o.db, id, 'public')).toEqual({
    'firstRelease.target': '11-20 17:05 armed',
    'firstRelease.limit': '11-20 19:05 armed',
    'pressConference.limit': '11-21 14:05 armed',
  });
  expect(await clocksOf(o.db, id, 'inner')).toEqual({
    'signFor.fast': '11-20 14:35 armed',
    'firstReport.fast': '11-20 14:42 armed',
    'verificationFeedback.fast': '11-20 15:50 armed',
    'handlingFeedback.fast': '11-21 14:20 armed',
  });
  for (const early of ['14:34:59.999', '14:35:00.000']) {
    await o.at(`2026-11-20 ${early}`);
    expect(await firingsOf(o.db, id)).toEqual([]);
  }
  await o.at('2026-11-20 14:35:00.001');
  expect(await firingsOf(o.db, id)).toEqual(['signFor.fast +1 sweep']);
  await o.at('2026-11-20 17:05:00.001');
  await release(o, site, { incidentId: id, bodyId: EMER, shown: '2026-11-20 17:40', filed: '2026-11-20 17:45' });
  expect(await clocksOf(o.db, id, 'public')).toMatchObject({
    'firstRelease.target': '11-20 17:05 metLate',
    'firstRelease.limit': '11-20 19:05 met',
  });
  expect(await eventsOf(o.db, id, 'evidence.')).toEqual({ 'evidence.filed': 1, 'evidence.proven': 1 });
  const [proof] = await o.db.asOwner(
    `SELECT payload->'speakers' AS speakers FROM ledger_entries WHERE type = 'evidence.proven'`,
  );
  expect(proof).toEqual({ speakers: [{ name: '孙涛', post: '局长', rank: '主要负责人' }] });
  const notices = await o.db.asOwner(
    `SELECT topic, count(*)::int AS n FROM deliveries WHERE title LIKE '%如东一化工企业发生爆炸' GROUP BY topic ORDER BY topic`,
  );
  expect(notices).toEqual(
    [
      ['assignment', 1],
      ['dueSoon', 4],
      ['overdue', 4],
      ['reminder', 1],
      ['supervision', 1],
    ].map(([topic, n]) => ({ topic, n })),
  );
  await expectNothingToChangeWhenRunAgain(o);
});

test.each([
  ['2026-11-20 19:05:00', 'met', 'withdrawn'],
  ['2026-11-20 19:05:01', 'metLate', 'met'],
])(
  'E-01: a release stamped %s and proven afterwards is %s, and the urging that went out meanwhile is %s',
  async (shown, state, urging) => {
    const id = await blast(o);
    await o.at('2026-11-20 15:00');
    const [order] = await o.db.asOwner<{ id: string }>('SELECT id FROM assignments WHERE incident_id = $1', [id]);
    await o.act(async (tx) => {
      await o.assignment.acknowledge(tx, { assignmentId: order!.id, actor: SPOKESPERSON });
      await o.assignment.verify(tx, {
        assignmentId: order!.id,
        actor: SPOKESPERSON,
        facts: '5人死亡，6人失联',
        factSource: '现场指挥部',
      });
    });
    await o.at('2026-11-20 18:00');
    for (const early of ['19:04:59.999', '19:05:00.000']) {
      await o.at(`2026-11-20 ${early}`);
      expect(await ladderOf(o.db, id)).toEqual([]);
    }
    await o.at('2026-11-20 19:05:00.001');
    expect(await ladderOf(o.db, id)).toEqual(['reminder 通网舆催〔2026〕1号 response 20 19:05 → 20 20:05 issued']);
    const fired = await firingsOf(o.db, id);
    expect(fired.at(-1)).toBe('firstRelease.limit +1 sweep');
    await release(o, site, { incidentId: id, bodyId: EMER, shown, filed: '2026-11-20 19:30' });
    expect((await clocksOf(o.db, id, 'public'))['firstRelease.limit']).toBe(`11-20 19:05 ${state}`);
    expect(await ladderOf(o.db, id)).toEqual([`reminder 通网舆催〔2026〕1号 response 20 19:05 → 20 20:05 ${urging}`]);
    expect(await firingsOf(o.db, id)).toEqual(fired);
    await o.at('2026-11-20 21:00');
    expect(await ladderOf(o.db, id)).toHaveLength(1);
    await expectNothingToChangeWhenRunAgain(o);
  },
);

test('S-19: a downgrade ends the open fast clocks, keeps the missed target, and the 48 hours run from the detection', async () => {
  const id = await blast(o);
  await o.at('2026-11-20 17:30');
  await o.db.setNow(office('2026-11-20 18:00'));
  await o.act((tx) =>
    o.decisions.regrade(tx, { incidentId: id, grade: 'III', basis: 'confirmed', reason: '6人已获救', actor: ANALYST }),
  );
  await o.settle();
  expect(await clocksOf(o.db, id, 'public')).toEqual({
    'firstRelease.target': '11-20 17:05 overdue',
    'firstRelease.limit': '11-20 19:05 cancelled',
    'pressConference.limit': '11-21 14:05 cancelled',
    'publicResponse.limit': '11-22 14:12 armed',
  });
  await o.at('2026-11-20 19:05:00.001');
  expect(await firingsOf(o.db, id)).not.toContain('firstRelease.limit +1 sweep');
  await expectNothingToChangeWhenRunAgain(o);
});

test('S-13: an upgrade counts from the original start; what had passed is recorded apart, with an hour to make it up', async () => {
  const id = await o.hear('2026-09-24 20:00', ...WATER);
  await o.act((tx) => o.decisions.confirm(tx, { incidentId: id, actor: ANALYST }));
  await o.at('2026-09-24 20:10');
  expect(await clocksOf(o.db, id, 'public')).toEqual({ 'publicResponse.limit': '09-26 20:00 armed' });
  await o.db.setNow(office('2026-09-25 02:30'));
  await o.act((tx) => o.decisions.regrade(tx, { incidentId: id, grade: 'II', basis: 'confirmed', actor: ANALYST }));
  await o.settle();
  expect(await clocksOf(o.db, id, 'public')).toEqual({
    'firstRelease.target': '09-24 23:00 overdueAtUpgrade',
    'firstRelease.limit': '09-25 01:00 overdueAtUpgrade',
    'makeupRelease.limit': '09-25 03:30 armed',
    'pressConference.limit': '09-25 20:00 armed',
    'publicResponse.limit': '09-26 20:00 superseded',
  });
  expect(await firingsOf(o.db, id)).toEqual([]);
  await o.at('2026-09-25 03:30:00.001');
  expect(await firingsOf(o.db, id)).toContain('makeupRelease.limit +1 sweep');
  await expectNothingToChangeWhenRunAgain(o);
});
