import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { makeBodies, startApi, type TestApi, type TestClient } from '../support/api.js';
import { plantCase } from '../support/report-cases.js';
import { insertRow } from '../support/rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

/** Domain 8.7: the run of the ladder, at the third day. */
const NOW = new Date('2026-11-22T09:20:00+08:00');
const DETECTED = new Date('2026-11-20T09:00:00+08:00');
const at = (text: string) => new Date(`2026-11-${text}:00+08:00`);
const ATTACK = `<script>alert(1)</script>"'&`;

let db: TestDatabase;
let api: TestApi;
let city: TestClient;
const planted = { incident: '', assignment: newId(), reminder: newId(), clock: newId(), signFor: newId() };

beforeAll(async () => {
  db = await createTestDatabase();
  await db.setNow(NOW);
  await makeBodies(db, ['990121-ENV', '990122-ENV']);
  planted.incident = await plantCase(db, NOW, {
    title: `化工厂夜间排污${ATTACK}`,
    startedAt: DETECTED,
    released: null,
  });
  const ofIncident = { incident_id: planted.incident, body_id: '990121-ENV' };
  await insertRow(db, 'assignments', { id: planted.assignment, ...ofIncident, number: '云舆交〔2026〕8号', role: 'co', state: 'acknowledged', task: '牵头核查排污口，24 小时内反馈', dispatched_at: at('20T09:10'), dispatched_by: '周主任', acknowledged_at: at('20T10:30'), acknowledged_by: 'test' }); // prettier-ignore
  const inner = { ...ofIncident, assignment_id: planted.assignment, force: 'limit', form: 'deadline', scope: 'inner', policy_pack: 'yunjiang', policy_version: 'yunjiang-1', started_at: at('20T09:10') }; // prettier-ignore
  const steps = [
    { step: 'start', stamp: 'dispatchedAt', at: at('20T09:10').getTime(), source: '交办记录' },
    { step: 'rule', ruleId: 'verificationFeedback.heat3', label: '24小时内核实反馈', amount: 24, unit: 'hour', document: '内部缺省', article: '核实反馈', flag: 'J' },
    { step: 'due', at: at('21T09:10').getTime() },
  ]; // prettier-ignore
  await insertRow(db, 'response_clocks', { ...inner, id: planted.signFor, clock_key: 'signFor', act: 'signFor', label: '1小时内签收', state: 'metLate', due_at: at('20T10:10'), state_at: at('20T10:30') }); // prettier-ignore
  await insertRow(db, 'response_clocks', { ...inner, id: planted.clock, clock_key: 'verificationFeedback', act: 'verificationFeedback', label: '24小时内核实反馈', state: 'overdue', due_at: at('21T09:10'), state_at: at('21T09:10'), computation: JSON.stringify({ steps, ruleId: 'verificationFeedback.heat3' }) }); // prettier-ignore
  await insertRow(db, 'response_clocks', { ...inner, clock_key: 'handlingFeedback', act: 'handlingFeedback', label: '48小时内处置反馈', state: 'dueSoon', due_at: at('22T09:50') }); // prettier-ignore
  await insertRow(db, 'escalations', { ...ofIncident, step: 'reminder', ordinal: 1, number: '云舆催〔2026〕3号', reason: 'feedback', trigger_key: 'urging 1', addressee_body_id: '990121-ENV', at: at('21T09:10'), issued_at: at('21T09:10'), deadline: at('22T09:10'), state: 'unmet' }); // prettier-ignore
  await insertRow(db, 'escalations', { id: planted.reminder, ...ofIncident, step: 'supervision', ordinal: 1, number: '云舆督〔2026〕1号', reason: 'response', trigger_key: 'supervision', addressee_body_id: '990121-ENV', at: at('22T09:10'), issued_at: at('22T09:15'), deadline: at('23T09:40'), state: 'issued', grounds: ['报告不及时'] }); // prettier-ignore
  await insertRow(db, 'ladder_plans', { incident_id: planted.incident, step_key: 'accountability', step: 'accountability', at: at('23T09:00'), target: 'supervisor', basis: 'response' }); // prettier-ignore
  await plantCase(db, NOW, {
    title: '谣传水源有毒',
    category: 'C7',
    topics: ['environment', 'foodDrug'],
    startedAt: at('22T01:00'),
    fast: true,
    released: 2,
    held: 5,
  });
  await plantCase(db, NOW, {
    title: '邻县的事',
    topics: ['environment'],
    jurisdiction: '990122',
    startedAt: DETECTED,
    released: null,
  });
  await plantCase(db, NOW, {
    title: '演练的事',
    topics: ['environment'],
    drill: true,
    startedAt: DETECTED,
    released: null,
  });
  const source = newId();
  await insertRow(db, 'sources', { id: source, jurisdiction: '990121', kind: 'hotline', channel: '12345' });
  for (const [index, satisfaction] of ['满意', '基本满意', '不满意', '未表态'].entries())
    await insertRow(db, 'items', { source_id: source, jurisdiction: '990121', kind: 'call', work_order_number: `2611${index}`, request_type: index === 0 ? '投诉' : '求助', channel: '12345', received_at: at('22T08:00'), raw: JSON.stringify({ satisfaction, ...(index < 3 ? { closedAt: '2026-11-22T08:30:00+08:00' } : {}) }) }); // prettier-ignore
  api = await startApi(db);
  await api.account('city', [{ duty: 'supervision', jurisdiction: '990121' }]);
  city = await api.signedIn('city');
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked into, their shape is checked by the api itself
const read = async (address: string): Promise<any> => (await city.call('GET', `/api/v1/reports/${address}`)).json();
const paper = async (address: string): Promise<string> => {
  const answer = await city.call('GET', `/api/v1${address}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  return answer.text();
};

describe('the boards', () => {
  it('list the longest overdue first, each with the next step and who takes it; drills and neighbours are not there', async () => {
    const { items } = await read('overdue');
    expect(items.map((row: { act: string; colour: string }) => `${row.act} ${row.colour}`)).toEqual([
      'verificationFeedback red',
      'publicResponse red',
      'handlingFeedback yellow',
    ]);
    expect(items[0]).toMatchObject({
      leftMs: expect.any(Number),
      nextStep: { step: 'accountability', target: 'supervisor' },
    });
    expect(Math.round(items[0].leftMs / 60_000)).toBe(-(24 * 60 + 10));
  });

  it('say what would save each clock of the next hour', async () => {
    const { items } = await read('next-hour');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ act: 'handlingFeedback', load: 3, action: { act: 'assignment.report' } });
    expect([29, 30]).toContain(items[0].minutesLeft);
  });
});

describe('the daily report and the public statistics', () => {
  it('compares the day with the one before and shows rumours, hotline and outlook', async () => {
    const report = await read('daily?date=2026-11-22');
    expect(report.totals).toMatchObject({
      items: { current: 4, previous: 0, changePct: '—' },
      detected: { current: 1, previous: 0 },
      responded: { current: 1, previous: 0 },
      open: { current: 2, previous: 1, changePct: '100.00' },
    });
    expect(report.rumours).toMatchObject([{ title: '谣传水源有毒', clarifiedAt: '2026-11-21T19:00:00.000Z' }]);
    expect(report.hotline.figures).toMatchObject({
      accepted: 4,
      handled: { n: 3, d: 4 },
      satisfied: { n: 2, d: 3, pct: '66.67' },
    });
    expect(report.hotline.types).toEqual([
      { type: '求助', share: { n: 3, d: 4, pct: '75.00' } },
      { type: '投诉', share: { n: 1, d: 4, pct: '25.00' } },
    ]);
    expect(report.outlook).toMatchObject([{ kind: 'ladder', detail: 'accountability' }]);
    expect((await read('daily?date=2026-11-23')).code).toBe('PERIOD_IN_FUTURE');
  });

  it('R11: counts new incidents by topic, one of two topics under both, and lists them; a topic that is corrected is counted anew', async () => {
    const topics = async () => {
      const { breakdown } = await read('daily?date=2026-11-22');
      const rows = breakdown.filter(({ dimension }: { dimension: string }) => dimension === 'topic');
      return rows.map(({ label, current }: { label: string; current: number }) => `${label} ${current}`);
    };
    expect(await topics()).toEqual(['生态环境 1', '食品药品安全 1']);
    const listed = await read('rows?figure=by.topic&value=environment&day=2026-11-22');
    expect(listed.items.map(({ title }: { title: string }) => title)).toEqual(['谣传水源有毒']);
    await db.asOwner(`UPDATE incidents SET categories = '{"tags": ["medicine"]}' WHERE title = '谣传水源有毒'`);
    expect(await topics()).toEqual(['医药卫生 1']);
  });

  it('publishes a month without any title, body or number of a case', async () => {
    const answer = await city.call('GET', '/api/v1/reports/public?month=2026-11');
    const text = await answer.text();
    expect(text).not.toMatch(/排污|水源|云舆〔|ENV/);
    expect(JSON.parse(text)).toMatchObject({ hotline: { accepted: 4 }, classes: [{ category: 'C3', answered: { n: 0, d: 1 } }, { category: 'C7', answered: { n: 1, d: 1 } }] }); // prettier-ignore
    const { items } = await read('indicators?quarter=2026Q4');
    expect(items).toContainEqual(expect.objectContaining({ key: 'signedInTime', ratio: { n: 0, d: 1, pct: '0.00' } }));
    expect(items).toContainEqual(expect.objectContaining({ key: 'clarification', durationsMs: expect.objectContaining({ max: 7_200_000 }) })); // prettier-ignore
  });
});

describe('the sheets as files', () => {
  it('say what the paper says, as JSON, CSV with its hash and XLSX; what looks like a formula is plain text', async () => {
    await db.asOwner(`UPDATE assignments SET task = '=HYPERLINK("A1","见附件")' WHERE id = $1`, [planted.assignment]);
    const sheets = {
      order: `/assignments/${planted.assignment}/sheet`,
      supervision: `/escalations/${planted.reminder}/sheet`,
      clock: `/clocks/${planted.clock}/sheet`,
    };
    for (const address of Object.values(sheets)) {
      const json = (await (await city.call('GET', `/api/v1${address}?format=json`)).json()) as { tables: object[] };
      expect(json.tables).toHaveLength(2);
      const csv = await (await city.call('GET', `/api/v1${address}?format=csv`)).text();
      expect(csv).toMatch(/校验（SHA-256，本行以前全部字节）,[0-9a-f]{64}/);
      const xlsx = await city.call('GET', `/api/v1${address}?format=xlsx`);
      expect(xlsx.headers.get('repr-digest')).toMatch(/^sha-256=:/);
    }
    const order = await (await city.call('GET', `/api/v1${sheets.order}?format=csv`)).text();
    expect(order).toContain(`"'=HYPERLINK(""A1"",""见附件"")"`);
    const supervision = await (await city.call('GET', `/api/v1${sheets.supervision}?format=csv`)).text();
    expect(supervision).toMatch(/签发机构,.*督查/);
    const clock = await (await city.call('GET', `/api/v1${sheets.clock}?format=csv`)).text();
    expect(clock).toMatch(/依据,内部缺省 核实反馈/);
  });
});

describe('a supervision on paper', () => {
  const without = async (changes: string): Promise<string> => {
    await db.asOwner(`UPDATE escalations SET ${changes} WHERE id = $1`, [planted.reminder]);
    return paper(`/escalations/${planted.reminder}/sheet`);
  };
  afterAll(async () => {
    await db.asOwner(`UPDATE escalations SET step = 'supervision', deadline = $2, issued_at = $3 WHERE id = $1`, [planted.reminder, at('23T09:40'), at('22T09:15')]); // prettier-ignore
  });

  it('says its limit, or why there is none', async () => {
    expect(await without(`deadline = NULL, issued_at = NULL`)).toContain('签发时确定');
    expect(await without(`issued_at = '2026-11-22T09:15:00+08:00'`)).toContain('未另定期限，立即办理');
    expect(await without(`deadline = '2026-11-22T09:10:00+08:00'`)).toContain(
      '2026-11-22 09:10（自逾期时起算，发出时已过）',
    );
  });

  it('lists before it only what was issued before it', async () => {
    expect(await without(`issued_at = '2026-11-21T09:09:00+08:00'`)).toContain('此前无催办');
    expect(await without(`issued_at = '2026-11-22T09:15:00+08:00'`)).toContain('云舆催〔2026〕3号');
  });

  it('as a referral is written to the authority, and asks nothing of the body', async () => {
    const text = await without(`step = 'accountabilityReferral', deadline = NULL`);
    expect(text).toMatch(/<p>[^<]*纪委监委：<\/p>[\s\S]*所涉单位[\s\S]*是否追究责任由你机关/);
    expect(text).not.toMatch(/请你单位|新的期限|转为督办/);
  });
});

describe('paper', () => {
  it('carries number, dues and what is late, escaped, without a script', async () => {
    const pages = {
      order: await paper(`/assignments/${planted.assignment}/sheet`),
      supervision: await paper(`/escalations/${planted.reminder}/sheet`),
      clock: await paper(`/clocks/${planted.clock}/sheet`),
      daily: await paper('/reports/daily?format=print'),
      bulletin: await paper('/reports/bulletin?format=print'),
    };
    for (const html of Object.values(pages)) {
      expect(html).not.toMatch(/<script|<img|https?:\/\/|\son\w+=/i);
      expect(html).toContain('@page { size: A4');
      expect(html).toMatch(/counter\(page\)[\s\S]*（盖章处）[\s\S]*\d{4}年\d+月\d+日/);
    }
    expect(pages.order).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    expect(pages.order).toMatch(/云舆交〔2026〕8号[\s\S]*2026-11-20 10:10[\s\S]*超时完成 2026-11-20 10:30/);
    expect(pages.supervision).toMatch(
      /云舆督〔2026〕1号[\s\S]*20 分[\s\S]*2026-11-23 09:40[\s\S]*主要负责人[\s\S]*云舆催〔2026〕3号/,
    );
    // A supervision order is its issuer's own, and a limit is named by its document, not by a code.
    expect(pages.supervision).toMatch(/class="issuer">[^<]*督查/);
    expect(pages.supervision).not.toContain('回应办公室');
    // What the addressee scans leads to the page on which it signs; the page itself holds no address.
    expect(pages.order).toMatch(/<svg [\s\S]*扫码打开本交办单签收/);
    expect(pages.clock).not.toMatch(/yunjiang|verificationFeedback/);
    expect(pages.clock).toMatch(/交办 2026-11-20 09:10:00[\s\S]*24 小时[\s\S]*2026-11-21 09:10:00/);
  });
});
