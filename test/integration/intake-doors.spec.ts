import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestClient } from '../support/api.js';
import { IntakeOffice, PLACE } from '../support/intake.js';

jest.setTimeout(120_000);

let office: IntakeOffice;
beforeAll(async () => {
  office = await IntakeOffice.open();
  await office.source();
});
afterAll(() => office?.close());

const send = async (who: TestClient, address: string, type: string, body: string) => {
  const answer = await fetch(`${office.api.url}${address}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, origin: office.api.url, cookie: who.cookieHeader, 'x-csrf-token': who.csrf },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>[] & Record<string, unknown> };
};

describe('Open311', () => {
  const PHONE = '13912345678';
  const requests = async (query = '') =>
    (await (await office.operator.call('GET', `/open311/v2/requests.json${query}`)).json()) as Record<
      string,
      unknown
    >[];
  const post = (fields: Record<string, string>) =>
    send(
      office.operator,
      '/open311/v2/requests.json',
      'application/x-www-form-urlencoded',
      new URLSearchParams(fields).toString(),
    );
  const REQUEST = {
    service_code: '010000',
    description: `城东花园停水三天,请打${PHONE}`,
    address_string: '城东花园',
    first_name: '建国',
    last_name: '张',
    phone: PHONE,
  };

  it('says its services to everybody, and takes requests of known services only', async () => {
    const services = (await (await fetch(`${office.api.url}/open311/v2/services.json`)).json()) as object[];
    expect(services).toContainEqual(
      expect.objectContaining({ service_code: '010000', service_name: '供水供电供气供热' }),
    );
    expect(await post({ ...REQUEST, service_code: '1' })).toMatchObject({
      status: 404,
      body: { code: 'OPEN311_NO_SERVICE' },
    });
    expect((await fetch(`${office.api.url}/open311/v2/requests.json`)).status).toBe(401);
  });

  it('gives a request back as it came, without what tells of its caller', async () => {
    const { status, body } = await post(REQUEST);
    expect(status).toBe(201);
    const id = String(body[0]!['service_request_id']);
    const [own] = await requests(`?service_request_id=${id}`);
    expect(own).toMatchObject({ service_request_id: id, status: 'open', service_code: '010000' });
    expect(own!['description']).toContain('139****5678');
    expect(JSON.stringify(own)).not.toMatch(new RegExp(`${PHONE}|建国`));
    expect(await requests('?service_code=020000')).toEqual([]);
    const pieces = await office.ask<{ pieces: { value: string }[] }>(
      office.operator,
      'POST',
      `/items/${id}/personal-data`,
      {
        reason: '回访核实地址',
      },
    );
    expect(pieces.pieces.map(({ value }) => value)).toContain(PHONE);
  });
});

describe('OPML', () => {
  const LIST = `<opml version="2.0"><body><outline text="媒体"><outline type="rss" text="某市发布" xmlUrl="https://news.example.cn/rss"/><outline type="rss" text="A &amp; B" xmlUrl="https://b.example.cn/feed?x=1&amp;y=2"/></outline></body></opml>`;
  const give = (list: string) => send(office.leader, `/api/v1/sources/opml?jurisdiction=${PLACE}`, 'text/x-opml', list);

  it('brings sources in once, and out as it brought them', async () => {
    expect(await give(LIST)).toMatchObject({ status: 200, body: { read: 2, added: 2, known: 0 } });
    expect(await give(LIST)).toMatchObject({ body: { read: 2, added: 0, known: 2 } });
    const out = await (await office.leader.call('GET', '/api/v1/sources/opml')).text();
    expect(out).toContain('xmlUrl="https://b.example.cn/feed?x=1&amp;y=2"');
    expect(await give(out)).toMatchObject({ body: { read: 2, added: 0, known: 2 } });
    expect(await office.ledger('source.created')).toHaveLength(2);
  });

  it('takes no file addresses and no entities', async () => {
    const hostile = `<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml version="2.0"><body><outline type="rss" text="&x;" xmlUrl="file:///etc/passwd"/></body></opml>`;
    await give(hostile);
    const rows = await office.db.asOwner(`SELECT 1 FROM sources WHERE url LIKE 'file:%' OR name LIKE '%root:%'`);
    expect(rows).toEqual([]);
  });
});
