import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { makeIncident } from '../support/api.js';
import { IntakeOffice, order, PLACE } from '../support/intake.js';

jest.setTimeout(120_000);

const HOUR_MS = 3_600_000;
let office: IntakeOffice;
let server: Server;
let status = 200;
let host: string;
beforeAll(async () => {
  server = createServer((_, response) => void response.writeHead(status).end('<p>城东花园停水三天</p>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  office = await IntakeOffice.open([host], '2026-11-26T10:30:00+08:00');
});
afterAll(async () => {
  await office?.close();
  server?.close();
});

describe('a source that falls silent (domain R1)', () => {
  interface Gap {
    cause: string;
    startedAt: string;
    endedAt: string | null;
    expected: number;
  }
  let source: string;
  const gaps = async () => (await office.ask<{ items: Gap[] }>(office.leader, 'GET', `/sources/${source}/gaps`)).items;

  it('raises no alarm while its silence is what its hours are like', async () => {
    source = await office.source();
    // Four weeks with six orders an hour.
    await office.db.asOwner(
      `INSERT INTO source_hours (source_id, hour, items) SELECT $1, h, 6 FROM generate_series(date_trunc('hour', huiying_now()) - interval '28 days', date_trunc('hour', huiying_now()) - interval '1 hour', interval '1 hour') h`,
      [source],
    );
    expect((await office.send(order('20261126000001'))).status).toBe(200);
    expect(await office.blindSpots.look()).toBe(0);
    await office.advance(HOUR_MS / 6);
    expect(await office.blindSpots.look()).toBe(0);
  });

  it('raises an alarm beyond what chance explains, with a gap that begins at its last item', async () => {
    await office.advance(6 * HOUR_MS);
    expect(await office.blindSpots.look()).toBe(1);
    expect(await office.blindSpots.look()).toBe(0);
    const [last] = await office.db.asOwner<{ at: Date }>('SELECT max(received_at) AS at FROM items');
    const open = await gaps();
    expect(open).toMatchObject([{ cause: 'silence', endedAt: null }]);
    expect(Date.parse(open[0]!.startedAt)).toBe(last!.at.getTime());
    expect(open[0]!.expected).toBeGreaterThan(20);
    expect(await office.ledger('source.gapOpened')).toMatchObject([{ subject: source, payload: { cause: 'silence' } }]);
  });

  it('closes the gap with the next item, and the report of blind spots keeps it', async () => {
    expect((await office.send(order('20261126000002'))).status).toBe(200);
    expect(await office.blindSpots.look()).toBe(1);
    const [last] = await office.db.asOwner<{ at: Date }>('SELECT max(received_at) AS at FROM items');
    const closed = await gaps();
    expect(Date.parse(closed[0]!.endedAt!)).toBe(last!.at.getTime());
    expect(await office.ledger('source.gapClosed')).toMatchObject([{ subject: source }]);
    const report = await office.ask<{ items: Gap[] }>(office.leader, 'GET', '/reports/blind-spots');
    expect(report.items).toMatchObject([{ cause: 'silence' }]);
  });
});

describe('the original of a post in an incident', () => {
  let item: string;
  const original = async () =>
    (await office.ask<{ original: { state: string; httpStatus: number } }>(office.leader, 'GET', `/items/${item}`))
      .original;
  const look = async (answer: number, afterMinutes: number) => {
    status = answer;
    await office.advance(afterMinutes * 60_000);
    expect(await office.originals.checkDue()).toBe(1);
    return original();
  };

  it('is gone after two answers 404 some time apart, which stands in the ledger of the incident', async () => {
    const entry = { title: '停水', text: '城东花园停水三天,物业没有答复', url: `http://${host}/post/1` };
    const entered = await office.ask<{ id: string }>(office.operator, 'POST', '/items', entry);
    expect(entered.status).toBe(201);
    item = entered.id;
    const incident = await makeIncident(office.db, { jurisdiction: PLACE, bodies: [] });
    await office.db.asOwner(
      `INSERT INTO incident_items (incident_id, item_id, relation) VALUES ($1, $2, 'confirmed')`,
      [incident, item],
    );
    expect(await office.originals.checkDue()).toBe(0);
    expect(await look(200, 6 * 60)).toMatchObject({ state: 'present', httpStatus: 200 });
    expect(await look(404, 6 * 60)).toMatchObject({ state: 'present', httpStatus: 404 });
    expect(await office.ledger('item.originalGone')).toEqual([]);
    expect(await look(404, 20)).toMatchObject({ state: 'gone', httpStatus: 404 });
    expect(await office.ledger('item.originalGone')).toMatchObject([{ subject: item, payload: { status: 404 } }]);
    const rows = await office.db.asOwner(
      `SELECT incident_id AS id FROM ledger_entries WHERE type = 'item.originalGone'`,
    );
    expect(rows).toEqual([{ id: incident }]);
    const shown = async () =>
      (
        await office.ask<{ items: { originalGoneSince: string | null }[] }>(
          office.leader,
          'GET',
          `/incidents/${incident}`,
        )
      ).items;
    expect(await shown()).toMatchObject([{ originalGoneSince: expect.any(String) }]);
  });

  it('stays gone while the server fails, and is back when it is', async () => {
    expect(await look(503, 6 * 60)).toMatchObject({ state: 'gone' });
    expect(await look(200, 6 * 60)).toMatchObject({ state: 'present' });
    expect(await office.ledger('item.originalBack')).toMatchObject([{ subject: item }]);
  });
});
