import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { bodyOf, CountyOffice, said } from '../support/county-office.js';

jest.setTimeout(120_000);

let office: CountyOffice;
let incident: string;
beforeAll(async () => {
  office = await CountyOffice.open(['URB', 'ENV']);
  incident = await office.incident();
  await office.assign(incident, 'URB', 'ENV');
});
afterAll(() => office.close());

const draft = async (code: string, more: object = {}) =>
  office.post(await office.person('spokesperson', code), `/incidents/${incident}/statements`, {
    bodyId: bodyOf(code),
    kind: 'responseToDoubts',
    title: '情况说明',
    body: '相关情况正在核实。',
    cause: { text: '正在核实' },
    solution: { text: '已到场处置' },
    constraints: { notApplicableReason: '无' },
    competentBodyId: bodyOf(code),
    ...more,
  });

test('of a case with a lead and a co-responder the lead speaks, the other one only by order of the government office (domain 5.4)', async () => {
  expect(said(await draft('URB'))).toBe('201');
  const refused = await draft('ENV');
  expect([said(refused), refused.params]).toMatchObject(['409 NOT_THE_PUBLIC_VOICE', { leadBodyId: bodyOf('URB') }]);
  const ordered = await draft('ENV', { voiceOrder: '云江府办〔2026〕31号' });
  expect(said(ordered)).toBe('201');
  const [entry] = await office.db.asOwner<{ order: string }>(
    `SELECT payload->>'voiceOrder' AS order FROM ledger_entries WHERE type = 'statement.drafted' AND subject_id = $1`,
    [ordered.body['id']],
  );
  expect(entry).toEqual({ order: '云江府办〔2026〕31号' });
});
