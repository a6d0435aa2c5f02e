import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { activeScores } from '#assignment/scores.store.js';
import { newId } from '#kernel/ids.js';
import { bodyOf, COUNTY, CountyOffice, said } from '../support/county-office.js';
import { insertRow } from '../support/rows.js';

jest.setTimeout(120_000);

let office: CountyOffice;
beforeAll(async () => {
  office = await CountyOffice.open(['HOUS', 'URB', 'PUBL', 'CYBER']);
});
afterAll(() => office.close());

const plant = async (title: string, lead: string, drill = false) => {
  const id = newId();
  const [{ now }] = (await office.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now')) as [{ now: Date }];
  await insertRow(office.db, 'incidents', {
    id,
    number: `L-${id}`,
    title,
    state: 'assigned',
    category: 'C3',
    jurisdiction: COUNTY,
    policy_pack: 'yunjiang',
    detected_at: now,
    dispatched_at: now,
    lead_body_id: bodyOf(lead),
    body_ids: [bodyOf(lead)],
    drill,
  });
};
const active = () => office.db.worker.asSystem((tx) => activeScores(tx));

describe('scores that routing learns from past assignments', () => {
  it('need a history; drills are none', async () => {
    for (let i = 0; i < 25; i += 1) await plant(`白塔县${i}号楼外墙瓷砖脱落`, 'URB', true);
    const administrator = await office.person('administrator');
    expect(said(await office.post(administrator, '/routing/scores', {}))).toBe('409 NOTHING_TO_LEARN');
  });

  it('are a version that is used only when it is switched on, and can be switched off and learnt again', async () => {
    for (let i = 0; i < 30; i += 1) await plant(`白塔县${i}号楼外墙瓷砖脱落，沿街占道`, 'HOUS');
    const administrator = await office.person('administrator');
    const learnt = await office.post(administrator, '/routing/scores', {});
    expect(said(learnt)).toBe('201');
    expect(learnt.body).toMatchObject({ state: 'off', report: { cases: 30, heldBack: 6 } });
    const adjustments = learnt.body['adjustments'] as { code: string; delta: number }[];
    expect(adjustments.find(({ code }) => code === 'HOUS')!.delta).toBeGreaterThan(0);
    expect(adjustments.find(({ code }) => code === 'URB')!.delta).toBeLessThan(0);
    expect(await active()).toBeUndefined();
    const { version } = learnt.body as { version: string };
    expect(said(await office.post(administrator, '/routing/scores/switch', { version }))).toBe('200');
    expect((await active())!.version).toBe(version);
    await office.advance(1);
    const again = await office.post(administrator, '/routing/scores', {});
    expect(again.body['adjustments']).toEqual(learnt.body['adjustments']);
    expect((await active())!.version).toBe(version);
    expect(said(await office.post(administrator, '/routing/scores/switch', { version: 'none-such' }))).toBe(
      '404 ADJUSTMENT_NOT_FOUND',
    );
    expect((await active())!.version).toBe(version);
    expect(said(await office.post(administrator, '/routing/scores/switch', { version: null }))).toBe('200');
    expect(await active()).toBeUndefined();
  });

  it('are nobody’s but the administrator’s to learn and to switch', async () => {
    const analyst = await office.person('analyst');
    expect(said(await office.post(analyst, '/routing/scores', {}))).toBe('403 PERMISSION_MISSING');
    expect(said(await office.post(analyst, '/routing/scores/switch', { version: null }))).toBe(
      '403 PERMISSION_MISSING',
    );
  });
});
