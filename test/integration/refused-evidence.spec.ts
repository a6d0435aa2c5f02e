import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import type { TestClient } from '../support/api.js';
import { bodyOf, CountyOffice, said } from '../support/county-office.js';
import { insertRow } from '../support/rows.js';

jest.setTimeout(120_000);

let office: CountyOffice;
let incident: string;
let spokesperson: TestClient;
let paper: string;
let approved: string;
beforeAll(async () => {
  office = await CountyOffice.open(['EMER', 'PUBL', 'CYBER']);
  incident = await office.incident('II', { occurred_at: await at(-60) });
  await office.assign(incident, 'EMER');
  spokesperson = await office.person('spokesperson', 'EMER');
  [paper, approved] = [newId(), newId()];
  await insertRow(office.db, 'channels', { id: paper, kind: 'paper', name: '白塔日报', official: true });
  const of = { incident_id: incident, body_id: bodyOf('EMER'), kind: 'majorEmergencyRelease', number: approved };
  await insertRow(office.db, 'statements', { id: approved, ...of, state: 'approved' });
});
afterAll(() => office.close());

const at = async (minutes: number): Promise<string> => {
  const rows = await office.db.asOwner<{ at: Date }>(`SELECT huiying_now() + $1 * interval '1 minute' AS at`, [
    minutes,
  ]);
  return rows[0]!.at.toISOString();
};
const refusal = async (path: string, body: object, who: TestClient = spokesperson) => {
  const answer = await office.post(who, path, body);
  return [said(answer), answer.params?.['clause']];
};
const copy = async (kind: string, minutes = -5) => ({
  statementId: approved,
  kind,
  channelId: paper,
  publishedAt: await at(minutes),
  attachment: {
    fileName: '扫描.pdf',
    mediaType: 'application/pdf',
    contentBase64: Buffer.from('%PDF-1.7').toString('base64'),
  },
});
const clocks = () => office.clocks(incident);

describe('what proves nothing is refused with the clause that says so, and no clock moves', () => {
  it('E-06 a page on a channel that nobody registered, and one that nobody confirmed', async () => {
    const url = 'https://weibo.example/u/7/1.html';
    expect(await refusal(`/statements/${approved}/publish`, { url })).toEqual([
      '422 CHANNEL_NOT_REGISTERED',
      'NT19 Art.17',
    ]);
    const row = { kind: 'weibo', name: '官方朋友说', url_prefix: 'https://weibo.example/u/7/', official: false };
    await insertRow(office.db, 'channels', { id: newId(), ...row });
    expect(await refusal(`/statements/${approved}/publish`, { url })).toEqual([
      '422 CHANNEL_NOT_REGISTERED',
      'NT19 Art.17',
    ]);
  });

  it.each([
    ['E-03 an internal report', 'internalReport', 'NT19 Art.21'],
    ['a reply to the caller', 'citizenReply', 'NT19 Art.21'],
    ['E-07 an acknowledgement', 'acknowledgement', 'YW18 二(四)'],
    ['E-04 the notice that a conference will be held', 'conferenceAnnouncement', 'NT19 Art.21'],
    ['a quotation without an official source', 'unsourcedQuote', 'NT19 Art.17'],
  ])('%s for a public clock', async (_what, kind, clause) => {
    expect(await refusal(`/incidents/${incident}/evidence`, await copy(kind))).toEqual(['422 NO_PUBLIC_PROOF', clause]);
    expect(await clocks()).toMatchObject({ 'firstRelease.limit': 'armed', 'pressConference.limit': 'armed' });
  });

  it('a time that lies ahead: of a publication, of a conference', async () => {
    expect(await refusal(`/incidents/${incident}/evidence`, await copy('paper', 5))).toEqual([
      '422 PUBLICATION_IN_FUTURE',
      'NT19 Art.21',
    ]);
    const planned = await office.post(spokesperson, `/incidents/${incident}/press-conferences`, {
      bodyId: bodyOf('EMER'),
    });
    const held = {
      heldAt: await at(30),
      place: '发布厅',
      host: '李主持',
      speakers: [{ name: '王某', post: '局长', rank: '局长' }],
      mediaCount: 3,
      recordUrl: 'https://www.example.gov.cn/1.html',
    };
    expect(await refusal(`/press-conferences/${String(planned.body['id'])}/held`, held)).toEqual([
      '422 HELD_IN_FUTURE',
      'NT19 Art.21',
    ]);
  });

  it('a time before the event, and the times of a report that can’t be true', async () => {
    expect(await refusal(`/incidents/${incident}/evidence`, await copy('paper', -60 * 24 * 30))).toEqual([
      '422 BEFORE_EVENT',
      'NT19 Art.21',
    ]);
    const leader = await office.person('shift_leader');
    const report = { channel: 'telephone', recipients: [{ office: '县委值班室' }], text: '书面记录' };
    expect(await refusal(`/incidents/${incident}/first-reports`, { ...report, sentAt: await at(5) }, leader)).toEqual([
      '422 SENT_IN_FUTURE',
      'NT19 Art.19',
    ]);
    const sent = await office.post(leader, `/incidents/${incident}/first-reports`, report);
    const receipt = { receivedBy: '值班员 张某' };
    expect(await refusal(`/first-reports/${String(sent.body['id'])}/receipt`, receipt, leader)).toEqual([
      '403 SECOND_PERSON',
      'NT19 Art.19',
    ]);
  });

  it('R40 a draft that nobody reviewed is not published (NT19 Art.7)', async () => {
    const [draft] = await office.db.asOwner<{ id: string }>(
      `INSERT INTO statements (id, number, incident_id, body_id, kind, title, body, state, created_by, created_at, updated_at)
       SELECT gen_random_uuid(), 'D-1', incident_id, body_id, kind, title, body, 'draft', created_by, created_at, updated_at FROM statements WHERE id = $1 RETURNING id`,
      [approved],
    );
    expect(await refusal(`/statements/${draft!.id}/publish`, { url: 'https://www.example.gov.cn/1.html' })).toEqual([
      '409 STATEMENT_STATE',
      'NT19 Art.7',
    ]);
  });

  it('R18 a statement without a competent body, and one that promises the past', async () => {
    const draft = {
      bodyId: bodyOf('EMER'),
      kind: 'majorEmergencyRelease',
      title: '情况通报',
      body: '救援正在进行。',
      cause: {},
      solution: {},
      constraints: {},
      competentBodyId: null,
    };
    expect(await refusal(`/incidents/${incident}/statements`, draft)).toEqual([
      '422 COMPETENT_BODY_MISSING',
      'PB18 一(五)',
    ]);
    const promise = { ...draft, competentBodyId: bodyOf('EMER'), nextUpdateAt: await at(-1) };
    expect(await refusal(`/incidents/${incident}/statements`, promise)).toEqual([
      '422 PROMISE_IN_PAST',
      '国办发〔2016〕61号',
    ]);
  });

  it('R16 a statement that leaves an element open', async () => {
    const made = await office.post(spokesperson, `/incidents/${incident}/statements`, {
      bodyId: bodyOf('EMER'),
      kind: 'majorEmergencyRelease',
      title: '情况通报',
      body: '救援正在进行。',
      cause: { text: '原因正在调查' },
      solution: {},
      constraints: { notApplicableReason: '无' },
      competentBodyId: bodyOf('EMER'),
    });
    expect(await refusal(`/statements/${String(made.body['id'])}/submit`, {})).toEqual([
      '422 ELEMENT_MISSING',
      'YW18 二(四)',
    ]);
  });

  it('R13 a close-out without its evidence, and a hand-over of what is no rumour', async () => {
    const leader = await office.person('shift_leader');
    await office.post(leader, `/incidents/${incident}/dispose`, { kinds: ['D1'], reason: '经研判' });
    const head = await office.person('body_head', 'EMER');
    const step = { step: 'rectified', note: '已整改' };
    expect(await refusal(`/incidents/${incident}/close-out`, step, head)).toEqual([
      '422 CLOSING_EVIDENCE_MISSING',
      'PB18 一(五)',
    ]);
    const transfer = { addressee: '公安局', reason: '涉嫌造谣' };
    expect(await refusal(`/incidents/${incident}/transfers`, transfer, leader)).toEqual([
      '409 DISPOSITION_NOT_DECIDED',
      'PB18 一(五)',
    ]);
  });
});
