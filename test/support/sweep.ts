import { DUTIES, type Duty } from '#accounts/contract.js';
import { CONTROLLERS } from '../../apps/api/api.module.js';
import { fullPath, type RouteDefinition } from '../../apps/api/http/route.js';
import { routesOf } from '../../apps/api/http/route-list.js';
import { makeBodies, outcome, startApi, type TestApi, TestClient } from './api.js';
import { sampleOf } from './sample.js';
import { given, plantThings, type Things } from './scope-fixtures.js';
import type { TestDatabase } from './test-database.js';

export const OWN = '990121';
export const FOREIGN = '990122';
const NOBODY = '01890000-0000-7000-8000-000000000000';

/** A call of the sweep and what came of it: `GET /api/v1/incidents as analyst: 200`. */
export type Finding = string;

/** Every guarded route, called as every duty, in one county, with things of two. */
export class RouteSweep {
  readonly routes = routesOf(CONTROLLERS).filter((route) => route.permission !== 'public');
  private readonly clients = new Map<Duty, TestClient>();
  own: Things = {};
  foreign: Things = {};

  private constructor(private readonly api: TestApi) {}

  static async create(db: TestDatabase): Promise<RouteSweep> {
    await makeBodies(db, [`${OWN}-ENV`, `${FOREIGN}-ENV`]);
    const api = await startApi(db);
    const sweep = new RouteSweep(api);
    for (const duty of DUTIES) {
      const place = api.duties.heldIn(duty) === 'body' ? { bodyId: `${OWN}-ENV` } : { jurisdiction: OWN };
      await api.account(duty, [{ duty, ...place }]);
      sweep.clients.set(duty, await api.signedIn(duty));
    }
    sweep.own = await plantThings(db, api, OWN);
    sweep.foreign = await plantThings(db, api, FOREIGN);
    return sweep;
  }

  stop = (): Promise<void> => this.api.stop();

  get withId(): RouteDefinition[] {
    return this.routes.filter((route) => route.path.includes('/:'));
  }

  get lists(): RouteDefinition[] {
    return this.routes.filter((route) => route.method === 'GET' && !route.path.includes('/:'));
  }

  holdersOf(route: RouteDefinition): Duty[] {
    if (route.permission === 'session') return [...DUTIES];
    return DUTIES.filter((duty) => this.api.duties.permissionsOf(duty).has(route.permission as never));
  }

  othersThan(route: RouteDefinition): Duty[] {
    const holders = this.holdersOf(route);
    return DUTIES.filter((duty) => !holders.includes(duty));
  }

  /** The id of the thing that a route names, by the first part of its path. */
  thingOf(route: RouteDefinition, things: Things): string | undefined {
    return things[fullPath(route).replace('/api/v1/', '').replace(/^\//, '').split('/')[0]!];
  }

  stranger = (): TestClient => new TestClient(this.api.url);

  client = (duty: Duty): TestClient => this.clients.get(duty)!;

  /** One with the cookies of a holder, but without the CSRF token: what another site's page could send. */
  forgerOf(route: RouteDefinition): TestClient {
    const forger = new TestClient(this.api.url);
    for (const [name, value] of this.client(this.holdersOf(route)[0]!).cookies) forger.cookies.set(name, value);
    return forger;
  }

  /** Calls a route with the id of a thing, a body that fits it, and a version. */
  call(client: TestClient, route: RouteDefinition, id: string | undefined): Promise<Response> {
    const address = fullPath(route)
      .replace(':id', id ?? NOBODY)
      .replace(/:\w+/g, NOBODY);
    const body = route.body === undefined ? {} : { body: sampleOf(route.body, given(OWN)) };
    return client.call(route.method, address, {
      ...body,
      headers: route.ifMatch === undefined ? {} : { 'if-match': '"1"' },
    });
  }

  /** Calls whose outcome is not the expected one; `expected` is compared with the beginning of `403 PERMISSION_MISSING`. */
  async unlike(
    expected: string,
    calls: Iterable<{ route: RouteDefinition; who: TestClient; name: string; things: Things }>,
  ): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const { route, who, name, things } of calls) {
      const found = await outcome(this.call(who, route, this.thingOf(route, things)));
      if (!found.startsWith(expected)) findings.push(`${route.method} ${fullPath(route)} as ${name}: ${found}`);
    }
    return findings;
  }

  /** Each holder of a route's permission, on things of one's own or of the other county. */
  *byHolders(routes: RouteDefinition[], things: Things) {
    for (const route of routes)
      for (const duty of this.holdersOf(route)) yield { route, who: this.client(duty), name: duty, things };
  }

  /** Of the holders, one who sees by place and one who sees by body: where it is the layers that are tried, not the duties. */
  *byKindOfHolder(routes: RouteDefinition[], things: Things) {
    for (const route of routes) {
      const holders = this.holdersOf(route);
      for (const kind of ['jurisdiction', 'body']) {
        const duty = holders.find((held) => this.api.duties.heldIn(held) === kind);
        if (duty !== undefined) yield { route, who: this.client(duty), name: duty, things };
      }
    }
  }

  /** Foreign ids that lists show, and lists that fail; the kinds of own things that they showed. */
  async readLists(): Promise<{ findings: Finding[]; seen: Set<string> }> {
    const findings: Finding[] = [];
    const seen = new Set<string>();
    for (const route of this.lists)
      for (const duty of this.holdersOf(route)) {
        const answer = await this.call(this.client(duty), route, undefined);
        const text = await answer.text();
        const call = `${route.method} ${fullPath(route)} as ${duty}`;
        if (answer.status !== 200) findings.push(`${call}: ${answer.status} ${text.slice(0, 200)}`);
        // Entries of no incident (accounts, sources, rules) are the installation's: who reads the ledger reads them all.
        // Official channels are public: every body may publish on the government's site, so the register is reference data.
        const hidden = Object.entries(this.foreign).filter(
          ([kind]) => kind !== 'channels' && (route.path !== '/ledger' || kind === 'incidents'),
        );
        for (const [kind, id] of hidden) if (text.includes(id)) findings.push(`${call}: shows foreign ${kind}`);
        for (const [kind, id] of Object.entries(this.own)) if (text.includes(id)) seen.add(kind);
      }
    return { findings, seen };
  }
}
