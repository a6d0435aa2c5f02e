import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Socket } from 'socket.io-client';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import type { Welcome } from '../../apps/api/live/missed.js';
import type { Position } from '../../apps/api/live/position.js';
import { makeBodies, makeIncident, startApi, type TestApi, type TestClient } from '../support/api.js';
import { liveSockets } from '../support/live.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

let db: TestDatabase;
let api: TestApi;
let own: string;
let foreign: string;
const live = liveSockets(() => api.url);
beforeAll(async () => {
  db = await createTestDatabase();
  await makeBodies(db, ['990121-ENV', '990122-ENV']);
  api = await startApi(db);
  await api.account('spokesperson', [{ duty: 'spokesperson', bodyId: '990121-ENV' }]);
  own = await makeIncident(db, { jurisdiction: '990121', bodies: ['990121-ENV'] });
  foreign = await makeIncident(db, { jurisdiction: '990122', bodies: ['990122-ENV'] });
  await seal();
});
afterAll(async () => {
  live.close();
  await api.stop();
  await db.drop();
});

const seal = async () => {
  while ((await sealBatch(db.worker)) > 0);
};
const happen = async (...incidents: string[]) => {
  await db.worker.asSystem(async (tx) => {
    const at = await tx.now();
    await appendLedger(
      tx,
      incidents.map((incidentId) => ({ type: 'incident.happened', at, actor: systemActor('test'), incidentId })),
    );
  });
  await seal();
};
const sessionOf = async (client: TestClient) => {
  const response = await client.call('GET', '/api/v1/session');
  expect(response.status).toBe(200);
  return (await response.json()) as { live: Position };
};

/** Connects as a client that was at `since`, and gives its socket and what it is told. */
async function come(client: TestClient, since?: unknown): Promise<{ socket: Socket; told: Welcome }> {
  const socket = live.begin(client.cookieHeader, { auth: since === undefined ? {} : { since } });
  const told = await new Promise<Welcome>((resolve, reject) => {
    socket.once('welcome', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, told };
}

describe('a client that comes back', () => {
  it('is told what changed while it was away, each thing once, and nothing when nothing did', async () => {
    const client = await api.signedIn('spokesperson');
    await seal();
    const { socket, told } = await come(client);
    expect(told.missed).toBe('everything');
    socket.disconnect();
    await happen(own, own);
    await happen(own);
    const back = (await come(client, told)).told;
    expect(back.missed).toEqual([{ topic: 'incident', id: own, version: back.seq }]);
    expect(back.seq).toBe(told.seq + 3);
    expect((await come(client, back)).told).toEqual({ ...back, missed: [] });
  });

  it('is not told of incidents outside its scope', async () => {
    const client = await api.signedIn('spokesperson');
    const { told } = await come(client);
    await happen(foreign);
    expect((await come(client, told)).told.missed).toEqual([]);
    await happen(foreign, own);
    expect((await come(client, told)).told.missed).toEqual([expect.objectContaining({ id: own })]);
  });

  it('and one whose incident has left its scope meanwhile hears of it no more', async () => {
    const client = await api.signedIn('spokesperson');
    const moved = await makeIncident(db, { jurisdiction: '990121', bodies: ['990121-ENV'] });
    const { told } = await come(client);
    await happen(moved);
    await db.asOwner(`UPDATE incidents SET jurisdiction = '990122', body_ids = '{990122-ENV}' WHERE id = $1`, [moved]);
    expect((await come(client, told)).told.missed).toEqual([]);
  });

  it('reads everything again when it was away too long, or too much changed', async () => {
    const client = await api.signedIn('spokesperson');
    const { told } = await come(client);
    await happen(...Array.from({ length: 1_001 }, () => foreign));
    expect((await come(client, told)).told.missed).toBe('everything');
    const many = await Promise.all(
      Array.from({ length: 201 }, () => makeIncident(db, { jurisdiction: '990121', bodies: ['990121-ENV'] })),
    );
    const { told: later } = await come(client);
    await happen(...many);
    expect((await come(client, later)).told.missed).toBe('everything');
  });

  it.each([
    ['a position that the ledger never reached, after a restore', (at: Position) => ({ ...at, seq: at.seq + 1 })],
    ['what is no position', () => ({ seq: '0; DROP', standing: 7 })],
    ['a standing that is not its own', (at: Position) => ({ ...at, standing: 'guessed' })],
  ])('reads everything again with %s', async (_what, made) => {
    const client = await api.signedIn('spokesperson');
    const { told } = await come(client);
    expect((await come(client, made(told))).told.missed).toBe('everything');
  });
});

describe('a page that has just read', () => {
  it('begins at the position of its session: it misses nothing in between, and reads nothing twice', async () => {
    const client = await api.signedIn('spokesperson');
    await api.server.live.passOn();
    const { live: at } = await sessionOf(client);
    expect((await come(client, at)).told.missed).toEqual([]);
    await happen(own);
    expect((await come(client, at)).told.missed).toEqual([expect.objectContaining({ id: own })]);
  });

  it('that stays connected is told how far the ledger is, also when nothing concerned it', async () => {
    const client = await api.signedIn('spokesperson');
    const { socket } = await come(client);
    const position = new Promise<{ seq: number }>((resolve) => socket.once('position', resolve));
    await happen(foreign);
    await api.server.live.passOn();
    await api.server.live.tellPosition();
    expect((await position).seq).toBe((await come(client)).told.seq);
  });
});

describe('a change of duties', () => {
  it('is told at once to who is connected, and found by who comes back', async () => {
    const id = await api.account('promoted', [{ duty: 'spokesperson', bodyId: '990121-ENV' }]);
    const client = await api.signedIn('promoted');
    const { socket, told } = await come(client);
    const again = new Promise<Welcome>((resolve) => socket.once('welcome', resolve));
    await db.asOwner('UPDATE duties SET valid_to = huiying_now() WHERE user_id = $1', [id]);
    await api.server.live.review();
    expect((await again).missed).toBe('everything');
    expect((await again).standing).not.toBe(told.standing);
    expect((await come(client, told)).told.missed).toBe('everything');
  });
});
