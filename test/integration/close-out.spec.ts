import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { bodyOf, CountyOffice, said } from '../support/county-office.js';

jest.setTimeout(120_000);

let office: CountyOffice;
beforeAll(async () => {
  office = await CountyOffice.open(['URB', 'EMER', 'PUBL', 'CYBER']);
  // One person with a duty on both sides: head of the body and supervisor.
  await office.api.account('both', [
    { duty: 'body_head', bodyId: bodyOf('URB') },
    { duty: 'supervision', jurisdiction: '990121' },
  ]);
});
afterAll(() => office.close());

const dispose = async (incident: string, kinds: string[]) =>
  office.post(await office.person('shift_leader'), `/incidents/${incident}/dispose`, { kinds, reason: '经研判' });
const file = async (incident: string, kind: string, evidence: object) =>
  office.post(await office.person('shift_leader'), `/incidents/${incident}/disposition-evidence`, { kind, evidence });
const close = async (incident: string, step: string, who = head()) =>
  office.post(await who, `/incidents/${incident}/close-out`, { step, note: '已整改到位' });
const head = () => office.person('body_head', 'URB');
const leader = () => office.person('shift_leader');
const supervisor = () => office.person('supervision');

const handled = async (): Promise<string> => {
  const incident = await office.incident();
  await office.assign(incident, 'URB');
  return incident;
};
/** Answered, disposed of as a serious problem, with its evidence. */
const answered = async (): Promise<string> => {
  const incident = await handled();
  await dispose(incident, ['D3']);
  await file(incident, 'D3', { statementIds: [await office.published(incident, 'URB')] });
  await office.clocks(incident);
  return incident;
};

describe('a disposition', () => {
  it('of several kinds needs the evidence of each (PB18 一(五)): a rumour on top of an accident is D3 and D6', async () => {
    const incident = await handled();
    expect(said(await dispose(incident, ['D3', 'D6']))).toBe('200');
    const notice = await office.published(incident, 'URB');
    expect(said(await file(incident, 'D2', { statementIds: [notice] }))).toBe('409 DISPOSITION_NOT_DECIDED');
    expect(said(await file(incident, 'D3', { statementIds: [notice] }))).toBe('200');
    const refutation = await office.published(incident, 'URB', 'rumourClarification');
    const alone = await file(incident, 'D6', { statementIds: [refutation] });
    expect([said(alone), alone.params]).toMatchObject([
      '422 CLOSING_EVIDENCE_MISSING',
      { missing: { D6: ['transferOrNoIllegality'] } },
    ]);
    const early = await close(incident, 'rectified');
    expect(early.params).toMatchObject({ missing: { D6: expect.arrayContaining(['publishedStatement']) } });
    const noIllegality = { by: bodyOf('POLICE'), finding: '未发现违法' };
    expect(said(await file(incident, 'D6', { statementIds: [refutation], noIllegality }))).toBe('200');
    await office.clocks(incident);
    expect(said(await close(incident, 'rectified'))).toBe('200');
  });

  it('that is taken back is asked for no more', async () => {
    const incident = await answered();
    await dispose(incident, ['D1', 'D3']);
    expect((await close(incident, 'rectified')).params).toMatchObject({
      missing: { D1: ['publishedStatement', 'adoptionResult'] },
    });
    await dispose(incident, ['D3']);
    expect(said(await close(incident, 'rectified'))).toBe('200');
  });
});

describe('a body that only takes part', () => {
  it('sees the case, and neither disposes of it nor closes it', async () => {
    const incident = await office.incident();
    await office.assign(incident, 'URB', 'EMER');
    const who = await office.person('body_head', 'EMER');
    const answer = await office.post(who, `/incidents/${incident}/dispose`, { kinds: ['D3'], reason: '经研判' });
    expect(said(answer)).toBe('403 OUT_OF_REACH');
    expect(said(await close(incident, 'rectified', office.person('body_head', 'EMER')))).toBe('403 OUT_OF_REACH');
  });
});

describe('closing an incident (R58)', () => {
  it('is refused without disposition, and while the public waits for an answer', async () => {
    const incident = await handled();
    const undecided = await close(incident, 'rectified');
    expect([said(undecided), undecided.params]).toMatchObject([
      '422 CLOSING_EVIDENCE_MISSING',
      { missing: { disposition: ['undecided'] } },
    ]);
    const fast = await office.incident('II');
    await office.assign(fast, 'URB');
    await dispose(fast, ['D3']);
    await file(fast, 'D3', { statementIds: [await office.published(fast, 'URB')] });
    await office.clocks(fast);
    expect((await close(fast, 'rectified')).params).toMatchObject({ missing: { publicClocks: ['pressConference'] } });
  });

  it('goes in three steps of three roles; the owner strikes off nothing of its own', async () => {
    const incident = await answered();
    expect(said(await close(incident, 'accepted', leader()))).toBe('409 CLOSE_OUT_ORDER');
    expect(said(await close(incident, 'rectified', leader()))).toBe('403 OUT_OF_REACH');
    expect(said(await close(incident, 'rectified'))).toBe('200');
    expect(said(await close(incident, 'accepted'))).toBe('403 OWN_ITEM');
    expect(said(await close(incident, 'accepted', supervisor()))).toBe('403 OUT_OF_REACH');
    expect(said(await close(incident, 'accepted', leader()))).toBe('200');
    expect(said(await close(incident, 'struckOff', leader()))).toBe('403 OUT_OF_REACH');
    expect(said(await close(incident, 'struckOff', office.api.signedIn('both')))).toBe('403 OWN_ITEM');
    expect(said(await close(incident, 'struckOff', supervisor()))).toBe('200');
    expect(await office.ledger(incident, 'closeOut.')).toEqual([
      'closeOut.rectified',
      'closeOut.accepted',
      'closeOut.struckOff',
    ]);
    const duties = await office.db.asOwner<{ duty: string }>(
      `SELECT actor_duty AS duty FROM ledger_entries WHERE incident_id = $1 AND starts_with(type, 'closeOut.') ORDER BY at`,
      [incident],
    );
    expect(duties.map((row) => row.duty)).toEqual(['body_head', 'shift_leader', 'supervision']);
  });

  it('ends what is open inside; reopened, it needs its evidence and its three steps again', async () => {
    const incident = await answered();
    await close(incident, 'rectified');
    await close(incident, 'accepted', leader());
    await close(incident, 'struckOff', supervisor());
    const clocks = await office.clocks(incident);
    expect(Object.values(clocks).filter((state) => ['armed', 'dueSoon', 'overdue'].includes(state))).toEqual([]);
    const analyst = await office.person('analyst');
    const { body } = await office.get(analyst, `/incidents/${incident}`);
    expect((body['assignments'] as { state: string; endedAt: string | null }[])[0]).toMatchObject({
      state: 'withdrawn',
      endedAt: expect.any(String),
    });
    expect(said(await office.post(analyst, `/incidents/${incident}/reopen`, { reason: '群众反映未解决' }))).toBe('200');
    expect(await office.state(incident)).toBe('confirmed');
    await office.assign(incident, 'URB');
    expect((await close(incident, 'rectified')).params).toMatchObject({ missing: { D3: ['publishedStatement'] } });
    // What was published before the reopening answers the former handling only.
    const [former] = await office.db.asOwner<{ id: string }>('SELECT id FROM statements WHERE incident_id = $1', [
      incident,
    ]);
    expect(said(await file(incident, 'D3', { statementIds: [former!.id] }))).toBe('422 CLOSING_EVIDENCE_MISSING');
    await office.db.advance(1_000);
    expect(said(await file(incident, 'D3', { statementIds: [await office.published(incident, 'URB')] }))).toBe('200');
    const again = await office.post(analyst, `/incidents/${incident}/reopen`, { reason: '再次' });
    expect([said(again), again.params?.['clause']]).toEqual(['409 INCIDENT_STATE', 'HZ21 三(三)']);
  });
});

describe('a step of the close-out that does not stand', () => {
  const sendBack = async (incident: string, who: ReturnType<typeof head>) =>
    office.post(await who, `/incidents/${incident}/close-out/send-back`, { reason: '现场复查未整改到位' });

  it('is sent back with a reason by whoever would take the next one, never by the owner (HZ21 三(三))', async () => {
    const incident = await answered();
    const early = await sendBack(incident, leader());
    expect([said(early), early.params?.['clause']]).toEqual(['409 CLOSE_OUT_ORDER', 'HZ21 三(三)']);
    await close(incident, 'rectified');
    expect(said(await sendBack(incident, head()))).toBe('403 OWN_ITEM');
    expect(said(await sendBack(incident, supervisor()))).toBe('403 OUT_OF_REACH');
    expect(said(await sendBack(incident, leader()))).toBe('200');
    expect(await office.state(incident)).toBe('responded');
    await close(incident, 'rectified');
    await close(incident, 'accepted', leader());
    expect(said(await sendBack(incident, leader()))).toBe('403 OUT_OF_REACH');
    expect(said(await sendBack(incident, supervisor()))).toBe('200');
    expect(said(await close(incident, 'accepted', leader()))).toBe('409 CLOSE_OUT_ORDER');
    for (const [step, who] of [
      ['rectified', head()],
      ['accepted', leader()],
      ['struckOff', supervisor()],
    ] as const)
      expect(said(await close(incident, step, who))).toBe('200');
    const entries = await office.db.asOwner<{ reason: string; from: string }>(
      `SELECT reason, payload->>'from' AS from FROM ledger_entries WHERE incident_id = $1 AND type = 'closeOut.sentBack' ORDER BY at, id`,
      [incident],
    );
    expect(entries.map(({ reason, from }) => [reason, from])).toEqual([
      ['现场复查未整改到位', 'rectified'],
      ['现场复查未整改到位', 'accepted'],
    ]);
  });
});

describe('an update of casualties', () => {
  it('is recorded with its source and grades nothing by itself', async () => {
    const incident = await office.incident('III', { occurred_at: new Date() });
    const analyst = await office.person('analyst');
    const figures = { eventType: 'production', deaths: 10, source: '应急管理局核报' };
    expect(said(await office.post(analyst, `/incidents/${incident}/casualties`, figures))).toBe('200');
    const { body } = await office.get(analyst, `/incidents/${incident}`);
    expect([body['grade'], body['gradeDetails']]).toMatchObject(['III', { casualties: { deaths: 10, injured: null } }]);
    await office.post(analyst, `/incidents/${incident}/regrade`, { grade: 'II', reason: '死亡升至10人' });
    expect(await office.clocks(incident)).toMatchObject({ 'firstRelease.limit': 'armed' });
  });

  it('after the window of the event is told apart', async () => {
    const incident = await office.incident('III', { occurred_at: '2026-01-05T08:00:00+08:00' });
    const analyst = await office.person('analyst');
    const figures = { eventType: 'fire', deaths: 3, source: '消防救援支队' };
    await office.post(analyst, `/incidents/${incident}/casualties`, figures);
    const { body } = await office.get(analyst, `/incidents/${incident}/clock-flags`);
    expect(body['flags']).toMatchObject([{ code: 'casualtyOutsideWindow' }]);
  });
});
