import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CityOffice, must } from '../support/city-office.js';
import { said } from '../support/county-office.js';

jest.setTimeout(240_000);

const BODY = '990121-WSUP';
const TEXT = '银杏苑小区停水系供水主管破裂，今晚20时恢复供水，停水期间由送水车保障用水。';
let city: CityOffice;
beforeAll(async () => {
  city = await CityOffice.open('2026-11-20T09:00:00+08:00');
  const channel = {
    bodyId: BODY,
    kind: 'webRelease',
    name: '白塔水务网站',
    urlPrefix: `http://${city.site.host}/gov/`,
  };
  const { id } = must(await city.post(await city.person('analyst'), '/channels', channel));
  must(await city.post(await city.person('gov_office'), `/channels/${String(id)}/confirm`));
});
afterAll(() => city.close());

/** Matters that have nothing in common, so that each opens an incident of its own. */
const MATTERS: [title: string, text: string][] = [
  ['望溪区中心小学食堂饭菜发霉', '望溪区中心小学食堂饭菜发霉，二十多名学生腹泻，家长要求公布检测结果。'],
  [
    '白塔县银杏苑小区停水五天 三百户居民提桶接水',
    '白塔县城关镇银杏苑小区已经连续停水五天，三百多户居民提桶接水，多次报修无人处理。',
  ],
  ['青禾县夕照养老院护工打老人', '有家属发出监控视频：青禾县夕照养老院护工连扇卧床老人耳光，老人脸上有淤青。'],
  [
    '老城区停车收费方案为什么不听证',
    '云江市停车收费标准调整方案公示三天就要实施，云州区老城区停车费翻倍，有没有开过听证会？',
  ],
  ['石渡市垃圾焚烧项目引发居民聚集', '石渡市拟建垃圾焚烧发电项目，大量居民聚集反对，网民质疑环评造假，要求停建。'],
  ['高新区星河湾小区停气三天', '高新区星河湾小区连续停气三天，三百多户居民无法做饭，多次拨打热线无人答复。'],
  [
    '石渡市临港化工园区一车间发生爆燃',
    '石渡市临港化工园区远帆化工一车间发生爆燃并起火，目前已造成2人死亡、9人失联，另有6人受伤送医，消防救援力量正在现场搜救。',
  ],
];
const open = async (grade = 'IV', occurred = false): Promise<string> => {
  const incident = await city.read(...MATTERS.shift()!);
  const analyst = await city.person('analyst');
  if (occurred)
    await city.office.db.asOwner('UPDATE incidents SET occurred_at = huiying_now() WHERE id = $1', [incident]);
  must(await city.post(analyst, `/incidents/${incident}/confirm`, { grade }));
  must(await city.post(analyst, `/incidents/${incident}/assign`, { addressees: [{ bodyId: BODY, role: 'lead' }] }));
  await city.settle();
  return incident;
};
const clocks = async (incident: string): Promise<Record<string, string>> => {
  await city.settle();
  const rows = await city.office.db.asOwner<{ key: string; state: string }>(
    `SELECT split_part(clock_key, '#', 1) || CASE WHEN clock_key LIKE 'conference%' THEN '.' || split_part(clock_key, '.', 2) ELSE '' END AS key, state
       FROM response_clocks WHERE incident_id = $1 ORDER BY started_at, generation`,
    [incident],
  );
  return Object.fromEntries(rows.map(({ key, state }) => [key, state]));
};
const proofOf = async (
  incident: string,
): Promise<{ id: string; state: string; kind: string; next_check_at: Date | null }> =>
  (
    await city.office.db.asOwner<{ id: string; state: string; kind: string; next_check_at: Date | null }>(
      'SELECT id, state, kind, next_check_at FROM evidence WHERE incident_id = $1 ORDER BY filed_at LIMIT 1',
      [incident],
    )
  )[0]!;

describe('a proven page', () => {
  it('E-05 that is deleted the next day still counts, with its snapshot, and is flagged; what comes back is told too', async () => {
    const incident = await open();
    const { path } = await city.release(incident, BODY, { body: TEXT });
    const html = city.site.pages.get(path)!;
    expect(await clocks(incident)).toMatchObject({ 'publicResponse.limit': 'met' });
    await city.advance(61);
    expect((await proofOf(incident)).state).toBe('proven');
    city.site.pages.delete(path);
    await city.advance(24 * 60);
    const proof = await proofOf(incident);
    expect(proof.state).toBe('gone');
    expect(await clocks(incident)).toMatchObject({ 'publicResponse.limit': 'met' });
    const analyst = await city.person('analyst');
    const flags = must(await city.get(analyst, `/incidents/${incident}/clock-flags`))['flags'] as {
      code: string;
      subject: string;
    }[];
    expect(flags).toContainEqual(expect.objectContaining({ code: 'evidencePageGone', subject: proof.id }));
    const snapshot = await analyst.call('GET', `/api/v1/evidence/${proof.id}/snapshot`);
    expect([snapshot.status, await snapshot.text()]).toEqual([200, html]);
    expect(snapshot.headers.get('content-disposition')).toMatch(/^attachment/);
    const alerts = await city.office.db.asOwner(
      `SELECT 1 FROM deliveries WHERE incident_id = $1 AND title LIKE '已发布页面被删除%'`,
      [incident],
    );
    expect(alerts).toHaveLength(1);
    city.site.pages.set(path, html);
    await city.advance(7 * 24 * 60);
    const { items } = must(await city.get(analyst, `/evidence/${proof.id}/checks`)) as unknown as {
      items: { result: string }[];
    };
    expect([(await proofOf(incident)).state, items.map(({ result }) => result)]).toEqual([
      'proven',
      ['unchanged', 'gone', 'unchanged'],
    ]);
  });

  it('that is edited is flagged with what stood there kept; other bytes around the text are no edit', async () => {
    const incident = await open();
    const { path } = await city.release(incident, BODY, { body: TEXT });
    city.site.pages.set(path, city.site.pages.get(path)!.replace('<p>发布', '<p>浏览 37 次</p><p>发布'));
    await city.advance(61);
    expect((await proofOf(incident)).state).toBe('proven');
    city.site.pages.set(
      path,
      `<p>发布时间：2026-11-20 09:00:00</p><p>${TEXT.replace('今晚20时恢复供水', '恢复时间另行通知')}</p>`,
    );
    await city.advance(24 * 60);
    expect((await proofOf(incident)).state).toBe('altered');
    const flags = must(await city.get(await city.person('analyst'), `/incidents/${incident}/clock-flags`))['flags'] as {
      code: string;
    }[];
    expect(flags.map(({ code }) => code)).toContain('evidencePageChanged');
  });

  it('that the server does not answer for proves nothing: it is looked at again', async () => {
    const incident = await open();
    const { path } = await city.release(incident, BODY, { body: TEXT });
    city.site.failing.add(path);
    await city.advance(61);
    const proof = await proofOf(incident);
    expect([proof.state, proof.next_check_at! > (await city.now())]).toEqual(['proven', true]);
    city.site.failing.delete(path);
  });

  it('E-07 “已收到,正在核实” acknowledges only: the public clock goes on, and it closes nothing', async () => {
    const incident = await open();
    const { id } = await city.release(incident, BODY, { body: '您反映的停水问题已收到，我们高度重视，正在核实。' });
    expect(await proofOf(incident)).toMatchObject({ kind: 'acknowledgement', state: 'proven' });
    expect(await clocks(incident)).toMatchObject({ 'publicResponse.limit': 'armed' });
    const leader = await city.person('shift_leader');
    must(await city.post(leader, `/incidents/${incident}/dispose`, { kinds: ['D3'], reason: '经研判' }));
    const evidence = { kind: 'D3', evidence: { statementIds: [id] } };
    expect(said(await city.post(leader, `/incidents/${incident}/disposition-evidence`, evidence))).toBe(
      '422 CLOSING_EVIDENCE_MISSING',
    );
  });
});

describe('a promise of the next release (速报事实、慎报原因)', () => {
  it('is a clock that the next release stops, and one that is not kept is overdue', async () => {
    const incident = await open();
    const at = await city.now();
    const nextUpdateAt = new Date(at.getTime() + 4 * 3_600_000).toISOString();
    await city.release(incident, BODY, { body: TEXT, nextUpdateAt });
    expect(await clocks(incident)).toMatchObject({ promisedRelease: 'armed' });
    const [clock] = await city.office.db.asOwner<{ due_at: Date; scope: string }>(
      `SELECT due_at, scope FROM response_clocks WHERE incident_id = $1 AND act = 'promisedRelease'`,
      [incident],
    );
    expect([clock!.due_at.toISOString(), clock!.scope]).toEqual([nextUpdateAt, 'public']);
    await city.advance(4 * 60 + 1);
    expect(await clocks(incident)).toMatchObject({ promisedRelease: 'overdue' });
    await city.release(incident, BODY, {
      title: '续报',
      body: '银杏苑片区供水主管已更换完毕，现已全面恢复供水，水质检测合格。',
    });
    expect(await clocks(incident)).toMatchObject({ promisedRelease: 'metLate' });
  });

  it('is not kept by the old text: neither on another page nor under a new number (R31, domain 3.4)', async () => {
    const incident = await open();
    const nextUpdateAt = new Date((await city.now()).getTime() + 4 * 3_600_000).toISOString();
    const first = await city.release(incident, BODY, { body: TEXT, nextUpdateAt });
    await city.advance(60);
    const copy = first.path.replace('.html', '-copy.html');
    const shown = new Date((await city.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    city.site.pages.set(copy, `<p>发布时间：${shown}</p><p>${TEXT}</p>`);
    const writer = await city.person('spokesperson', BODY);
    must(await city.post(writer, `/statements/${first.id}/publish`, { url: `http://${city.site.host}${copy}` }));
    expect(await clocks(incident)).toMatchObject({ promisedRelease: 'armed' });
    await city.advance(60);
    const { id } = await city.release(incident, BODY, { title: '续报', body: TEXT });
    expect((must(await city.get(writer, `/statements/${id}/guard`)) as { repost?: boolean }).repost).toBe(true);
    expect(await clocks(incident)).toMatchObject({ promisedRelease: 'armed' });
    await city.release(incident, BODY, {
      title: '续报',
      body: '银杏苑片区供水主管已更换完毕，现已全面恢复供水，水质检测合格。',
    });
    expect(await clocks(incident)).toMatchObject({ promisedRelease: 'met' });
  });
});

describe('the preparation of a press conference', () => {
  it('is planned back from the 24 h, each step a clock; a new time moves what is open', async () => {
    const incident = await open('II', true);
    const spokesperson = await city.person('spokesperson', BODY);
    const { id } = must(await city.post(spokesperson, `/incidents/${incident}/press-conferences`, { bodyId: BODY }));
    const steps = async () =>
      (
        must(await city.get(spokesperson, `/incidents/${incident}/conference-steps`)) as unknown as {
          items: { step: string; dueAt: string; doneAt: string | null }[];
        }
      ).items;
    const limit = (
      await city.office.db.asOwner<{ due_at: Date }>(
        `SELECT due_at FROM response_clocks WHERE incident_id = $1 AND clock_key = 'pressConference.limit'`,
        [incident],
      )
    )[0]!.due_at;
    const before = await steps();
    expect(before.map(({ step, dueAt }) => [step, (limit.getTime() - Date.parse(dueAt)) / 60_000])).toEqual([
      ['approval', 480],
      ['venue', 360],
      ['questions', 240],
      ['media', 180],
      ['liveLink', 60],
    ]);
    expect(await clocks(incident)).toMatchObject({ 'conferencePreparation.approval': 'armed' });
    must(
      await city.post(spokesperson, `/press-conferences/${String(id)}/steps`, {
        step: 'approval',
        note: '分管领导已批',
      }),
    );
    expect(said(await city.post(spokesperson, `/press-conferences/${String(id)}/steps`, { step: 'approval' }))).toBe(
      '409 STEP_NOT_OPEN',
    );
    expect(await clocks(incident)).toMatchObject({
      'conferencePreparation.approval': 'met',
      'pressConference.limit': 'armed',
    });
    const plannedAt = new Date((await city.now()).getTime() + 10 * 3_600_000).toISOString();
    must(await city.post(spokesperson, `/press-conferences/${String(id)}/announce`, { plannedAt, place: '发布厅' }));
    expect((await steps()).map(({ step, doneAt }) => [step, doneAt !== null])).toContainEqual(['approval', true]);
    const [venue] = await city.office.db.asOwner<{ due_at: Date; generation: number }>(
      `SELECT due_at, generation FROM response_clocks WHERE incident_id = $1 AND clock_key LIKE '%.venue' AND state = 'armed'`,
      [incident],
    );
    await city.settle();
    const [moved] = await city.office.db.asOwner<{ due_at: Date; generation: number }>(
      `SELECT due_at, generation FROM response_clocks WHERE incident_id = $1 AND clock_key LIKE '%.venue' AND state = 'armed'`,
      [incident],
    );
    expect([moved!.generation, Date.parse(plannedAt) - moved!.due_at.getTime()]).toEqual([
      venue!.generation + 1,
      360 * 60_000,
    ]);
    must(
      await city.post(spokesperson, `/press-conferences/${String(id)}/waive`, {
        decidedBy: '市政府分管领导',
        ground: '以书面发布代替',
      }),
    );
    expect(await clocks(incident)).toMatchObject({
      'conferencePreparation.venue': 'cancelled',
      'conferencePreparation.approval': 'met',
    });
  });
});

describe('the register of channels (R49)', () => {
  it('takes a second named person, and a channel that ended proves nothing more', async () => {
    const analyst = await city.person('analyst');
    const leader = await city.person('shift_leader');
    const account = { bodyId: BODY, kind: 'weibo', name: '白塔水务微博', urlPrefix: 'https://weibo.example/' };
    const wide = await city.post(analyst, '/channels', account);
    expect([said(wide), wide.params]).toMatchObject([
      '422 CHANNEL_ADDRESS',
      { fault: 'tooWide', clause: 'NT19 Art.17' },
    ]);
    const { id } = must(await city.post(analyst, '/channels', { ...account, urlPrefix: 'https://weibo.example/u/7/' }));
    const listed = async () =>
      (
        must(await city.get(analyst, '/channels'))['items'] as {
          id: string;
          official: boolean;
          confirmedByName: string | null;
        }[]
      ).find((row) => row.id === id);
    expect(await listed()).toMatchObject({ official: false, confirmedByName: null });
    await city.api.account('both', [
      { duty: 'analyst', jurisdiction: '990100' },
      { duty: 'shift_leader', jurisdiction: '990100' },
    ]);
    const both = await city.api.signedIn('both');
    const own = must(
      await city.post(both, '/channels', { ...account, name: '另一个', urlPrefix: 'https://weibo.example/u/8/' }),
    );
    expect(said(await city.post(both, `/channels/${String(own['id'])}/confirm`))).toBe('403 SECOND_PERSON');
    must(await city.post(leader, `/channels/${String(id)}/confirm`));
    expect(said(await city.post(leader, `/channels/${String(id)}/confirm`))).toBe('409 CHANNEL_CONFIRMED');
    expect(await listed()).toMatchObject({ official: true, confirmedByName: expect.stringContaining('shift_leader') });
    must(await city.post(leader, `/channels/${String(id)}/end`, { reason: '账号停用' }));
    expect(await listed()).toBeUndefined();
  });
});
