import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestClient } from '../support/api.js';
import { CityOffice, must, STATEMENT_GATES } from '../support/city-office.js';
import { said } from '../support/county-office.js';

jest.setTimeout(240_000);

const BODY = '990121-WSUP';
let city: CityOffice;
let incident: string;
let writer: TestClient;
let other: TestClient;
beforeAll(async () => {
  city = await CityOffice.open('2026-11-20T09:00:00+08:00');
  incident = await city.read(
    '【民生帮办】白塔县银杏苑小区停水五天 三百户居民提桶接水',
    '白塔县城关镇银杏苑小区已经连续停水五天，三百多户居民每天到物业门口提桶接水。为什么停水五天没有通知？有居民质疑供水公司隐瞒水质问题。何时恢复供水？',
  );
  const analyst = await city.person('analyst');
  must(await city.post(analyst, `/incidents/${incident}/confirm`, { grade: 'IV' }));
  const [known] = await city.office.db.asOwner<{ id: string }>('SELECT id FROM bodies WHERE id = $1', [BODY]);
  if (known === undefined) throw new Error(`${BODY} is no body`);
  must(await city.post(analyst, `/incidents/${incident}/assign`, { addressees: [{ bodyId: BODY, role: 'lead' }] }));
  writer = await city.person('spokesperson', BODY);
  other = await city.person('drafter', BODY);
});
afterAll(() => city.close());

const filled = {
  cause: { text: '主管破裂' },
  solution: { text: '抢修更换' },
  constraints: { notApplicableReason: '无' },
};
const draft = async (change: object = {}): Promise<string> =>
  must(
    await city.post(writer, `/incidents/${incident}/statements`, {
      bodyId: BODY,
      kind: 'responseToDoubts',
      title: '停水情况说明',
      body: '银杏苑小区停水系供水主管破裂，今晚20时恢复供水，停水期间由送水车保障。',
      competentBodyId: BODY,
      ...filled,
      ...change,
    }),
  )['id'] as string;
const pass = async (
  id: string,
  gate: string,
  duty: 'competent_reviewer' | 'secrecy_reviewer' | 'approver' | 'body_head',
  body: object,
) => city.post(await city.person(duty, BODY), `/statements/${id}/approve`, { gate, ...body });
const [COMPETENT, SECRECY] = [STATEMENT_GATES[0].checks, STATEMENT_GATES[1].checks];

describe('a shared draft', () => {
  it('has one editor at a time; it is taken over visibly, and a lease that ran out holds nothing', async () => {
    const id = await draft();
    const lease = `/statements/${id}/lease`;
    must(await city.post(writer, lease));
    const refused = await city.post(other, lease);
    expect([said(refused), refused.params?.['holder']]).toEqual([
      '409 DRAFT_HELD',
      expect.stringMatching(/^测试spokesperson/),
    ]);
    expect(said(await city.call(other, 'PATCH', `/statements/${id}`, { title: '另一个标题' }))).toBe('409 DRAFT_HELD');
    const taken = must(await city.post(other, lease, { takeOver: true }));
    expect(taken).toMatchObject({ takenFrom: expect.stringMatching(/^测试spokesperson/) });
    expect(said(await city.call(writer, 'PATCH', `/statements/${id}`, { title: '我的标题' }))).toBe('409 DRAFT_HELD');
    const entries = await city.office.db.asOwner<{ from: string }>(
      `SELECT payload->>'from' AS from FROM ledger_entries WHERE type = 'statement.takenOver' AND subject_id = $1`,
      [id],
    );
    expect(entries).toHaveLength(1);
    await city.advance(3);
    must(await city.call(writer, 'PATCH', `/statements/${id}`, { title: '我的标题' }));
  });

  it('answers a stale version with the fields in which the two differ', async () => {
    const id = await draft();
    must(await city.call(writer, 'PATCH', `/statements/${id}`, { title: '先存的标题' }));
    const stale = await writer.call('PATCH', `/api/v1/statements/${id}`, {
      body: { title: '后到的标题', body: '银杏苑小区停水系供水主管破裂，今晚20时恢复供水，停水期间由送水车保障。' },
      headers: { 'if-match': '"1"' },
    });
    const problem = (await stale.json()) as { code: string; params: { fields: object } };
    expect([stale.status, problem.code, problem.params.fields]).toEqual([
      412,
      'VERSION_CONFLICT',
      { title: { yours: '后到的标题', stored: '先存的标题' } },
    ]);
  });
});

describe('the authoritative source of a statement (R18, PB18 一(五))', () => {
  it('can’t be taken out of a draft afterwards, nor be a body that nobody knows', async () => {
    const id = await draft();
    const without = await city.call(writer, 'PATCH', `/statements/${id}`, { competentBodyId: null });
    expect([said(without), without.params?.['clause']]).toEqual(['422 COMPETENT_BODY_MISSING', 'PB18 一(五)']);
    const unknown = await city.call(writer, 'PATCH', `/statements/${id}`, { competentBodyId: '990121-NONE' });
    expect([said(unknown), unknown.params?.['clause']]).toEqual(['404 BODY_NOT_FOUND', 'PB18 一(五)']);
    await city.office.db.asOwner('UPDATE statements SET competent_body_id = NULL WHERE id = $1', [id]);
    expect(said(await city.post(writer, `/statements/${id}/submit`))).toBe('422 COMPETENT_BODY_MISSING');
  });

  it('is not sent off while somebody else writes', async () => {
    const id = await draft();
    must(await city.post(other, `/statements/${id}/lease`));
    expect(said(await city.post(writer, `/statements/${id}/submit`))).toBe('409 DRAFT_HELD');
    must(await city.post(other, `/statements/${id}/submit`));
  });
});

describe('the guard of a draft', () => {
  it('warns of a text that is of another body’s duties, and refuses nothing (R47, PB18 二(八))', async () => {
    const duty = async (body: string) => {
      const id = await draft({ title: '情况说明', body, cause: { text: '见正文' }, solution: { text: '见正文' } });
      const guard = must(await city.get(writer, `/statements/${id}/guard`)) as { foreignDuty?: { words: string[] } };
      must(await city.post(writer, `/statements/${id}/submit`));
      return guard.foreignDuty?.words ?? null;
    };
    expect(await duty('本县盗版教材、假记者证案件已立案查处，非法出版物全部收缴。')).toContain('假记者证');
    expect(await duty('供水主管破裂造成停水，自来水抢修已完成。')).toBeNull();
  });

  it('lists the claims that the draft does not answer, copied text, figures and wording that differ, and personal data', async () => {
    await city.office.db.asOwner(`UPDATE statements SET state = 'withdrawn'`);
    must(await city.call(writer, 'PUT', `/incidents/${incident}/wording`, { entries: [] }));
    must(
      await city.call(writer, 'PUT', `/incidents/${incident}/wording`, {
        entries: [{ topic: '原因', wording: '原因正在核查' }],
      }),
    );
    const first = await draft({ body: '事故造成3人受伤。银杏苑小区停水系供水主管破裂所致，今晚20时前全面恢复供水。' });
    await city.office.db.asOwner(`UPDATE statements SET state = 'published' WHERE id = $1`, [first]);
    const id = await draft({
      title: '续报',
      body: '事故造成4人受伤，原因系外力破坏。银杏苑小区停水系供水主管破裂所致，今晚20时前全面恢复供水。联系人王小明13812345678。',
    });
    const guard = must(await city.get(writer, `/statements/${id}/guard`)) as unknown as {
      claims: { text: string; answered: boolean }[];
      copied: { from: string }[];
      figureConflicts: { figure: string }[];
      wording: { topic: string }[];
      personalData: { text: string }[];
      masked: { body: string } | null;
    };
    expect(guard.claims.map(({ text, answered }) => [text, answered])).toEqual([
      ['为什么停水五天没有通知？', false],
      ['有居民质疑供水公司隐瞒水质问题。', false],
      ['何时恢复供水？', true],
    ]);
    expect(guard.copied.map(({ from }) => from)).toEqual([first]);
    expect(guard.figureConflicts.map(({ figure }) => figure)).toEqual(['injured']);
    expect(guard.wording.map(({ topic }) => topic)).toEqual(['原因']);
    expect(guard.personalData.map(({ text }) => text)).toContain('13812345678');
    // The masked text, saved by the writer, names nobody any more (R45).
    const { body } = guard.masked!;
    expect(body).not.toMatch(/13812345678|王小明/);
    expect(body).toContain('今晚20时前全面恢复供水');
    must(await city.call(writer, 'PATCH', `/statements/${id}`, { body }));
    const after = must(await city.get(writer, `/statements/${id}/guard`));
    expect([after['personalData'], after['masked']]).toEqual([[], null]);
  });
});

describe('the review chain', () => {
  it('R40 three different named persons, each with the duty and the marks of the gate', async () => {
    const id = await draft();
    must(await city.post(writer, `/statements/${id}/submit`));
    expect(said(await pass(id, 'secrecy', 'secrecy_reviewer', { checks: SECRECY }))).toBe('409 GATE_ORDER');
    expect(said(await pass(id, 'competentBody', 'secrecy_reviewer', { checks: COMPETENT }))).toBe('403 GATE_DUTY');
    const unmarked = await pass(id, 'competentBody', 'competent_reviewer', { checks: ['political'] });
    expect([said(unmarked), unmarked.params]).toMatchObject([
      '422 GATE_CHECKS_MISSING',
      { clause: 'JS19 三(一)', missing: ['policy', 'wording'] },
    ]);
    must(await pass(id, 'competentBody', 'body_head', { checks: COMPETENT }));
    must(await pass(id, 'secrecy', 'secrecy_reviewer', { checks: SECRECY }));
    expect(said(await pass(id, 'approver', 'body_head', {}))).toBe('403 SAME_REVIEWER');
    expect(said(await city.post(writer, `/statements/${id}/publish`, { url: 'https://x.example/' }))).toBe(
      '409 STATEMENT_STATE',
    );
    must(await pass(id, 'approver', 'approver', {}));
  });

  it('R45 what names a person is masked, or the exception is named; R43 classified words need a basis', async () => {
    const id = await draft({ body: '当事人电话13812345678，据内部文件，今晚恢复供水。' });
    must(await city.post(writer, `/statements/${id}/submit`));
    must(await pass(id, 'competentBody', 'competent_reviewer', { checks: COMPETENT }));
    const secret = await pass(id, 'secrecy', 'secrecy_reviewer', { checks: SECRECY });
    expect([said(secret), secret.params]).toMatchObject(['422 SECRECY_BASIS_MISSING', { words: ['内部文件'] }]);
    const personal = await pass(id, 'secrecy', 'secrecy_reviewer', { checks: SECRECY, note: '文件已公开' });
    expect([said(personal), personal.params]).toMatchObject(['422 PERSONAL_DATA', { clause: 'YW18 五(二)' }]);
    const privacyException = { code: 'punitiveNotice', reason: '处罚公示' };
    must(await pass(id, 'secrecy', 'secrecy_reviewer', { checks: SECRECY, note: '文件已公开', privacyException }));
  });

  it('R41 a fast case is signed by the head', async () => {
    await city.office.db.asOwner(`UPDATE incidents SET grade = 'II' WHERE id = $1`, [incident]);
    const id = await draft();
    must(await city.post(writer, `/statements/${id}/submit`));
    must(await pass(id, 'competentBody', 'competent_reviewer', { checks: COMPETENT }));
    must(await pass(id, 'secrecy', 'secrecy_reviewer', { checks: SECRECY }));
    expect(said(await pass(id, 'approver', 'approver', {}))).toBe('403 LEADER_SIGNS');
    must(await pass(id, 'approver', 'body_head', {}));
    await city.office.db.asOwner(`UPDATE incidents SET grade = 'IV' WHERE id = $1`, [incident]);
  });
});

describe('files', () => {
  const upload = (fileName: string, mediaType: string, content: Buffer) =>
    city.post(writer, `/incidents/${incident}/files`, {
      fileName,
      mediaType,
      contentBase64: content.toString('base64'),
    });

  it('are what their bytes say, hashed, and saved instead of shown', async () => {
    const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64)]);
    const made = must(await upload('../现场"照片.png', 'image/png', png));
    expect(said(await upload('x.png', 'image/png', Buffer.from('<html><script>alert(1)</script>')))).toBe(
      '422 FILE_KIND',
    );
    const answer = await writer.call('GET', `/api/v1/files/${String(made['id'])}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(decodeURIComponent(answer.headers.get('content-disposition')!)).toMatch(/^attachment.*现场照片\.png/);
    const stranger = await city.person('spokesperson', '990102-POLICE');
    expect((await stranger.call('GET', `/api/v1/files/${String(made['id'])}`)).status).toBe(404);
  });
});
