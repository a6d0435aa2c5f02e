import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SCOPE_PREDICATES } from '#platform/database/scope.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { EVERY_PREDICATE_OPEN, Policies } from '../support/scope-layers.js';
import { RouteSweep } from '../support/sweep.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(180_000);

let db: TestDatabase;
let sweep: RouteSweep;
beforeAll(async () => {
  db = await createTestDatabase();
  sweep = await RouteSweep.create(db);
  while ((await sealBatch(db.worker)) > 0);
});
afterAll(async () => {
  await sweep.stop();
  await db.drop();
});

describe('every route, from the list that Nest is given', () => {
  it('has a thing of the other county to be tried with, when it takes an id', () => {
    expect(sweep.withId.filter((route) => sweep.thingOf(route, sweep.foreign) === undefined)).toEqual([]);
  });

  it('answers 401 without a session', async () => {
    const calls = sweep.routes.map((route) => ({ route, who: sweep.stranger(), name: 'stranger', things: sweep.own }));
    expect(await sweep.unlike('401 UNAUTHENTICATED', calls)).toEqual([]);
  });

  it('answers 403 to each duty that does not carry its permission', async () => {
    const calls = sweep.routes.flatMap((route) =>
      sweep.othersThan(route).map((duty) => ({ route, who: sweep.client(duty), name: duty, things: sweep.own })),
    );
    expect(calls.length).toBeGreaterThan(sweep.routes.length);
    expect(await sweep.unlike('403 PERMISSION_MISSING', calls)).toEqual([]);
  });

  it('answers 403 to an unsafe call without the CSRF token', async () => {
    const unsafe = sweep.routes.filter((route) => route.method !== 'GET');
    const calls = unsafe.map((route) => ({ route, who: sweep.forgerOf(route), name: 'forger', things: sweep.own }));
    expect(await sweep.unlike('403 CSRF_TOKEN_INVALID', calls)).toEqual([]);
  });

  it('shows own things by their id', async () => {
    const reads = sweep.withId.filter((route) => route.method === 'GET');
    expect(await sweep.unlike('200', sweep.byHolders(reads, sweep.own))).toEqual([]);
  });

  it('answers 404 to each duty that carries it, for the id of another county', async () => {
    expect(await sweep.unlike('404', sweep.byHolders(sweep.withId, sweep.foreign))).toEqual([]);
  });

  it('lists own things and nothing of another county', async () => {
    const { findings, seen } = await sweep.readLists();
    expect(findings).toEqual([]);
    // The sweep is worth something only when it would have seen them.
    const shown = ['incidents', 'items', 'clocks', 'escalations', 'sources', 'accounts', 'tokens'];
    expect([...seen]).toEqual(expect.arrayContaining(shown));
  });
});

describe('each layer of the scope alone', () => {
  it('keeps the counties apart when row-level security lets everything pass', async () => {
    const policies = await Policies.of(db);
    await policies.openAll();
    try {
      expect(await sweep.unlike('404', sweep.byKindOfHolder(sweep.withId, sweep.foreign))).toEqual([]);
      expect((await sweep.readLists()).findings).toEqual([]);
    } finally {
      await policies.closeAll();
    }
  });

  it('keeps the counties apart when the repository layer lets everything pass', async () => {
    db.app.predicates = EVERY_PREDICATE_OPEN;
    try {
      expect(await sweep.unlike('404', sweep.byKindOfHolder(sweep.withId, sweep.foreign))).toEqual([]);
      expect((await sweep.readLists()).findings).toEqual([]);
    } finally {
      db.app.predicates = SCOPE_PREDICATES;
    }
  });

  it('would be missed if both were gone: this sweep can see a leak', async () => {
    const policies = await Policies.of(db);
    await policies.openAll();
    db.app.predicates = EVERY_PREDICATE_OPEN;
    try {
      const reads = sweep.withId.filter((route) => route.method === 'GET' && route.scope === 'case');
      const calls = [...sweep.byKindOfHolder(reads, sweep.foreign)];
      expect(await sweep.unlike('404', calls)).toHaveLength(calls.length);
      expect((await sweep.readLists()).findings.length).toBeGreaterThan(sweep.lists.length);
    } finally {
      db.app.predicates = SCOPE_PREDICATES;
      await policies.closeAll();
    }
  });
});
