import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { CityOffice, must } from '../support/city-office.js';
import { said } from '../support/county-office.js';

jest.setTimeout(240_000);

let city: CityOffice;
beforeAll(async () => {
  city = await CityOffice.open('2026-11-20T09:00:00+08:00');
});
afterAll(() => city.close());

interface Handled {
  incident: string;
  body: string;
}

/** From the message of a citizen to a lead body that has signed and verified. */
async function handled(incident: string, kinds: string[]): Promise<Handled> {
  const analyst = await city.person('analyst');
  must(await city.post(analyst, `/incidents/${incident}/confirm`, { grade: 'IV' }));
  await city.settle();
  const proposed = must(await city.get(analyst, `/incidents/${incident}`))['proposal'] as { leadBodyId: string };
  const body = proposed.leadBodyId;
  const addressees = [{ bodyId: body, role: 'lead' }];
  const [order] = must(await city.post(analyst, `/incidents/${incident}/assign`, { addressees }))[
    'assignmentIds'
  ] as string[];
  const spokesperson = await city.person('spokesperson', body);
  must(await city.post(spokesperson, `/assignments/${order}/acknowledge`));
  must(await city.post(spokesperson, `/assignments/${order}/verify`, { facts: '反映属实', factSource: '现场核查' }));
  must(
    await city.post(await city.person('shift_leader'), `/incidents/${incident}/dispose`, { kinds, reason: '经研判' }),
  );
  await ensureChannel(body);
  return { incident, body };
}

/** The body's site is registered by one person and confirmed by another, once. */
const registered = new Set<string>();
async function ensureChannel(bodyId: string): Promise<void> {
  if (registered.size > 0) return;
  registered.add(bodyId);
  const channel = {
    bodyId,
    kind: 'webRelease',
    name: '市政府网站',
    urlPrefix: `http://${city.site.host}/gov/`,
    firstPlatform: true,
  };
  const { id } = must(await city.post(await city.person('analyst'), '/channels', channel));
  must(await city.post(await city.person('gov_office'), `/channels/${String(id)}/confirm`));
}

const fileEvidence = async ({ incident }: Handled, kind: string, evidence: object) =>
  city.post(await city.person('shift_leader'), `/incidents/${incident}/disposition-evidence`, { kind, evidence });

/** The three steps of three roles, the archive, and the evaluation. */
async function closed({ incident, body }: Handled): Promise<string> {
  const close = async (who: Parameters<CityOffice['person']>, step: string) =>
    must(await city.post(await city.person(...who), `/incidents/${incident}/close-out`, { step, note: '已整改到位' }));
  await close(['body_head', body], 'rectified');
  await close(['shift_leader'], 'accepted');
  await close(['supervision'], 'struckOff');
  await city.settle();
  const analyst = await city.person('analyst');
  const { state } = must(await city.get(analyst, `/incidents/${incident}`));
  const archive = await analyst.call('GET', `/api/v1/incidents/${incident}/archive`);
  expect([state, archive.status, archive.headers.get('content-type')]).toEqual(['struckOff', 200, 'application/zip']);
  expect(archive.headers.get('content-disposition')).toMatch(/^attachment/);
  const [frozen] = await city.office.db.asOwner<{ archive: string; archive_sha256: string }>(
    'SELECT archive, archive_sha256 FROM close_outs WHERE incident_id = $1',
    [incident],
  );
  expect(createHash('sha256').update(frozen!.archive).digest('hex')).toBe(frozen!.archive_sha256);
  return frozen!.archive;
}

describe('one incident of each disposition, from the message to the close-out (PB18 一(五))', () => {
  it('D1 a suggestion: whether it was adopted, and why not wholly', async () => {
    const one = await handled(
      await city.read(
        '高新区星河湾小区停气三天 居民联名建议改接市政管网',
        '高新区星河湾小区连续停气三天，三百多户居民无法做饭，联名建议改接市政燃气管网，多次拨打热线无人答复。',
      ),
      ['D1'],
    );
    const { id } = await city.release(one.incident, one.body, {
      body: '关于改接市政燃气管网的建议：部分采纳，今晚恢复供气，改接工程待道路改造时一并实施。',
    });
    const bare = await fileEvidence(one, 'D1', { statementIds: [id] });
    expect([said(bare), bare.params?.['clause']]).toEqual(['422 CLOSING_EVIDENCE_MISSING', 'PB18 一(五)']);
    must(await fileEvidence(one, 'D1', { statementIds: [id], adoption: { result: 'partly', reason: '道路红线不足' } }));
    await closed(one);
  });

  it('D2 a difficulty: solved by a day', async () => {
    const one = await handled(
      await city.read(
        '【民生帮办】白塔县银杏苑小区停水五天 三百户居民提桶接水',
        '白塔县城关镇银杏苑小区已经连续停水五天，三百多户居民每天到物业门口提桶接水。居民反映，多次向供水公司报修，对方称管道归物业，物业称管道是自来水公司的。',
      ),
      ['D2'],
    );
    const { id } = await city.release(one.incident, one.body, {
      body: '银杏苑小区停水系主管破裂所致，今晚20时前恢复供水，期间由送水车保障用水。',
    });
    expect(said(await fileEvidence(one, 'D2', { statementIds: [id] }))).toBe('422 CLOSING_EVIDENCE_MISSING');
    must(await fileEvidence(one, 'D2', { statementIds: [id], solutionDate: '2026-11-20' }));
    await closed(one);
  });

  it('D3 a serious problem: investigated and told', async () => {
    const one = await handled(
      await city.read(
        '青禾县夕照养老院护工打老人',
        '有家属发出监控视频：青禾县夕照养老院护工连扇卧床老人耳光，老人脸上有淤青。院方称护工是临时工已经离开。',
      ),
      ['D3'],
    );
    const { id } = await city.release(one.incident, one.body, {
      body: '经调查，夕照养老院护工殴打老人属实，涉事人员已移交处理，养老院停业整顿，全县养老机构同步排查。',
    });
    must(await fileEvidence(one, 'D3', { statementIds: [id] }));
    await closed(one);
  });

  it('D4 lack of knowledge: explained', async () => {
    const one = await handled(
      await city.read(
        '老城区停车收费方案为什么不听证',
        '云江市停车收费标准调整方案公示三天就要实施，云州区老城区停车费翻倍，依据是什么？有没有开过听证会？',
      ),
      ['D4'],
    );
    const { id } = await city.release(one.incident, one.body, {
      body: '停车收费标准调整依法履行了成本监审和听证程序，听证会材料已在门户网站公开，可随时查阅。',
    });
    must(await fileEvidence(one, 'D4', { statementIds: [id] }));
    await closed(one);
  });

  it('D5 a wrong view: information that guides', async () => {
    const one = await handled(
      await city.read(
        '石渡市垃圾焚烧项目引发居民聚集',
        '石渡市拟建垃圾焚烧发电项目，大量居民聚集反对，网民称排放有毒气体污染环境，质疑环评造假，要求停建。',
      ),
      ['D5'],
    );
    const { id } = await city.release(one.incident, one.body, {
      body: '项目排放执行国家最严标准，监测数据实时公开，欢迎市民预约参观监督，环保部门全程在线监管。',
    });
    must(await fileEvidence(one, 'D5', { statementIds: [id] }));
    await closed(one);
  });

  it('D6 false information: refuted, handed over with its package, and the receipt; or no illegality found', async () => {
    const one = await handled(
      await city.hear(
        '网传云江市望溪区水库溃坝淹没村庄死亡多人，群里大量转发，居民恐慌，要求辟谣。举报人张伟，电话13812345678。',
      ),
      ['D6'],
    );
    const { id } = await city.release(one.incident, one.body, {
      kind: 'rumourClarification',
      body: '网传望溪区水库溃坝为不实信息。经水利部门现场核查，水库运行正常，无人员伤亡，请勿传播谣言。',
    });
    expect((await fileEvidence(one, 'D6', { statementIds: [id] })).params).toMatchObject({
      missing: { D6: ['transferOrNoIllegality'] },
    });
    const leader = await city.person('shift_leader');
    const made = must(
      await city.post(leader, `/incidents/${one.incident}/transfers`, {
        addressee: '云江市公安局',
        reason: '涉嫌编造、传播虚假灾情',
      }),
    );
    const transferId = made['id'] as string;
    const waiting = await fileEvidence(one, 'D6', { statementIds: [id], transferId });
    expect(waiting.params).toMatchObject({ missing: { D6: ['transferReceipt'] } });
    const [kept] = await city.office.db.asOwner<{ content: string; sha256: string }>(
      'SELECT content, sha256 FROM transfers WHERE id = $1',
      [transferId],
    );
    expect(createHash('sha256').update(kept!.content).digest('hex')).toBe(made['sha256']);
    const manifest = JSON.parse(kept!.content) as {
      items: { contentSha256: string }[];
      evidence: { sha256: string; file: string }[];
      timeline: { event: string }[];
    };
    expect(manifest.items[0]!.contentSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.evidence).toEqual([
      expect.objectContaining({
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        file: expect.stringMatching(/^evidence\//),
      }),
    ]);
    expect(manifest.timeline.map(({ event }) => event)).toContain('incident.confirmed');
    // Of matters, no dossier on persons.
    expect(kept!.content).not.toMatch(/13812345678|张伟/);
    const zip = await leader.call('GET', `/api/v1/transfers/${transferId}/package`);
    const bytes = Buffer.from(await zip.arrayBuffer());
    expect([zip.status, bytes.readUInt32LE(0), bytes.includes('manifest.json')]).toEqual([200, 0x04034b50, true]);
    expect((await city.get(leader, `/transfers/${transferId}/sheet`)).body['text']).toContain('网络不实信息线索移送函');
    const receipt = {
      result: 'noIllegality',
      reference: '云公网安回〔2026〕9号',
      by: '网安支队 值班民警',
      note: '未发现违法',
    };
    must(await city.post(leader, `/transfers/${transferId}/receipt`, receipt));
    expect(said(await city.post(leader, `/transfers/${transferId}/receipt`, receipt))).toBe('409 ALREADY_RECEIVED');
    must(await fileEvidence(one, 'D6', { statementIds: [id], transferId }));
    expect(JSON.parse(await closed(one))).toMatchObject({ transfers: [{ receipt: { reference: receipt.reference } }] });
  });
});

describe('after the close-out', () => {
  it('the case is scored from its facts, grounds are decided by people, and the body objects once', async () => {
    const analyst = await city.person('analyst');
    const list = must(await city.get(analyst, '/incidents?state=struckOff&limit=10'))['items'] as {
      id: string;
      leadBodyId: string;
    }[];
    const { id: incident, leadBodyId } = list[0]!;
    expect(said(await city.get(analyst, `/incidents/${incident}/effect-evaluation`))).toBe('404 NOT_EVALUATED');
    const path = `/incidents/${incident}/effect-evaluation`;
    const first = must(await city.post(analyst, path));
    const again = must(await city.post(analyst, path));
    expect(first['result']).toEqual(again['result']);
    expect(first['result']).toMatchObject({
      score: expect.any(Number),
      missingElements: [],
      statements: [{ claimsBefore: expect.any(Number), claimsRepeated: expect.any(Number) }],
    });
    const supervisor = await city.person('supervision');
    const ground = { ground: '报告不及时', decision: 'dismissed', reason: '首报及时' };
    must(await city.post(supervisor, `${path}/grounds`, ground));
    expect(said(await city.post(supervisor, `${path}/grounds`, { ...ground, ground: '其他' }))).toBe(
      '422 GROUND_UNKNOWN',
    );
    // What follows from an upheld ground is named, and who says that it is done (R38).
    const upheld = { ground: '处置不得力', decision: 'upheld', reason: '超时回应' };
    const refused = async (body: object, part = 'grounds') => {
      const answer = await city.post(supervisor, `${path}/${part}`, body);
      return [said(answer), answer.params?.['clause']];
    };
    expect(await refused(upheld)).toEqual(['422 MEASURE_MISSING', 'YW18 二(四)']);
    expect(await refused({ ...ground, measure: 'criticism' })).toEqual(['422 MEASURE_MISSING', 'YW18 二(四)']);
    expect(await refused({ ...upheld, measure: 'interview' })).toEqual(['422 RECTIFY_DAY', 'YW18 二(四)']);
    const past = { ...upheld, measure: 'interview', rectifyBy: '2026-11-01' };
    expect(await refused(past)).toEqual(['422 RECTIFY_DAY', 'YW18 二(四)']);
    must(await city.post(supervisor, `${path}/grounds`, { ...past, rectifyBy: '2026-12-10' }));
    const done = { ground: '处置不得力', note: '已报送整改报告' };
    expect(await refused({ ...done, ground: '报告不及时' }, 'grounds/close')).toEqual([
      '409 GROUND_NOT_OPEN',
      'YW18 二(四)',
    ]);
    must(await city.post(supervisor, `${path}/grounds/close`, done));
    expect(await refused(done, 'grounds/close')).toEqual(['409 GROUND_NOT_OPEN', 'YW18 二(四)']);
    const report = must(
      await city.get(supervisor, '/reports/document?report=indicators&quarter=2026Q4'),
    ) as unknown as {
      tables: { key: string; rows: { text: string }[][] }[];
    };
    const listed = report.tables.find(({ key }) => key === 'grounds')!.rows;
    expect(listed.map((row) => [row[0]!.text, row[3]!.text, row[6]!.text, row[7]!.text !== ''])).toEqual([
      ['处置不得力', '约谈整改', '2026-12-10', true],
    ]);
    const spokesperson = await city.person('spokesperson', leadBodyId);
    const objection = { bodyId: leadBodyId, text: '信息量统计含转发' };
    must(await city.post(spokesperson, `${path}/objection`, objection));
    expect(said(await city.post(spokesperson, `${path}/objection`, objection))).toBe('409 OBJECTED_BEFORE');
    must(await city.post(supervisor, `${path}/objection/answer`, { result: 'dismissed', reason: '规则如此' }));
    expect((await city.get(spokesperson, `${path}/sheet`)).body['text']).toContain('政务舆情应对效果评估表');
  });
});
