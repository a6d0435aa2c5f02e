import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Answer, CountyOffice, said } from '../support/county-office.js';

jest.setTimeout(120_000);

let office: CountyOffice;
let incident: string;
let order: string;
beforeAll(async () => {
  office = await CountyOffice.open(['URB', 'TRAN', 'PUBL', 'CYBER']);
  incident = await office.incident();
  [order] = (await office.assign(incident, 'URB')) as [string];
  await office.clocks(incident);
});
afterAll(() => office.close());

const clock = (act: string) => office.clockId(incident, `${act}%`);
const ask = async (act: string, change: object, who = office.person('liaison', 'URB')): Promise<Answer> =>
  office.post(await who, `/clocks/${await clock(act)}/requests`, { change });
const grant = async (act: string, what: string, request: unknown, who = office.person('shift_leader')) =>
  office.post(await who, `/clocks/${await clock(act)}/${what}`, { request });
const dueOf = async (act: string): Promise<number> => {
  const { body } = await office.get(await office.person('analyst'), `/clocks/${await clock(act)}/computation`);
  return Date.parse(body['dueAt'] as string);
};
const PAUSE = { what: 'pause', ground: 'courtProcedure' };
const extension = (amount: number) => ({
  what: 'extend',
  ground: '需现场勘验',
  extension: { amount, unit: 'workday' },
});

describe('a public clock', () => {
  it('is never paused and never extended, whoever asks', async () => {
    const leader = office.person('shift_leader');
    expect(said(await ask('publicResponse', PAUSE, leader))).toBe('409 PUBLIC_CLOCK');
    expect(said(await ask('publicResponse', extension(1), leader))).toBe('409 PUBLIC_CLOCK');
  });
});

describe('the clock of work inside', () => {
  it('pauses with a ground of the pack and a second person, and resumes with its due moved by the rest', async () => {
    expect(said(await ask('verificationFeedback', { what: 'pause', ground: '太忙' }))).toBe('409 NO_GROUND');
    expect(said(await ask('signFor', PAUSE))).toBe('409 NOT_PAUSABLE');
    const other = await ask('verificationFeedback', PAUSE, office.person('liaison', 'TRAN'));
    expect(said(other)).toBe('404 CLOCK_NOT_FOUND');

    const asked = await ask('verificationFeedback', PAUSE, office.person('shift_leader'));
    expect(said(asked)).toBe('201');
    const { entryId } = asked.body;
    expect(said(await grant('verificationFeedback', 'pause', entryId))).toBe('403 SECOND_PERSON');
    expect(said(await grant('verificationFeedback', 'extend', entryId, office.person('supervision')))).toBe(
      '404 REQUEST_NOT_FOUND',
    );
    const due = await dueOf('verificationFeedback');
    expect(said(await grant('verificationFeedback', 'pause', entryId, office.person('supervision')))).toBe('200');
    expect(await office.clocks(incident)).toMatchObject({ [`verificationFeedback.heat3#${order}`]: 'paused' });
    expect(said(await grant('verificationFeedback', 'pause', entryId, office.person('supervision')))).toBe(
      '409 REQUEST_USED',
    );
    await office.advance(60);
    const resumed = await office.post(
      await office.person('supervision'),
      `/clocks/${await clock('verificationFeedback')}/resume`,
      { reason: '法院已裁定' },
    );
    expect(said(resumed)).toBe('200');
    expect(await office.clocks(incident)).toMatchObject({ [`verificationFeedback.heat3#${order}`]: 'armed' });
    const moved = (await dueOf('verificationFeedback')) - due;
    expect(Math.round(moved / 60_000)).toBe(60);
  });

  it('is extended once, within the maximum', async () => {
    expect(said(await ask('handlingFeedback', extension(11)))).toBe('409 OVER_MAXIMUM');
    const asked = await ask('handlingFeedback', extension(3));
    const due = await dueOf('handlingFeedback');
    expect(said(await grant('handlingFeedback', 'extend', asked.body['entryId']))).toBe('200');
    await office.clocks(incident);
    expect(await dueOf('handlingFeedback')).toBeGreaterThan(due);
    expect(said(await ask('handlingFeedback', extension(1)))).toBe('409 EXTENDED_BEFORE');
  });

  it('changes only under the version that was read', async () => {
    const address = `/api/v1/clocks/${await clock('handlingFeedback')}/requests`;
    const who = await office.person('liaison', 'URB');
    const answer = await who.call('POST', address, { body: { change: PAUSE }, headers: { 'if-match': '"99"' } });
    expect(answer.status).toBe(412);
  });
});

describe('a superior’s instruction', () => {
  const instruct = async (dueAt: Date) =>
    office.post(await office.person('analyst'), `/incidents/${incident}/instructions`, {
      from: '市政府分管领导',
      text: '请当日答复',
      dueAt: dueAt.toISOString(),
    });

  it('is a clock of its own with its own due, stopped by the answer to it alone', async () => {
    const now = (await office.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now'))[0]!.now.getTime();
    expect(said(await instruct(new Date(now - 1)))).toBe('422 DUE_NOT_IN_FUTURE');
    const first = (await instruct(new Date(now + 3_600_000))).body['entryId'] as string;
    const second = (await instruct(new Date(now + 7_200_000))).body['entryId'] as string;
    expect(await office.clocks(incident)).toMatchObject({
      [`instruction#${first}`]: 'armed',
      [`instruction#${second}`]: 'armed',
    });
    const answer = async (id: string, code: string) =>
      office.post(await office.person('liaison', code), `/incidents/${incident}/instructions/${id}/answer`, {
        text: '已按批示办理',
      });
    expect(said(await answer(second, 'URB'))).toBe('200');
    expect(said(await answer(second, 'URB'))).toBe('409 ALREADY_ANSWERED');
    expect(await office.clocks(incident)).toMatchObject({
      [`instruction#${first}`]: 'armed',
      [`instruction#${second}`]: 'met',
    });
  });
});
