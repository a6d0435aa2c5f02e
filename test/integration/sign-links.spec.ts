import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { bodyOf, CountyOffice, said } from '../support/county-office.js';
import { insertRow } from '../support/rows.js';

jest.setTimeout(120_000);

let office: CountyOffice;
const people: Record<string, string> = {};
beforeAll(async () => {
  office = await CountyOffice.open(['URB', 'ENV', 'PUBL', 'CYBER']);
  for (const [code, role, name] of [
    ['URB', 'spokesperson', '沈岚'],
    ['URB', 'deputy', '顾平'],
    ['ENV', 'spokesperson', '方远'],
  ] as const) {
    people[name] = newId();
    await insertRow(office.db, 'persons', {
      id: people[name],
      body_id: bodyOf(code),
      name,
      post: '新闻发言人',
      role,
      valid_from: '2020-01-01',
    });
  }
});
afterAll(() => office.close());

const linkFor = async (order: string, body: object = {}): Promise<string> => {
  const answer = await office.post(await office.person('analyst'), `/assignments/${order}/sign-links`, body);
  expect(said(answer)).toBe('201');
  return `${office.api.url}${answer.body['path'] as string}`;
};
const open = async (link: string, language = 'zh-CN') => (await fetch(`${link}?lang=${language}`)).text();
const sign = async (link: string, name: string) =>
  (
    await fetch(link, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: office.api.url },
      body: new URLSearchParams({ name }).toString(),
    })
  ).text();
const stateOf = async (order: string) =>
  (
    await office.db.asOwner<{ state: string; acknowledged_at: Date | null; version: number }>(
      'SELECT state, acknowledged_at, version FROM assignments WHERE id = $1',
      [order],
    )
  )[0]!;
const fresh = async (): Promise<[string, string]> => {
  const incident = await office.incident();
  const [order] = (await office.assign(incident, 'URB')) as [string];
  return [incident, order];
};

describe('a link to sign by', () => {
  it('shows what is signed for, without a session, and changes nothing however often it is fetched', async () => {
    const [incident, order] = await fresh();
    const link = await linkFor(order);
    const before = await stateOf(order);
    for (let i = 0; i < 3; i += 1) expect(await open(link)).toContain('银杏苑停水');
    expect(await open(link)).toMatch(/<option value="沈岚"\s+selected>/);
    expect(await open(link, 'en')).toContain('Sign for it');
    expect(await stateOf(order)).toEqual(before);
    expect(await office.ledger(incident, 'assignment.acknowledged')).toEqual([]);
  });

  it('is small, needs no script and keeps its secret out of the database', async () => {
    const [, order] = await fresh();
    const link = await linkFor(order);
    const answer = await fetch(link);
    const page = await answer.text();
    expect(page.length).toBeLessThan(8_000);
    expect(page).not.toContain('<script');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const rows = await office.db.asOwner<{ row: string }>('SELECT sign_links::text AS row FROM sign_links');
    const secret = link.split('/').at(-1)!;
    expect(rows.filter(({ row }) => row.includes(secret))).toEqual([]);
  });

  it('signs once, in the name of a person of the body; the second use says so and changes nothing', async () => {
    const [incident, order] = await fresh();
    const link = await linkFor(order);
    expect(await sign(link, '方远')).toContain('不在该单位的通讯录');
    expect((await stateOf(order)).state).toBe('dispatched');
    expect(await sign(link, '顾平')).toContain('已签收');
    const signed = await stateOf(order);
    expect(signed.state).toBe('acknowledged');
    expect(await sign(link, '沈岚')).toContain('链接已使用');
    expect(await open(link)).toContain('链接已使用');
    expect(await stateOf(order)).toEqual(signed);
    const [entry] = await office.db.asOwner<{ actor_name: string }>(
      `SELECT actor_name FROM ledger_entries WHERE incident_id = $1 AND type = 'assignment.acknowledged'`,
      [incident],
    );
    expect(entry!.actor_name).toBe('顾平');
  });

  it('signs once when two send it at the same time', async () => {
    const [incident, order] = await fresh();
    const link = await linkFor(order);
    const pages = await Promise.all(['沈岚', '顾平', '沈岚', '顾平'].map((name) => sign(link, name)));
    expect(pages.filter((page) => page.includes('可以关闭本页'))).toHaveLength(1);
    expect(pages.filter((page) => page.includes('链接已使用'))).toHaveLength(3);
    expect(await office.ledger(incident, 'assignment.acknowledged')).toHaveLength(1);
  });

  it('is too late at the instant of its expiry', async () => {
    const [, order] = await fresh();
    const link = await linkFor(order);
    await office.advance(24 * 60);
    expect(await sign(link, '沈岚')).toContain('链接已过期');
    expect((await stateOf(order)).state).toBe('dispatched');
  });

  it('signs nothing when the order was passed to another body, is being returned or was signed for already', async () => {
    const [incident, order] = await fresh();
    const link = await linkFor(order);
    const to = { addressees: [{ bodyId: bodyOf('ENV'), role: 'lead' }], reason: '改派' };
    await office.post(await office.person('analyst'), `/incidents/${incident}/transfer`, to);
    expect(await sign(link, '沈岚')).toContain('交办已变更');
    expect((await stateOf(order)).acknowledged_at).toBeNull();

    const [, returned] = await fresh();
    const second = await linkFor(returned);
    await office.post(await office.person('liaison', 'URB'), `/assignments/${returned}/return`, { code: 'R6' });
    expect(await sign(second, '沈岚')).toContain('交办已变更');

    const [, signed] = await fresh();
    const third = await linkFor(signed);
    await office.post(await office.person('liaison', 'URB'), `/assignments/${signed}/acknowledge`);
    expect(await sign(third, '沈岚')).toContain('已经签收');
  });

  it('belongs to one body: a link that names another one signs nothing', async () => {
    const [, order] = await fresh();
    const link = await linkFor(order);
    await office.db.asOwner('UPDATE sign_links SET body_id = $2 WHERE assignment_id = $1', [order, bodyOf('CYBER')]);
    expect(await sign(link, '沈岚')).toContain('链接无效');
    expect((await stateOf(order)).state).toBe('dispatched');
  });

  it('is unknown when it is guessed, and is refused from another site', async () => {
    expect(await open(`${office.api.url}/sign/${'a'.repeat(43)}`)).toContain('链接无效');
    expect(await sign(`${office.api.url}/sign/nothing`, '沈岚')).toContain('链接无效');
    const [, order] = await fresh();
    const link = await linkFor(order);
    const answer = await fetch(link, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' },
      body: 'name=x',
    });
    expect(answer.status).toBe(403);
  });

  it('is issued to who is on duty, else to the spokesperson, and to nobody of another body', async () => {
    const [, order] = await fresh();
    const [{ now }] = (await office.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now')) as [{ now: Date }];
    await insertRow(office.db, 'rosters', {
      id: newId(),
      body_id: bodyOf('URB'),
      person_id: people['顾平'],
      starts_at: new Date(now.getTime() - 60_000),
      ends_at: new Date(now.getTime() + 600_000),
    });
    const analyst = await office.person('analyst');
    const issued = await office.post(analyst, `/assignments/${order}/sign-links`, {});
    expect(issued.body['person']).toBe('顾平');
    const wrong = await office.post(analyst, `/assignments/${order}/sign-links`, { personId: people['方远'] });
    expect(said(wrong)).toBe('422 NO_PERSON');
    await office.post(await office.person('liaison', 'URB'), `/assignments/${order}/acknowledge`);
    expect(said(await office.post(analyst, `/assignments/${order}/sign-links`, {}))).toBe('409 NOTHING_TO_SIGN');
  });
});
