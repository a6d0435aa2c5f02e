import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Socket } from 'socket.io-client';
import { makeBodies, makeIncident, outcome, startApi, type TestApi, TestClient } from '../support/api.js';
import { liveSockets } from '../support/live.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

let db: TestDatabase;
let api: TestApi;
/** A second process of the same installation. */
let other: TestApi;
let incident: string;
let foreign: string;
const [live, elsewhere] = [liveSockets(() => api.url), liveSockets(() => other.url)];
beforeAll(async () => {
  db = await createTestDatabase();
  await makeBodies(db, ['990121-ENV', '990122-ENV']);
  [api, other] = [await startApi(db), await startApi(db)];
  await api.account('李某', [{ duty: 'spokesperson', bodyId: '990121-ENV' }]);
  await api.account('王某', [{ duty: 'analyst', jurisdiction: '990121' }]);
  await api.account('外人', [{ duty: 'analyst', jurisdiction: '990122' }]);
  incident = await makeIncident(db, { jurisdiction: '990121', bodies: ['990121-ENV'] });
  foreign = await makeIncident(db, { jurisdiction: '990122', bodies: ['990122-ENV'] });
});
afterEach(async () => {
  live.close();
  elsewhere.close();
  await nobody();
});
afterAll(async () => {
  await api.stop();
  await other.stop();
  await db.drop();
});

interface Colleague {
  name: string;
  doing: string;
}

const present = async (client: TestClient, id = incident): Promise<Colleague[]> => {
  const answer = await client.call('GET', `/api/v1/incidents/${id}/presence`);
  return ((await answer.json()) as { items: Colleague[] }).items.map(({ name, doing }) => ({ name, doing }));
};
const rows = async () => (await db.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM presences', []))[0]!.n;
/** Until every page that a test opened has been forgotten. */
const nobody = async () => {
  while ((await rows()) > 0);
};

/** A page of `username` that shows an incident, at the first process or the other one. */
async function open(username: string, at = api): Promise<{ client: TestClient; socket: Socket }> {
  const client = await at.signedIn(username);
  const socket = (at === api ? live : elsewhere).begin(client.cookieHeader);
  await new Promise<void>((resolve, reject) => {
    socket.once('welcome', () => resolve());
    socket.once('connect_error', reject);
  });
  return { client, socket };
}
const show = (socket: Socket, doing = 'viewing', incidentId = incident) =>
  socket.emit('presence', { incidentId, doing });
/** The next hint that somebody came, went or does something else. */
const change = (socket: Socket): Promise<{ id: string }> =>
  new Promise((resolve) =>
    socket.on('hint', (hint: { topic: string; id: string }) => hint.topic === 'presence' && resolve(hint)),
  );
/** A page that is at the incident, and knows that it is. */
async function arrived(username: string, at = api) {
  const page = await open(username, at);
  const told = change(page.socket);
  show(page.socket);
  await told;
  return page;
}

describe('who else is at an incident', () => {
  it('is told to each page that shows it: who came, what they do, and nothing of oneself', async () => {
    const analyst = await arrived('王某');
    expect(await present(analyst.client)).toEqual([]);
    const came = change(analyst.socket);
    const spokesperson = await open('李某');
    show(spokesperson.socket);
    expect(await came).toEqual({ topic: 'presence', id: incident, version: 0 });
    expect(await present(analyst.client)).toEqual([{ name: '测试李某', doing: 'viewing' }]);
    expect(await present(spokesperson.client)).toEqual([{ name: '测试王某', doing: 'viewing' }]);
    const drafts = change(analyst.socket);
    show(spokesperson.socket, 'drafting');
    await drafts;
    expect(await present(analyst.client)).toEqual([{ name: '测试李某', doing: 'drafting' }]);
  });

  it('ends when the page shows another one, and when its socket is gone', async () => {
    const analyst = await arrived('王某');
    for (const leave of [
      ({ socket }: { socket: Socket }) => socket.emit('presence', null),
      ({ socket }: { socket: Socket }) => socket.disconnect(),
      // As when the browser dies: no word, the line is cut.
      ({ socket }: { socket: Socket }) => socket.io.engine.close(),
    ]) {
      const came = change(analyst.socket);
      const spokesperson = await open('李某');
      show(spokesperson.socket);
      await came;
      expect(await present(analyst.client)).toHaveLength(1);
      const left = change(analyst.socket);
      leave(spokesperson);
      await left;
      expect(await present(analyst.client)).toEqual([]);
    }
  });

  it('counts a person once, however many pages are open', async () => {
    const analyst = await arrived('王某');
    const [first, second] = [await arrived('李某'), await open('李某')];
    const drafts = change(analyst.socket);
    show(second.socket, 'drafting');
    await drafts;
    expect(await present(analyst.client)).toEqual([{ name: '测试李某', doing: 'drafting' }]);
    const left = change(analyst.socket);
    second.socket.disconnect();
    await left;
    expect(await present(analyst.client)).toEqual([{ name: '测试李某', doing: 'viewing' }]);
    expect(first.socket.connected).toBe(true);
  });

  it('is known between the processes of an installation', async () => {
    const analyst = await arrived('王某');
    const came = change(analyst.socket);
    await arrived('李某', other);
    await came;
    expect(await present(analyst.client)).toEqual([{ name: '测试李某', doing: 'viewing' }]);
  });
});

describe('presence is', () => {
  it('shown to nobody who may not see the incident, and nobody gets in who may not', async () => {
    const analyst = await arrived('王某');
    const stranger = await open('外人');
    expect(await outcome(stranger.client.call('GET', `/api/v1/incidents/${incident}/presence`))).toBe(
      '404 INCIDENT_NOT_FOUND',
    );
    const heard: unknown[] = [];
    stranger.socket.on('hint', (hint) => heard.push(hint));
    // The first wish is refused; that the second one is carried out shows that the first one has been looked at.
    show(stranger.socket, 'viewing', incident);
    const there = change(stranger.socket);
    show(stranger.socket, 'viewing', foreign);
    expect((await there).id).toBe(foreign);
    expect(await present(analyst.client)).toEqual([]);
    expect(heard).toEqual([{ topic: 'presence', id: foreign, version: 0 }]);
  });

  it('ended for who loses the right to the incident while looking at it', async () => {
    const moving = await makeIncident(db, { jurisdiction: '990121', bodies: ['990121-ENV'] });
    const page = await open('王某');
    const there = change(page.socket);
    show(page.socket, 'viewing', moving);
    await there;
    await db.asOwner(`UPDATE incidents SET jurisdiction = '990122', body_ids = '{990122-ENV}' WHERE id = $1`, [moving]);
    await nobody();
    expect(page.socket.connected).toBe(true);
  });

  it('not for machines: a token reads the incident, the big screen its figures, neither who works', async () => {
    await arrived('王某');
    await api.account('管理员', [{ duty: 'administrator', jurisdiction: '990000' }]);
    const administrator = await api.signedIn('管理员');
    const tokenOf = async (scopes: string[]) => {
      const userId = await api.account(`令牌 ${scopes.join()}`, [{ duty: 'analyst', jurisdiction: '990121' }]);
      const body = { userId, name: scopes.join(), scopes, expiresInDays: 1 };
      const answer = await administrator.call('POST', '/api/v1/tokens', { body });
      return { authorization: `Bearer ${((await answer.json()) as { secret: string }).secret}` };
    };
    const stranger = new TestClient(api.url);
    const ask = (path: string, headers: Record<string, string>) => outcome(stranger.call('GET', path, { headers }));
    const [machine, screen] = [await tokenOf(['incident.read']), await tokenOf(['bigScreen.read'])];
    expect(await ask(`/api/v1/incidents/${incident}`, machine)).toBe('200');
    expect(await ask(`/api/v1/incidents/${incident}/presence`, machine)).toBe('403 FORBIDDEN');
    expect(await ask(`/api/v1/incidents/${incident}/presence`, screen)).toBe('403 PERMISSION_MISSING');
  });

  it('kept nowhere: no entry in the ledger, no row afterwards, no log of the database', async () => {
    const entries = async () => db.asOwner(`SELECT count(*) FROM ledger_entries WHERE type NOT LIKE 'session.%'`);
    const before = await entries();
    const { socket } = await arrived('王某');
    expect(await rows()).toBe(1);
    socket.disconnect();
    await nobody();
    expect(await entries()).toEqual(before);
    expect(await db.asOwner(`SELECT relpersistence AS how FROM pg_class WHERE relname = 'presences'`)).toEqual([
      { how: 'u' },
    ]);
  });

  it('over for the pages of a process that ended without a word, and not for those of one that goes on', async () => {
    const analyst = await arrived('王某');
    await arrived('李某');
    await db.asOwner(
      `INSERT INTO presences SELECT 'of a dead process', incident_id, gen_random_uuid(), '赵某', doing, since, seen_at FROM presences LIMIT 1`,
    );
    expect((await present(analyst.client)).map(({ name }) => name).sort()).toEqual(['测试李某', '赵某']);
    await db.advance(31_000);
    await api.server.live.presence.beat();
    expect(await present(analyst.client)).toEqual([{ name: '测试李某', doing: 'viewing' }]);
    expect(await rows()).toBe(2);
  });

  it('not asked for with words that mean nothing', async () => {
    const { socket, client } = await open('李某');
    const analyst = await arrived('王某');
    for (const said of [{ incidentId: 'x', doing: 'viewing' }, { incidentId: incident, doing: 'sleeping' }, 7, 'here'])
      socket.emit('presence', said);
    const came = change(analyst.socket);
    show(socket);
    await came;
    expect(await present(client)).toEqual([{ name: '测试王某', doing: 'viewing' }]);
  });
});
