import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Socket } from 'socket.io-client';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { makeBodies, makeIncident, startApi, type TestApi } from '../support/api.js';
import { liveSockets } from '../support/live.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

let db: TestDatabase;
let api: TestApi;
let own: string;
let foreign: string;
beforeAll(async () => {
  db = await createTestDatabase();
  await makeBodies(db, ['990121-ENV', '990122-ENV']);
  api = await startApi(db);
  await api.account('spokesperson', [{ duty: 'spokesperson', bodyId: '990121-ENV' }]);
  own = await makeIncident(db, { jurisdiction: '990121', bodies: ['990121-ENV'] });
  foreign = await makeIncident(db, { jurisdiction: '990122', bodies: ['990122-ENV'] });
  while ((await sealBatch(db.worker)) > 0);
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

describe('live hints', () => {
  const live = liveSockets(() => api.url);
  afterAll(() => live.close());
  const connect = (cookie: string, origin = api.url): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = live.begin(cookie, {}, origin);
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', reject);
    });
  const hint = (socket: Socket): Promise<{ topic: string; id: string }> =>
    new Promise((resolve) => socket.once('hint', resolve));
  const happen = async (incidentId: string) => {
    await db.worker.asSystem(async (tx) =>
      appendLedger(tx, [{ type: 'incident.happened', at: await tx.now(), actor: systemActor('test'), incidentId }]),
    );
    while ((await sealBatch(db.worker)) > 0);
  };

  it('go to those who may read the incident, carry no data, and to nobody else', async () => {
    await api.account('elsewhere', [{ duty: 'spokesperson', bodyId: '990122-ENV' }]);
    const [mine, theirs] = [
      await connect((await api.signedIn('spokesperson')).cookieHeader),
      await connect((await api.signedIn('elsewhere')).cookieHeader),
    ];
    const [first, second] = [hint(mine), hint(theirs)];
    await happen(own);
    expect(await first).toEqual({ topic: 'incident', id: own, version: expect.any(Number) });
    await happen(foreign);
    // The first hint that the other one gets is its own: the earlier one never reached it.
    expect((await second).id).toBe(foreign);
  });

  it('of one moment all arrive', async () => {
    const more = await Promise.all(
      Array.from({ length: 20 }, () => makeIncident(db, { jurisdiction: '990121', bodies: ['990121-ENV'] })),
    );
    const socket = await connect((await api.signedIn('spokesperson')).cookieHeader);
    const wanted = new Set(more);
    const all = new Promise<void>((resolve) =>
      socket.on('hint', ({ id }: { id: string }) => {
        wanted.delete(id);
        if (wanted.size === 0) resolve();
      }),
    );
    await db.worker.asSystem(async (tx) => {
      const at = await tx.now();
      await appendLedger(
        tx,
        more.map((incidentId) => ({ type: 'incident.happened', at, actor: systemActor('test'), incidentId })),
      );
    });
    while ((await sealBatch(db.worker)) > 0);
    await all;
  });

  it('need a session, and a page of our own', async () => {
    await expect(connect('')).rejects.toThrow('UNAUTHENTICATED');
    await expect(connect('huiying_session=guessed')).rejects.toThrow('UNAUTHENTICATED');
    await expect(connect((await api.signedIn('spokesperson')).cookieHeader, 'https://evil.example')).rejects.toThrow();
  });

  it('end with the session, and leave with the duty', async () => {
    const id = await api.account('leaver', [{ duty: 'spokesperson', bodyId: '990121-ENV' }]);
    const client = await api.signedIn('leaver');
    const [socket, witness] = [
      await connect(client.cookieHeader),
      await connect((await api.signedIn('spokesperson')).cookieHeader),
    ];
    await db.asOwner('UPDATE duties SET valid_to = huiying_now() WHERE user_id = $1', [id]);
    await api.server.live.review();
    const heard: unknown[] = [];
    socket.on('hint', (told) => heard.push(told));
    const told = hint(witness);
    await happen(own);
    await told;
    expect(heard).toEqual([]);
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));
    await db.asOwner('UPDATE sessions SET revoked_at = huiying_now() WHERE user_id = $1', [id]);
    await api.server.live.review();
    expect(await cut).toBe('io server disconnect');
  });
});
