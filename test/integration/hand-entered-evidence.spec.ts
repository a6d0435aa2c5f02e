import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { newId } from '#kernel/ids.js';
import { bodyOf, CountyOffice, said } from '../support/county-office.js';
import { insertRow } from '../support/rows.js';

jest.setTimeout(120_000);

const HOUR_MS = 3_600_000;
const COPY = Buffer.from('%PDF-1.7 第二版头条扫描件');
let office: CountyOffice;
let daily: string;
let leaflet: string;
beforeAll(async () => {
  office = await CountyOffice.open(['EMER', 'URB', 'PUBL', 'CYBER']);
  [daily, leaflet] = [newId(), newId()];
  await insertRow(office.db, 'channels', { id: daily, kind: 'paper', name: '白塔日报', official: true });
  await insertRow(office.db, 'channels', { id: leaflet, kind: 'paper', name: '官方朋友说', official: false });
});
afterAll(() => office.close());

const spokesperson = () => office.person('spokesperson', 'EMER');
const approved = async (incident: string, columns: Record<string, unknown> = {}): Promise<string> => {
  const id = newId();
  const of = { incident_id: incident, body_id: bodyOf('EMER'), kind: 'majorEmergencyRelease', number: id };
  await insertRow(office.db, 'statements', { id, ...of, state: 'approved', ...columns });
  return id;
};
const file = async (incident: string, statementId: string, publishedAt: Date, channelId = daily) =>
  office.post(await spokesperson(), `/incidents/${incident}/evidence`, {
    statementId,
    kind: 'paper',
    channelId,
    publishedAt: publishedAt.toISOString(),
    attachment: { fileName: '扫描.pdf', mediaType: 'application/pdf', contentBase64: COPY.toString('base64') },
  });
const second = async (id: string, decision = 'confirm', who = office.person('approver', 'EMER')) =>
  office.post(await who, `/evidence/${id}/second`, { decision, reason: '与报纸原件一致' });
const now = async () => (await office.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now'))[0]!.now;
const fastCase = async (hoursAgo: number): Promise<{ incident: string; limit: number }> => {
  const occurred = new Date((await now()).getTime() - hoursAgo * HOUR_MS);
  const incident = await office.incident('II', { occurred_at: occurred });
  await office.assign(incident, 'EMER');
  await office.clocks(incident);
  const rows = await office.db.asOwner<{ due_at: Date }>(
    `SELECT due_at FROM response_clocks WHERE incident_id = $1 AND clock_key = 'firstRelease.limit'`,
    [incident],
  );
  return { incident, limit: rows[0]!.due_at.getTime() };
};
const published = async (incident: string, at: number) => {
  const filed = await file(incident, await approved(incident), new Date(at));
  await second(filed.body['id'] as string);
  return office.clocks(incident);
};

describe('a publication on paper', () => {
  it('is proven by a copy that is hashed here and by a second person, and counts from its day', async () => {
    const { incident } = await fastCase(2);
    const statement = await approved(incident);
    const at = new Date((await now()).getTime() - HOUR_MS);
    const filed = await file(incident, statement, at);
    expect([filed.status, filed.body['sha256']]).toEqual([201, createHash('sha256').update(COPY).digest('hex')]);
    const id = filed.body['id'] as string;
    expect(await office.clocks(incident)).toMatchObject({ 'firstRelease.limit': 'armed' });
    await office.api.account('twofold', [
      { duty: 'spokesperson', bodyId: bodyOf('EMER') },
      { duty: 'approver', bodyId: bodyOf('EMER') },
    ]);
    const other = await office.post(await office.api.signedIn('twofold'), `/incidents/${incident}/evidence`, {
      statementId: statement,
      kind: 'paper',
      channelId: daily,
      publishedAt: at.toISOString(),
      attachment: { fileName: '扫描.pdf', mediaType: 'application/pdf', contentBase64: COPY.toString('base64') },
    });
    expect(said(await second(other.body['id'] as string, 'confirm', office.api.signedIn('twofold')))).toBe(
      '403 SECOND_PERSON',
    );
    expect(said(await second(other.body['id'] as string, 'refuse'))).toBe('200');
    expect(said(await second(id))).toBe('200');
    expect(said(await second(id))).toBe('409 EVIDENCE_STATE');
    expect(await office.clocks(incident)).toMatchObject({ 'firstRelease.limit': 'met' });
    const analyst = await office.person('analyst');
    const { body } = await office.get(analyst, `/evidence/${id}`);
    expect(body).toMatchObject({ state: 'proven', attachment: { fileName: '扫描.pdf', sizeBytes: COPY.length } });
    expect(await office.state(incident)).toBe('responded');
  });

  it('E-06 on a channel that is not the body’s is refused, like a page of one; unreviewed text too', async () => {
    const { incident } = await fastCase(2);
    const statement = await approved(incident);
    const at = await now();
    expect(said(await file(incident, statement, at, leaflet))).toBe('422 CHANNEL_NOT_REGISTERED');
    expect(said(await file(incident, await approved(incident, { state: 'draft' }), at))).toBe('409 STATEMENT_STATE');
    expect(said(await file(incident, statement, new Date(at.getTime() + HOUR_MS)))).toBe('422 PUBLICATION_IN_FUTURE');
    const page = { url: 'https://weibo.example/gfpys/1' };
    expect(said(await office.post(await spokesperson(), `/statements/${statement}/publish`, page))).toBe(
      '422 CHANNEL_NOT_REGISTERED',
    );
  });

  it('E-01 at the very limit is on time, one second later late by one second', async () => {
    const onTime = await fastCase(6);
    expect(await published(onTime.incident, onTime.limit)).toMatchObject({ 'firstRelease.limit': 'met' });
    const late = await fastCase(6);
    expect(await published(late.incident, late.limit + 1_000)).toMatchObject({ 'firstRelease.limit': 'metLate' });
  });

  it('E-02 between target and limit misses the one and meets the other', async () => {
    const { incident, limit } = await fastCase(6);
    expect(await published(incident, limit - HOUR_MS)).toMatchObject({
      'firstRelease.target': 'metLate',
      'firstRelease.limit': 'met',
    });
  });
});

describe('a correction', () => {
  it('is a statement of its own: when it is out the first one is told as corrected, and both stay visible (R46)', async () => {
    const { incident } = await fastCase(2);
    const [original, at] = [await approved(incident), await now()];
    const text = {
      bodyId: bodyOf('EMER'),
      kind: 'majorEmergencyRelease',
      title: '更正',
      body: '更正:受伤人数为8人',
      cause: { text: '核实' },
      solution: { text: '更正' },
      constraints: { notApplicableReason: '无' },
      competentBodyId: bodyOf('EMER'),
      corrects: original,
    };
    const draft = () => spokesperson().then((who) => office.post(who, `/incidents/${incident}/statements`, text));
    expect(said(await draft())).toBe('422 NOTHING_TO_CORRECT');
    await second((await file(incident, original, at)).body['id'] as string);
    const correction = (await draft()).body['id'] as string;
    await office.db.asOwner(`UPDATE statements SET state = 'approved' WHERE id = $1`, [correction]);
    await second((await file(incident, correction, await now())).body['id'] as string);
    const { body } = await office.get(await office.person('analyst'), `/incidents/${incident}`);
    const shown = body['statements'] as { id: string; state: string; corrects: string | null }[];
    expect(shown.map(({ id, state, corrects }) => [id, state, corrects])).toEqual([
      [original, 'corrected', null],
      [correction, 'published', original],
    ]);
    expect(await office.ledger(incident, 'statement.corrected')).toEqual(['statement.corrected']);
  });
});

describe('the texts of an incident', () => {
  it('that say different numbers are told apart', async () => {
    const { incident } = await fastCase(2);
    const [first, other] = [
      await approved(incident, { title: '情况通报', body: '事故造成3人死亡、7人受伤。' }),
      await approved(incident, { title: '答记者问', body: '事故造成4人死亡、7人受伤。' }),
    ];
    await approved(incident, { title: '更早的稿', body: '事故造成1人死亡。', state: 'withdrawn' });
    const { body } = await office.get(await office.person('analyst'), `/incidents/${incident}/figure-conflicts`);
    expect(body['items']).toEqual([
      {
        figure: 'deaths',
        values: expect.arrayContaining([
          { statementId: first, value: 3 },
          { statementId: other, value: 4 },
        ]),
      },
    ]);
  });
});
