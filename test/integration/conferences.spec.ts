import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { bodyOf, CountyOffice, said } from '../support/county-office.js';

jest.setTimeout(120_000);

let office: CountyOffice;
beforeAll(async () => {
  office = await CountyOffice.open(['EMER', 'PUBL', 'CYBER']);
});
afterAll(() => office.close());

/** The office's time, some minutes from now. */
const at = async (minutes: number): Promise<string> => {
  const rows = await office.db.asOwner<{ at: Date }>(`SELECT huiying_now() + $1 * interval '1 minute' AS at`, [
    minutes,
  ]);
  return rows[0]!.at.toISOString();
};
/** A fast case that happened an hour ago and is with the emergency bureau. */
const fastCase = async (): Promise<string> => {
  const incident = await office.incident('II', { occurred_at: await at(-60) });
  await office.assign(incident, 'EMER');
  return incident;
};
const spokesperson = () => office.person('spokesperson', 'EMER');
const plan = async (incident: string): Promise<string> => {
  const body = { bodyId: bodyOf('EMER') };
  return (await office.post(await spokesperson(), `/incidents/${incident}/press-conferences`, body)).body[
    'id'
  ] as string;
};
const conference = async (id: string, act: string, body: object) =>
  office.post(await spokesperson(), `/press-conferences/${id}/${act}`, body);
const proof = async (rank: string, minutes = -5) => ({
  heldAt: await at(minutes),
  place: '市政府新闻发布厅',
  host: '李主持',
  speakers: [{ name: '王某', post: rank, rank }],
  mediaCount: 12,
  recordUrl: 'https://www.example.gov.cn/fbh/1.html',
});
const flags = async (incident: string): Promise<string[]> => {
  const { body } = await office.get(await office.person('analyst'), `/incidents/${incident}/clock-flags`);
  return (body['flags'] as { code: string }[]).map((flag) => flag.code);
};

describe('a press conference', () => {
  it('E-04 stops its clock when it was held, at its start, and not by the notice', async () => {
    const incident = await fastCase();
    const id = await plan(incident);
    const notice = { plannedAt: await at(240), place: '发布厅', noticeUrl: 'https://www.example.gov.cn/n' };
    expect(said(await conference(id, 'announce', notice))).toBe('200');
    expect(await office.clocks(incident)).toMatchObject({ 'pressConference.limit': 'armed' });
    expect(said(await conference(id, 'held', await proof('局长', 30)))).toBe('422 HELD_IN_FUTURE');
    expect(said(await conference(id, 'held', await proof('局长', -61)))).toBe('422 BEFORE_EVENT');
    expect(said(await conference(id, 'held', await proof('')))).toBe('400 INVALID_REQUEST');
    const facts = await proof('局长');
    expect(said(await conference(id, 'held', { ...facts, speakers: [] }))).toBe('422 SPEAKER_RANK_MISSING');
    expect(said(await conference(id, 'held', facts))).toBe('200');
    expect(await office.clocks(incident)).toMatchObject({
      'pressConference.limit': 'met',
      'firstRelease.limit': 'armed',
    });
    const clock = await office.db.asOwner<{ state_at: Date }>(
      `SELECT state_at FROM response_clocks WHERE incident_id = $1 AND clock_key = 'pressConference.limit'`,
      [incident],
    );
    expect(clock[0]!.state_at.toISOString()).toBe(facts.heldAt);
    expect([await office.state(incident), await flags(incident)]).toEqual(['responded', []]);
  });

  it('E-08 with a section chief alone meets the clock; that the top leader spoke stays open, and the attendance is told', async () => {
    const incident = await fastCase();
    await conference(await plan(incident), 'held', await proof('科长'));
    expect(await office.clocks(incident)).toMatchObject({ 'pressConference.limit': 'met' });
    expect(await flags(incident)).toEqual(['attendanceRule', 'topLeaderOpen']);
  });

  it('that is waived names who decided and why, and its public clock goes on', async () => {
    const incident = await fastCase();
    const id = await plan(incident);
    expect(said(await conference(id, 'waive', { decidedBy: '市政府分管领导' }))).toBe('400 INVALID_REQUEST');
    expect(said(await conference(id, 'waive', { decidedBy: '市政府分管领导', ground: '以书面发布代替' }))).toBe('200');
    expect(await office.clocks(incident)).toMatchObject({ 'pressConference.limit': 'armed' });
    expect(said(await conference(id, 'waive', { decidedBy: '甲', ground: '乙' }))).toBe('409 CONFERENCE_STATE');
  });
});

describe('the first report', () => {
  it('E-03 stops its own clock with the receipt of the duty office, and no release clock', async () => {
    const incident = await fastCase();
    const leader = await office.person('shift_leader');
    const report = {
      channel: 'telephone',
      recipients: [{ office: '市委值班室' }, { office: '市政府值班室' }],
      text: '14时05分发生事故,伤亡待核',
    };
    expect(said(await office.post(leader, `/incidents/${incident}/first-reports`, { ...report, text: ' ' }))).toBe(
      '400 INVALID_REQUEST',
    );
    const filed = await office.post(leader, `/incidents/${incident}/first-reports`, report);
    expect(await office.clocks(incident)).toMatchObject({ 'firstReport.fast': 'armed' });
    const receipt = `/first-reports/${String(filed.body['id'])}/receipt`;
    const received = { receivedBy: '值班员赵某' };
    expect(said(await office.post(leader, receipt, received))).toBe('403 SECOND_PERSON');
    const government = await office.person('gov_office');
    expect(said(await office.post(government, receipt, { ...received, receivedAt: await at(5) }))).toBe(
      '422 RECEIPT_TIME',
    );
    expect(said(await office.post(government, receipt, received))).toBe('200');
    expect(said(await office.post(government, receipt, received))).toBe('409 ALREADY_RECEIVED');
    expect(await office.clocks(incident)).toMatchObject({
      'firstReport.fast': 'met',
      'firstRelease.target': 'armed',
      'firstRelease.limit': 'armed',
    });
  });
});
