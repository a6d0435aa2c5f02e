import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { bodyOf, CountyOffice, said } from '../support/county-office.js';

jest.setTimeout(120_000);

let office: CountyOffice;
beforeAll(async () => {
  office = await CountyOffice.open(['GOVO', 'URB', 'ENV', 'PUBL', 'CYBER']);
});
afterAll(() => office.close());

const HEADING = '类型,机构,名称,简称,上级,姓名,职务,角色,电话,副班,开始,结束,生效日期';
const importCsv = async (apply: boolean, ...lines: string[]) => {
  const administrator = await office.person('administrator');
  const answer = await fetch(`${office.api.url}/api/v1/directory/import?apply=${apply}`, {
    method: 'POST',
    headers: {
      'content-type': 'text/csv',
      origin: office.api.url,
      cookie: administrator.cookieHeader,
      'x-csrf-token': administrator.csrf,
    },
    body: [HEADING, ...lines].join('\n'),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const today = async () => {
  const [{ day }] = (await office.db.asOwner<{ day: string }>(
    `SELECT to_char(huiying_now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day`,
  )) as [{ day: string }];
  return day;
};
const detail = async (code: string) =>
  (await office.get(await office.person('administrator'), `/directory/body?id=${bodyOf(code)}`)).body;

describe('the directory', () => {
  it('is imported from a table: a trial writes nothing, a fault stops the whole table, a faultless one is written', async () => {
    const person = `人员,${bodyOf('URB')},,,,沈岚,副局长,新闻发言人,0513-1,,,,2024-01-01`;
    const trial = await importCsv(false, person);
    expect(trial.body).toMatchObject({ applied: false, persons: 1, faults: [] });
    expect((await detail('URB'))['persons']).toEqual([]);
    const faulty = await importCsv(true, person, `人员,${bodyOf('NOPE')},,,,某人,,联络员,,,,,`);
    expect(faulty.body).toMatchObject({ applied: false, faults: [{ row: 3, column: '机构', code: 'UNKNOWN_CODE' }] });
    expect((await detail('URB'))['persons']).toEqual([]);
    const done = await importCsv(true, person, `人员,${bodyOf('URB')},,,,顾平,科长,B角,,,,,2024-01-01`);
    expect(done.body).toMatchObject({ applied: true, persons: 2 });
    expect((await detail('URB'))['persons']).toMatchObject([
      { name: '沈岚', role: 'spokesperson' },
      { name: '顾平', role: 'deputy' },
    ]);
  });

  it('names gaps until somebody speaks for a body and somebody stands in', async () => {
    const gaps = async () => {
      const answer = await office.get(await office.person('administrator'), '/directory/gaps');
      return (answer.body['items'] as { bodyId: string; gap: string }[]).map(({ bodyId, gap }) => `${bodyId} ${gap}`);
    };
    expect(await gaps()).toContain(`${bodyOf('ENV')} nobody`);
    await importCsv(true, `人员,${bodyOf('ENV')},,,,方远,局长,主要负责人,,,,,2024-01-01`);
    expect(await gaps()).toContain(`${bodyOf('ENV')} noSpokesperson`);
    expect((await gaps()).filter((gap) => gap.startsWith(bodyOf('URB')))).toEqual([]);
  });

  it('shows an old case the body of its day: name, head, spokesperson', async () => {
    const incident = await office.incident();
    const [order] = (await office.assign(incident, 'URB')) as [string];
    const analyst = await office.person('analyst');
    const ofDay = async () =>
      ((await office.get(analyst, `/incidents/${incident}/bodies`)).body['items'] as Record<string, unknown>[])[0];
    expect(await ofDay()).toMatchObject({ assignmentId: order, name: bodyOf('URB'), spokesperson: '沈岚', head: null });
    await office.advance(3 * 24 * 60);
    const from = await today();
    const later = await importCsv(
      true,
      `机构,${bodyOf('URB')},白塔县综合行政执法局,县综合执法局,,,,,,,,,${from}`,
      `人员,${bodyOf('URB')},,,,钱英,副局长,新闻发言人,,,,,${from}`,
    );
    expect(later.body).toMatchObject({ applied: true });
    expect(await detail('URB')).toMatchObject({ name: '白塔县综合行政执法局' });
    expect(await ofDay()).toMatchObject({ name: bodyOf('URB'), spokesperson: '沈岚' });
  });

  it('plans turns of duty that do not overlap, and keeps the hand-over note of the body’s own people', async () => {
    const administrator = await office.person('administrator');
    const persons = (await detail('URB'))['persons'] as { id: string; name: string }[];
    const idOf = (name: string) => persons.find((person) => person.name === name)!.id;
    const [{ now }] = (await office.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now')) as [{ now: Date }];
    const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
    const turn = { bodyId: bodyOf('URB'), personId: idOf('顾平'), startsAt: at(-1), endsAt: at(8) };
    const planned = await office.post(administrator, '/directory/turns', { ...turn, deputyId: idOf('钱英') });
    expect(said(planned)).toBe('201');
    expect(await detail('URB')).toMatchObject({
      onDuty: { personId: idOf('顾平'), deputyId: idOf('钱英'), by: 'roster' },
    });
    expect(
      said(await office.post(administrator, '/directory/turns', { ...turn, startsAt: at(7), endsAt: at(9) })),
    ).toBe('409 TURNS_OVERLAP');
    expect(
      said(await office.post(administrator, '/directory/turns', { ...turn, startsAt: at(20), endsAt: at(19) })),
    ).toBe('422 DATES_REVERSED');
    const env = (await detail('ENV'))['persons'] as { id: string }[];
    const foreign = { ...turn, personId: env[0]!.id, startsAt: at(10), endsAt: at(12) };
    expect(said(await office.post(administrator, '/directory/turns', foreign))).toBe('422 PERSON_NOT_OF_BODY');
    const note = { turnId: planned.body['id'], note: '两件待签收，已电话告知' };
    expect(said(await office.post(await office.person('liaison', 'ENV'), '/directory/handovers', note))).toBe(
      '403 NOT_IN_THIS_BODY',
    );
    expect(said(await office.post(await office.person('liaison', 'URB'), '/directory/handovers', note))).toBe('200');
    expect((await detail('URB'))['turns']).toMatchObject([{ handover: { note: '两件待签收，已电话告知' } }]);
    const own = async (code: string) =>
      (await office.get(await office.person('liaison', code), '/directory/own-turns')).body['items'];
    expect(await own('URB')).toMatchObject([
      {
        bodyId: bodyOf('URB'),
        personName: '顾平',
        deputyName: '钱英',
        by: 'roster',
        turns: [{ personName: '顾平', begun: true, handover: { note: '两件待签收，已电话告知' } }],
      },
    ]);
    expect(await own('ENV')).toMatchObject([{ bodyId: bodyOf('ENV'), turns: [] }]);
    expect(said(await office.get(administrator, '/directory/own-turns'))).toBe('403 PERMISSION_MISSING');
  });
});

describe('minutes by holder', () => {
  it('of a case add up to the time from its detection, and returns count for the body that gave them', async () => {
    const incident = await office.incident();
    await office.advance(30);
    const [order] = (await office.assign(incident, 'URB')) as [string];
    await office.advance(20);
    await office.post(await office.person('liaison', 'URB'), `/assignments/${order}/return`, { code: 'R6' });
    await office.advance(10);
    await office.post(await office.person('analyst'), `/assignments/${order}/return/decide`, {
      decision: 'accept',
      reason: '信息不足',
    });
    await office.assign(incident, 'ENV');
    await office.advance(40);
    const { body } = await office.get(await office.person('analyst'), `/incidents/${incident}/holders`);
    const spans = body['spans'] as { bodyId: string; reason: string; minutes: number }[];
    // The hand-over itself takes the blink between two calls.
    const long = spans.filter(({ minutes }) => minutes > 1);
    expect(long.map(({ bodyId, reason, minutes }) => `${bodyId} ${reason} ${Math.round(minutes / 10) * 10}`)).toEqual([
      `${bodyOf('CYBER')} unassigned 30`,
      `${bodyOf('URB')} lead 20`,
      `${bodyOf('CYBER')} returnJudged 10`,
      `${bodyOf('ENV')} lead 40`,
    ]);
    expect(body['pingPong']).toBe(1);
    const report = await office.get(await office.person('statistician'), '/reports/holders');
    const row = (report.body['items'] as Record<string, unknown>[]).find((r) => r['bodyId'] === bodyOf('URB'));
    expect(row).toMatchObject({ returns: 1, returnsUpheld: 1, pingPong: 1 });
  });
});
