/**
 * Every printed sheet as pages of A4, to be looked at: an office of its own on a database of its own, filled over HTTP with
 * invented cases, printed by Chromium to PDF and, where `pdftoppm` is there, to a picture a page.
 *   TEST_DATABASE_SUPERUSER_URL=postgres://… node tools/print-sheets.mjs [--out folder]
 * Needs a build (`npm run build`). Chromium is the one at `TEST_CHROMIUM`, else /usr/bin/chromium.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const built = (file) => import(pathToFileURL(path.resolve('dist', file)).href);
const { CityOffice, must } = await built('test/support/city-office.js');
const { plantCase } = await built('test/support/report-cases.js');
const { insertRow } = await built('test/support/rows.js');

const { values } = parseArgs({ options: { out: { type: 'string', default: 'sheets' } } });
mkdirSync(values.out, { recursive: true });

const NEWS = [
  [
    'burst',
    ['D2'],
    '【民生帮办】白塔县银杏苑小区停水五天 三百户居民提桶接水',
    '白塔县城关镇银杏苑小区已经连续停水五天，三百多户居民每天到物业门口提桶接水。居民反映，多次向供水公司报修，对方称管道归物业，物业称管道是自来水公司的，没有人答复何时恢复供水。',
    '银杏苑小区停水系主管破裂所致，今晚20时前恢复供水，期间由送水车保障用水。',
  ],
  [
    'incinerator',
    ['D5'],
    '石渡市垃圾焚烧项目引发居民聚集',
    '石渡市拟建垃圾焚烧发电项目，大量居民聚集反对，网民称排放有毒气体污染环境，质疑环评造假，要求停建。',
    '项目排放执行国家最严标准，监测数据实时公开，欢迎市民预约参观监督，环保部门全程在线监管。',
  ],
  [
    'rumour',
    ['D6'],
    '网传云江市望溪区水库溃坝淹没村庄',
    '网传云江市望溪区水库溃坝淹没村庄死亡多人，群里大量转发，居民恐慌，要求辟谣。举报人张伟，电话13812345678。',
    '网传望溪区水库溃坝为不实信息。经水利部门现场核查，水库运行正常，无人员伤亡，请勿传播谣言。',
  ],
  [
    'parking',
    ['D4'],
    '老城区停车收费方案为什么不听证',
    '云江市停车收费标准调整方案公示三天就要实施，云州区老城区停车费翻倍，依据是什么？有没有开过听证会？',
    null,
  ],
];

/** What the people of the office are called, as on a real sheet. */
const NAMES = { analyst: '周敏', shift_leader: '陈国栋', supervision: '许建平', gov_office: '何静', spokesperson: '林晓', body_head: '赵启明', competent_reviewer: '孙立', secrecy_reviewer: '钱卫东', hotline_operator: '吴倩' }; // prettier-ignore
/** What a planted clock asks for: the words of the packs. */
const LIMITS = { 'firstRelease.target': '力争3小时内发布权威信息', 'firstRelease.limit': '最迟5小时发布权威信息', 'pressConference.limit': '24小时内举行新闻发布会', 'publicResponse.limit': '48小时内予以回应' }; // prettier-ignore
const DUE_SOON = '云州区一化工仓库起火，多人受伤，附近居民已疏散，网民询问是否有毒气体泄漏。';

const city = await CityOffice.open('2026-11-20T09:00:00+08:00');
nameEverybody();
const sheets = [];
let registered = false;
try {
  await pastCases();
  const cases = {};
  for (const [key, kinds, title, text, statement] of NEWS)
    cases[key] = await handle(key, [kinds, title, text, statement]);
  await knock(cases.parking);
  await hotline();
  await city.advance(60 * 24 * 3);
  const analyst = await city.person('analyst');
  must(await city.post(analyst, `/incidents/${cases.parking.incident}/effect-evaluation`));
  cases.bulletin = must(await city.post(await city.person('supervision'), '/reports/bulletin/freeze', { quarter: '2026Q4' })).id; // prettier-ignore
  await dueSoon();
  await list(cases);
  await print();
} finally {
  await city.close();
}

/** Everybody signs with a Chinese name; the ledger keeps the name that the account has. */
function nameEverybody() {
  const plain = city.person.bind(city);
  city.person = async (duty, body) => {
    const client = await plain(duty, body);
    await city.office.db.asOwner('UPDATE users SET display_name = $1 WHERE username = $2', [
      NAMES[duty] ?? '值班员',
      body === undefined ? duty : `${duty}.${body.toLowerCase()}`,
    ]);
    return client;
  };
}

/** Something that runs out within the hour, for the board of the shift leader. */
async function dueSoon() {
  const incident = await city.read('云州区一化工仓库起火', DUE_SOON);
  const analyst = await city.person('analyst');
  must(await city.post(analyst, `/incidents/${incident}/confirm`, { grade: 'II' }));
  await city.settle();
  const { proposal } = must(await city.get(analyst, `/incidents/${incident}`));
  must(await city.post(analyst, `/incidents/${incident}/assign`, { addressees: [{ bodyId: proposal.leadBodyId, role: 'lead' }] })); // prettier-ignore
  await city.advance(3);
}

/** A quarter and the one before, in which the same two counties lag: what a bulletin compares. */
async function pastCases() {
  const { db } = city.office;
  const now = await city.now();
  const titles = [
    '学校食堂食材质量受质疑',
    '道路施工围挡三个月无人作业',
    '工业园区夜间异味',
    '医院收费与公示不符',
    '公交线路调整未征求意见',
  ];
  const departments = await db.asOwner(
    `SELECT id, jurisdiction FROM bodies WHERE kind NOT IN ('division', 'town') AND jurisdiction <> '990100' ORDER BY jurisdiction, id`,
  );
  const places = [...new Set(departments.map(({ jurisdiction }) => jurisdiction))].slice(0, 6);
  for (let n = 0; n < 72; n += 1) {
    const place = places[n % places.length];
    const inPlace = departments.filter(({ jurisdiction }) => jurisdiction === place);
    const late = n % places.length < 2 && n % 3 !== 0;
    const startedAt = new Date(now.getTime() - (3 + (n % 36) * 4) * 86_400_000 - n * 977_000);
    const fast = n % 6 === 5;
    await plantCase(db, now, {
      title: `${titles[n % titles.length]}（${n + 1}）`,
      jurisdiction: place,
      body: inPlace[n % inPlace.length].id,
      startedAt,
      fast,
      released: late ? 60.5 : (fast ? 2 : 20) + (n % 7) / 2,
      held: fast ? 20 + (n % 6) : null,
      category: ['C3', 'C4', 'C6', 'C7'][n % 4],
      state: n % 2 === 0 ? 'responded' : 'struckOff',
    });
  }
  await db.asOwner(`UPDATE incidents SET number = '云舆〔2026〕' || o.n || '号', closed_at = CASE state WHEN 'struckOff' THEN detected_at + interval '6 days' END
                      FROM (SELECT id, 100 + row_number() OVER (ORDER BY detected_at) AS n FROM incidents) o WHERE o.id = incidents.id`); // prettier-ignore
  for (const [key, label] of Object.entries(LIMITS))
    await db.asOwner('UPDATE response_clocks SET label = $1 WHERE clock_key = $2', [label, key]);
}

/** From the article to the reply; without a statement it stays unanswered. */
async function handle(key, [kinds, title, text, statement]) {
  const incident = key === 'rumour' ? await city.hear(text) : await city.read(title, text);
  const analyst = await city.person('analyst');
  must(await city.post(analyst, `/incidents/${incident}/confirm`, { grade: statement === null ? 'II' : 'IV' }));
  await city.settle();
  const { proposal } = must(await city.get(analyst, `/incidents/${incident}`));
  const body = proposal.leadBodyId;
  const [order] = must(
    await city.post(analyst, `/incidents/${incident}/assign`, { addressees: [{ bodyId: body, role: 'lead' }] }),
  ).assignmentIds;
  await city.settle();
  if (statement === null) return { incident, body, order };
  const spokesperson = await city.person('spokesperson', body);
  must(await city.post(spokesperson, `/assignments/${order}/acknowledge`));
  must(
    await city.post(spokesperson, `/assignments/${order}/verify`, {
      facts: '反映情况属实。主管因老化破裂，抢修队伍已到场，预计当晚恢复。',
      factSource: '现场核查',
    }),
  );
  const leader = await city.person('shift_leader');
  must(await city.post(leader, `/incidents/${incident}/dispose`, { kinds, reason: '经研判' }));
  await channel(body);
  const { id } = await city.release(incident, body, {
    ...(key === 'rumour' ? { kind: 'rumourClarification' } : {}),
    body: statement,
  });
  const evidence = { statementIds: [id] };
  const made = { incident, body, order };
  if (key === 'rumour') {
    const transfer = must(
      await city.post(leader, `/incidents/${incident}/transfers`, {
        addressee: '云江市公安局',
        reason: '涉嫌编造、传播虚假灾情',
      }),
    ).id;
    await city.post(leader, `/transfers/${transfer}/receipt`, {
      result: 'accepted',
      reference: '云公网安回〔2026〕9号',
      by: '网安支队 值班民警',
      note: '',
    });
    Object.assign(evidence, { transferId: transfer });
    made.transfer = transfer;
  }
  if (kinds[0] === 'D2') Object.assign(evidence, { solutionDate: '2026-11-20' });
  must(await city.post(leader, `/incidents/${incident}/disposition-evidence`, { kind: kinds[0], evidence }));
  for (const [who, step] of [
    [['body_head', body], 'rectified'],
    [['shift_leader'], 'accepted'],
    [['supervision'], 'struckOff'],
  ])
    must(
      await city.post(await city.person(...who), `/incidents/${incident}/close-out`, {
        step,
        note: '已更换主管并通水，逐户回访',
      }),
    );
  await city.settle();
  must(await city.post(analyst, `/incidents/${incident}/effect-evaluation`));
  return made;
}

async function channel(bodyId) {
  if (registered) return;
  registered = true;
  const { id } = must(
    await city.post(await city.person('analyst'), '/channels', {
      bodyId,
      kind: 'webRelease',
      name: '市政府网站',
      urlPrefix: `http://${city.site.host}/gov/`,
      firstPlatform: true,
    }),
  );
  must(await city.post(await city.person('gov_office'), `/channels/${id}/confirm`));
}

/** Time goes on and nobody answers: reminders, a supervision, and when its limit is over a referral. */
async function knock() {
  for (const minutes of [20, 60, 15, 60, 30]) await city.advance(minutes);
  await issueProposals();
  for (const minutes of [120, 130, 15]) await city.advance(minutes);
  await issueProposals();
  for (let day = 0; day < 2; day += 1) await city.advance(60 * 24);
}

async function hotline() {
  const [source] = await city.office.db.asOwner(`SELECT id FROM sources WHERE kind = 'hotline' LIMIT 1`);
  const now = await city.now();
  for (let n = 0; n < 40; n += 1)
    await insertRow(city.office.db, 'items', { source_id: source.id, jurisdiction: '990121', kind: 'call', work_order_number: `2611${n}`, request_type: ['投诉', '求助', '咨询', '举报', '建议'][n % 5], channel: '12345', received_at: new Date(now.getTime() - n * 3_600_000), raw: JSON.stringify({ satisfaction: ['满意', '基本满意', '不满意', '未表态'][n % 4], ...(n % 3 < 2 ? { closedAt: now.toISOString() } : {}) }) }); // prettier-ignore
}

async function issueProposals() {
  const rows = await city.office.db.asOwner(`SELECT id FROM escalations WHERE state = 'proposed'`);
  const supervisor = await city.person('supervision');
  for (const { id } of rows) {
    const answer = await city.post(supervisor, `/escalations/${id}/issue`);
    if (answer.status >= 300) console.error(`not issued: ${JSON.stringify(answer.body)}`);
  }
}

async function list(cases) {
  const { db } = city.office;
  const { incident, order } = cases.burst;
  const steps = await db.asOwner(
    `SELECT DISTINCT ON (step) step, id FROM escalations WHERE step <> 'notice' AND state <> 'proposed' ORDER BY step, at DESC, ordinal DESC`,
  );
  const clocks = await db.asOwner(
    `SELECT id, scope, state FROM response_clocks WHERE computation->'steps' IS NOT NULL AND incident_id = ANY($1) ORDER BY scope DESC, due_at`,
    [[cases.parking.incident, incident]],
  );
  sheets.push(
    ['order', `/assignments/${order}/sheet`],
    ['order-open', `/assignments/${cases.parking.order}/sheet`],
    ...steps.map(({ step, id }) => [`escalation-${step}`, `/escalations/${id}/sheet`]),
    ['clock-public', `/clocks/${clocks[0].id}/sheet`],
    ['clock-inner', `/clocks/${clocks.at(-1).id}/sheet`],
    ['flash', `/incidents/${incident}/flash?format=print`],
    ['special', `/incidents/${incident}/special-report?format=print`],
    ['flash-open', `/incidents/${cases.parking.incident}/flash?format=print`],
    ['special-open', `/incidents/${cases.parking.incident}/special-report?format=print`],
    ['effect', `/incidents/${incident}/effect-evaluation/sheet`],
    ['effect-open', `/incidents/${cases.parking.incident}/effect-evaluation/sheet`],
    ['transfer', `/transfers/${cases.rumour.transfer}/sheet`],
    ['daily', '/reports/daily?date=2026-11-20&format=print'],
    ['weekly', '/reports/weekly?date=2026-11-20&format=print'],
    ['monthly', '/reports/monthly?date=2026-11-20&format=print'],
    ['bulletin', '/reports/bulletin?quarter=2026Q4&format=print'],
    ['bulletin-frozen', `/reports/bulletins/${cases.bulletin}?format=print`],
    ['overdue', '/reports/overdue?format=print'],
    ['next-hour', '/reports/next-hour?format=print'],
    ['ledger', '/reports/ledger?from=2026-10-01&to=2026-11-27&format=print'],
    ['public', '/reports/public?month=2026-11&format=print'],
    ['indicators', '/reports/indicators?quarter=2026Q4&format=print'],
    ['charts', '/reports/document?report=charts&month=2026-11&format=print'],
  );
}

async function print() {
  const browser = await chromium.launch({
    executablePath: process.env.TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  const page = await (await browser.newContext({ timezoneId: 'Asia/Shanghai' })).newPage();
  const reader = await city.person('supervision');
  for (const [name, address] of sheets) {
    const answer = await reader.call('GET', `/api/v1${address}`);
    const text = await answer.text();
    if (!answer.ok) {
      console.error(`${name}: ${answer.status} ${text}`);
      process.exitCode = 1;
      continue;
    }
    writeFileSync(path.join(values.out, `${name}.html`), text);
    await page.setContent(text);
    const pdf = path.join(values.out, `${name}.pdf`);
    await page.pdf({ path: pdf, format: 'A4', preferCSSPageSize: true, printBackground: true });
    spawnSync('pdftoppm', ['-r', '70', '-png', pdf, path.join(values.out, name)]);
    const pages = spawnSync('pdfinfo', [pdf], { encoding: 'utf8' }).stdout?.match(/Pages:\s+(\d+)/)?.[1] ?? '?';
    console.log(`${name} ${pages}`);
  }
  await browser.close();
}
