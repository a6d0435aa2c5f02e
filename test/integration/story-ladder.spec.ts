import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { clocksOf, firingsOf, ladderOf, type Office, openOffice } from '../support/office.js';
import {
  ANALYST,
  blast,
  expectNothingToChangeWhenRunAgain,
  registerSite,
  release,
  SPOKESPERSON,
  SUPERVISOR,
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

test('8.7: nobody answers: urged twice, supervised by a person, answered late; accountability is only proposed', async () => {
  const id = await o.hear('2026-11-20 09:00', ...WATER);
  const [routed] = await o.db.asOwner<{ body: string }>(
    'SELECT lead_body_id AS body FROM routing_proposals WHERE incident_id = $1',
    [id],
  );
  const lead = { bodyId: routed!.body, role: 'lead' as const };
  // The heat of the opinion is judged elsewhere; here it is III from the start.
  await o.db.asOwner(`UPDATE incidents SET heat_level = 'III' WHERE id = $1`, [id]);
  await o.act((tx) => o.decisions.confirm(tx, { incidentId: id, actor: ANALYST }));
  await o.at('2026-11-20 09:10');
  const { assignmentIds } = await o.act((tx) =>
    o.assignment.assign(tx, { incidentId: id, actor: ANALYST, addressees: [lead] }),
  );
  await o.at('2026-11-20 10:30');
  await o.act((tx) => o.assignment.acknowledge(tx, { assignmentId: assignmentIds[0]!, actor: SPOKESPERSON }));
  await o.settle();
  expect((await clocksOf(o.db, id, 'inner'))['signFor.heat3']).toBe('11-20 10:10 metLate');
  const first = 'reminder 通网舆催〔2026〕1号 feedback 21 09:10 → 22 09:10';
  const second = 'reminder 通网舆催〔2026〕2号 response 22 09:00 → 23 09:00';
  const steps = async (when: string) => {
    await o.at(when);
    return ladderOf(o.db, id);
  };
  expect(await steps('2026-11-21 09:10:00.000')).toEqual([]);
  expect(await steps('2026-11-21 09:10:00.001')).toEqual([`${first} issued`]);
  expect(await steps('2026-11-22 09:00:00.001')).toEqual([`${first} issued`, `${second} issued`]);
  expect(await steps('2026-11-22 09:10:00.000')).toEqual([`${first} issued`, `${second} issued`]);
  expect(await steps('2026-11-22 09:10:00.001')).toEqual([
    `${first} unmet`,
    `${second} issued`,
    'supervision feedback 22 09:10 → proposed',
  ]);
  await o.at('2026-11-22 09:40');
  const [proposed] = await o.db.asOwner<{ id: string }>(
    `SELECT id FROM escalations WHERE incident_id = $1 AND state = 'proposed'`,
    [id],
  );
  // Named by nobody, the deadline is that of the ladder: 24 h at heat III (domain 3.9: 督办单 with new deadline).
  await o.act((tx) => o.escalation.issue(tx, { escalationId: proposed!.id, actor: SUPERVISOR }));
  const issued = 'supervision 通政督〔2026〕1号 feedback 22 09:10 → 23 09:40';
  expect(await steps('2026-11-22 09:41')).toEqual([`${first} unmet`, `${second} issued`, `${issued} issued`]);
  await release(o, site, {
    incidentId: id,
    bodyId: lead.bodyId,
    shown: '2026-11-23 08:00',
    filed: '2026-11-23 08:00',
    text: '关于城北街道停水的通报：主管道破裂已经修复，今晨6时恢复供水，并向居民致歉。',
  });
  expect((await clocksOf(o.db, id, 'public'))['publicResponse.limit']).toBe('11-22 09:00 metLate');
  expect(await ladderOf(o.db, id)).toEqual([
    `${first} unmet`,
    `${second} met`,
    `${issued} met`,
    'accountabilityReferral feedback 23 08:00 → proposed',
  ]);
  const [referral] = await o.db.asOwner(
    `SELECT grounds, number FROM escalations WHERE step = 'accountabilityReferral'`,
  );
  expect(referral).toEqual({ grounds: ['报告不及时', '处置不得力'], number: null });
  expect((await steps('2026-11-26 09:00')).at(-1)).toBe(
    'reminder 通网舆催〔2026〕3号 handling 25 00:00 → 26 00:00 unmet',
  );
  await expectNothingToChangeWhenRunAgain(o);
});

test.each(['merge', 'outOfArea'] as const)(
  'an urging that is open when the case ends (%s) is taken back',
  async (how) => {
    const id = await blast(o);
    const other = await o.hear('2026-11-20 16:00', ...WATER);
    await o.act((tx) => o.decisions.confirm(tx, { incidentId: other, actor: ANALYST }));
    await o.at('2026-11-20 16:10');
    const urging = 'reminder 通网舆催〔2026〕1号 feedback 20 15:50 → 20 16:50';
    expect(await ladderOf(o.db, id)).toEqual([`${urging} issued`]);
    const decision = { incidentId: id, actor: ANALYST, reason: '与另一事件相关' };
    await o.act((tx) =>
      how === 'merge'
        ? o.decisions.merge(tx, { ...decision, into: other })
        : o.decisions.reject(tx, { ...decision, as: how }),
    );
    await o.settle();
    await o.at('2026-11-27 09:00');
    expect(await ladderOf(o.db, id)).toEqual([`${urging} withdrawn`]);
    expect(await firingsOf(o.db, id)).not.toContainEqual(expect.stringMatching(/^firstRelease/));
    // The fast dues, and the hour that a fast urging leaves, went to the other incident.
    const inherited = /^reminder \S+ response 20 19:05 → 20 20:05 unmet$/;
    if (how === 'merge') {
      expect(await ladderOf(o.db, other)).toContainEqual(expect.stringMatching(inherited));
      // So did the order, with the feedback that its body still owes.
      expect((await ladderOf(o.db, other))[0]).toBe('reminder 通网舆催〔2026〕2号 feedback 20 15:50 → 20 16:50 unmet');
    }
    await expectNothingToChangeWhenRunAgain(o);
  },
);
