import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DUTIES, type Duty } from '#accounts/contract.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { CONTROLLERS } from '../../apps/api/api.module.js';
import { fullPath, type RouteDefinition } from '../../apps/api/http/route.js';
import { routesOf } from '../../apps/api/http/route-list.js';
import { makeBodies, outcome, startApi, type TestApi, TestClient } from '../support/api.js';
import { sampleOf } from '../support/sample.js';
import { given, plantThings, type Things } from '../support/scope-fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

const [OWN, FOREIGN] = ['990121', '990122'];
const NOBODY = '01890000-0000-7000-8000-000000000000';
const routes = routesOf(CONTROLLERS);
let db: TestDatabase;
let api: TestApi;
let own: Things;
let foreign: Things;
const clients = new Map<Duty, TestClient>();

beforeAll(async () => {
  db = await createTestDatabase();
  await makeBodies(db, [`${OWN}-ENV`, `${FOREIGN}-ENV`]);
  api = await startApi(db);
  for (const duty of DUTIES) {
    const place = api.duties.heldIn(duty) === 'body' ? { bodyId: `${OWN}-ENV` } : { jurisdiction: OWN! };
    await api.account(duty, [{ duty, ...place }]);
    clients.set(duty, await api.signedIn(duty));
  }
  own = await plantThings(db, api, OWN!);
  foreign = await plantThings(db, api, FOREIGN!);
  while ((await sealBatch(db.worker)) > 0);
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

const nameOf = (route: RouteDefinition) => `${route.method} ${fullPath(route)}`;
const thingOf = (route: RouteDefinition, things: Things): string | undefined =>
  things[fullPath(route).replace('/api/v1/', '').split('/')[0]!];
const guarded = routes.filter((route) => route.permission !== 'public');
const withId = guarded.filter((route) => route.path.includes('/:'));

/** Calls a route with the id of a thing, a body that fits it, and a version. */
function call(client: TestClient, route: RouteDefinition, id: string | undefined): Promise<Response> {
  const address = fullPath(route)
    .replace(':id', id ?? NOBODY)
    .replace(/:\w+/g, NOBODY);
  const body = route.body === undefined ? {} : { body: sampleOf(route.body, given(OWN!)) };
  return client.call(route.method, address, {
    ...body,
    headers: route.ifMatch === undefined ? {} : { 'if-match': '"1"' },
  });
}
const holdersOf = (route: RouteDefinition): Duty[] =>
  DUTIES.filter(
    (duty) => route.permission === 'session' || api.duties.permissionsOf(duty).has(route.permission as never),
  );

describe('every route, from the list that Nest is given', () => {
  it('answers 401 without a session', async () => {
    const stranger = new TestClient(api.url);
    for (const route of guarded)
      expect([nameOf(route), await outcome(call(stranger, route, own['incidents']))]).toEqual([
        nameOf(route),
        '401 UNAUTHENTICATED',
      ]);
  });

  it('answers 403 to each duty that does not carry its permission', async () => {
    let calls = 0;
    for (const route of guarded)
      for (const duty of DUTIES.filter((other) => !holdersOf(route).includes(other))) {
        expect([nameOf(route), duty, await outcome(call(clients.get(duty)!, route, thingOf(route, own)))]).toEqual([
          nameOf(route),
          duty,
          '403 PERMISSION_MISSING',
        ]);
        calls += 1;
      }
    expect(calls).toBeGreaterThan(guarded.length);
  });

  it('answers 404 to each duty that carries it, for the id of another county', async () => {
    for (const route of withId) {
      expect([nameOf(route), thingOf(route, foreign)]).toEqual([nameOf(route), expect.any(String)]);
      for (const duty of holdersOf(route)) {
        const answer = await outcome(call(clients.get(duty)!, route, thingOf(route, foreign)));
        expect([nameOf(route), duty, answer.slice(0, 3)]).toEqual([nameOf(route), duty, '404']);
      }
    }
  });

  it('shows own things by their id', async () => {
    for (const route of withId.filter((candidate) => candidate.method === 'GET'))
      for (const duty of holdersOf(route))
        expect([nameOf(route), duty, await outcome(call(clients.get(duty)!, route, thingOf(route, own)))]).toEqual([
          nameOf(route),
          duty,
          '200',
        ]);
  });

  it('lists nothing of another county, and fails nowhere', async () => {
    const seen = new Set<string>();
    for (const route of guarded.filter((candidate) => candidate.method === 'GET' && !candidate.path.includes('/:')))
      for (const duty of holdersOf(route)) {
        const answer = await call(clients.get(duty)!, route, undefined);
        const text = await answer.text();
        expect([nameOf(route), duty, answer.status, text.slice(0, answer.status === 200 ? 0 : 300)]).toEqual([
          nameOf(route),
          duty,
          200,
          '',
        ]);
        // Entries of no incident (accounts, sources, rules) are the installation's: who reads the ledger reads them all.
        const hidden = Object.entries(foreign).filter(([kind]) => route.path !== '/ledger' || kind === 'incidents');
        for (const [kind, id] of hidden)
          expect([nameOf(route), duty, kind, text.includes(id)]).toEqual([nameOf(route), duty, kind, false]);
        for (const [kind, id] of Object.entries(own)) if (text.includes(id)) seen.add(kind);
      }
    // The sweep is worth something only when it would have seen them.
    expect([...seen]).toEqual(
      expect.arrayContaining(['incidents', 'items', 'clocks', 'escalations', 'sources', 'accounts', 'tokens']),
    );
  });

  it('refuses each unsafe one without the CSRF token', async () => {
    for (const route of guarded.filter((candidate) => candidate.method !== 'GET')) {
      const client = clients.get(holdersOf(route)[0]!)!;
      const forged = new TestClient(api.url);
      for (const [name, value] of client.cookies) forged.cookies.set(name, value);
      expect([nameOf(route), await outcome(call(forged, route, thingOf(route, own)))]).toEqual([
        nameOf(route),
        '403 CSRF_TOKEN_INVALID',
      ]);
    }
  });
});
