import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import type { TestClient } from '../support/api.js';
import { CityOffice, must } from '../support/city-office.js';
import { said } from '../support/county-office.js';

jest.setTimeout(240_000);

const BODY = '990121-WSUP';
let city: CityOffice;
let incident: string;
let writer: TestClient;
let other: TestClient;
beforeAll(async () => {
  city = await CityOffice.open('2026-11-20T09:00:00+08:00');
  incident = await city.read('白塔县银杏苑小区停水五天 三百户居民提桶接水', '白塔县城关镇银杏苑小区已经连续停水五天。');
  const analyst = await city.person('analyst');
  must(await city.post(analyst, `/incidents/${incident}/confirm`, { grade: 'IV' }));
  must(await city.post(analyst, `/incidents/${incident}/assign`, { addressees: [{ bodyId: BODY, role: 'lead' }] }));
  writer = await city.person('spokesperson', BODY);
  other = await city.person('drafter', BODY);
});
afterAll(() => city.close());

const draft = async (): Promise<string> =>
  must(
    await city.post(writer, `/incidents/${incident}/statements`, {
      bodyId: BODY,
      kind: 'responseToDoubts',
      title: '停水情况说明',
      body: '银杏苑小区停水系供水主管破裂，今晚20时恢复供水。',
      competentBodyId: BODY,
      cause: { text: '主管破裂' },
      solution: { text: '抢修更换' },
      constraints: { notApplicableReason: '无' },
    }),
  )['id'] as string;
const withdraw = (id: string, reason = '情况有变，另行起草', who = writer) =>
  city.post(who, `/statements/${id}/withdraw`, { reason });

describe('a text that was not published', () => {
  it('is withdrawn by a named person with a reason, which the ledger keeps, and then can do nothing more', async () => {
    const id = await draft();
    must(await withdraw(id));
    expect(must(await city.get(writer, `/statements/${id}`))['state']).toBe('withdrawn');
    const [entry] = await city.office.db.asOwner<object>(
      `SELECT reason, payload->>'from' AS from, actor_name AS by FROM ledger_entries WHERE type = 'statement.withdrawn' AND subject_id = $1`,
      [id],
    );
    expect(entry).toEqual({
      reason: '情况有变，另行起草',
      from: 'draft',
      by: expect.stringMatching(/^测试spokesperson/),
    });
    expect(said(await city.post(writer, `/statements/${id}/submit`))).toBe('409 STATEMENT_STATE');
    expect(said(await withdraw(id))).toBe('409 STATEMENT_STATE');
  });

  it('may be under review, but not without a reason, nor by another body, nor while somebody else writes it', async () => {
    const id = await draft();
    expect(said(await withdraw(id, ' '))).toBe('400 INVALID_REQUEST');
    expect(said(await withdraw(id, '试试', await city.person('spokesperson', '990121-ENV')))).toMatch(/^40[34] /);
    must(await city.post(other, `/statements/${id}/lease`));
    expect(said(await withdraw(id))).toBe('409 DRAFT_HELD');
    await city.advance(3);
    must(await city.post(writer, `/statements/${id}/submit`));
    must(await withdraw(id));
  });

  it('is corrected, not withdrawn, once its publication was filed; after the refusal it may go', async () => {
    const id = await draft();
    const evidence = newId();
    await city.office.db.asOwner(`UPDATE statements SET state = 'approved' WHERE id = $1`, [id]);
    await city.office.db.asOwner(
      `INSERT INTO evidence (id, incident_id, statement_id, body_id, kind, url, filed_at, filed_by, state) VALUES ($1, $2, $3, $4, 'web', 'https://www.example.gov.cn/1', now(), 'x', 'pending')`,
      [evidence, incident, id, BODY],
    );
    expect(said(await withdraw(id))).toBe('409 STATEMENT_FILED');
    await city.office.db.asOwner(`UPDATE evidence SET state = 'refused' WHERE id = $1`, [evidence]);
    must(await withdraw(id));
  });
});
