import path from 'node:path';
import { BlindSpotsService } from '#ingest/blind-spots.service.js';
import { readFeed } from '#ingest/feeds/read-feed.js';
import type { ParsePool } from '#ingest/feeds/parse-pool.js';
import { ImportService } from '#ingest/import.service.js';
import { loadHotlineColumns } from '#ingest/imports/hotline-columns.js';
import { loadMonitoringPolicy } from '#ingest/monitoring-policy.js';
import { OriginalsService } from '#ingest/originals.service.js';
import { PersonalData } from '#ingest/personal-data.js';
import { PollService } from '#ingest/poll.service.js';
import { QuarantineService } from '#ingest/quarantine.service.js';
import { addSource, findSourceForWork, type NewSource } from '#ingest/sources.store.js';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import type { WakeUps } from '#platform/queue/wake-ups.js';
import { Vault } from '#platform/seal/vault.js';
import { startApi, type TestApi, type TestClient } from './api.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { TEST_KEY } from './settings.js';

const CONFIG = path.resolve('config');
export const PLACE = '320600';
const NO_QUEUE = { wake: () => Promise.resolve() } as unknown as WakeUps;
/** Reads in the test's own thread: the threads of the pool have a spec of their own. */
const SAME_THREAD = { read: async (bytes: Uint8Array, context: object) => readFeed(bytes, context) };

/** The api of a city's intake with the services of the worker beside it, over one database. */
export class IntakeOffice {
  private constructor(
    readonly db: TestDatabase,
    readonly api: TestApi,
    private readonly people: { operator: TestClient; leader: TestClient },
    private readonly fetcher: GuardedFetcher,
  ) {}

  get operator(): TestClient {
    return this.people.operator;
  }

  get leader(): TestClient {
    return this.people.leader;
  }

  /** `servers`: host:port of the servers of the test that may be asked; `now`: the time at which it opens. */
  static async open(servers: string[] = [], now?: string): Promise<IntakeOffice> {
    const db = await createTestDatabase();
    if (now !== undefined) await db.setNow(now);
    // In a demonstration hand entries are drills, which join nothing that is real.
    const api = await startApi(db, undefined, { HUIYING_DEMO: '0' });
    await api.account('operator', [{ duty: 'hotline_operator', jurisdiction: PLACE }]);
    await api.account('leader', [{ duty: 'shift_leader', jurisdiction: PLACE }]);
    const fetcher = new GuardedFetcher({ intranet: servers, userAgent: 'test', limits: { timeoutMs: 2_000 } });
    const people = { operator: await api.signedIn('operator'), leader: await api.signedIn('leader') };
    return new IntakeOffice(db, api, people, fetcher);
  }

  async close(): Promise<void> {
    await this.fetcher.close();
    await this.api.stop();
    await this.db.drop();
  }

  /** Lets time pass; sessions of people end meanwhile, so they sign in again. */
  async advance(milliseconds: number): Promise<void> {
    await this.db.advance(milliseconds);
    this.people.operator = await this.api.signedIn('operator');
    this.people.leader = await this.api.signedIn('leader');
  }

  source(more: Partial<NewSource> = {}): Promise<string> {
    const source: NewSource = { kind: 'hotline', name: '12345', jurisdiction: PLACE, channel: '12345热线', ...more };
    return this.db.worker.asSystem(async (tx) => (await addSource(tx, source)).id);
  }

  /** Asks a source once. Returns how many items it brought. */
  async poll(sourceId: string): Promise<number> {
    const polls = new PollService(this.db.worker, this.fetcher, SAME_THREAD as unknown as ParsePool, NO_QUEUE);
    return polls.poll(await this.db.worker.asSystem((tx) => findSourceForWork(tx, sourceId)));
  }

  replay(): Promise<number> {
    const words = { columns: loadHotlineColumns(CONFIG) };
    const parser = SAME_THREAD as unknown as ParsePool;
    return new QuarantineService(this.db.worker, parser, this.personal(), words, NO_QUEUE).replayWaiting();
  }

  get imports(): ImportService {
    return new ImportService(this.db.worker, { columns: loadHotlineColumns(CONFIG) }, NO_QUEUE, this.personal());
  }

  get blindSpots(): BlindSpotsService {
    return new BlindSpotsService(this.db.worker, loadMonitoringPolicy(CONFIG));
  }

  get originals(): OriginalsService {
    return new OriginalsService(this.db.worker, this.fetcher, loadMonitoringPolicy(CONFIG));
  }

  personal(key = TEST_KEY): PersonalData {
    return new PersonalData(Vault.of(key), 180);
  }

  /** The answer of a call, read; `status` beside it. */
  async ask<Answer = Record<string, unknown>>(
    client: TestClient,
    method: string,
    address: string,
    body?: unknown,
  ): Promise<Answer & { status: number; code?: string }> {
    const answer = await client.call(method, `/api/v1${address}`, body === undefined ? {} : { body });
    const text = await answer.text();
    return { ...(text === '' ? {} : (JSON.parse(text) as object)), status: answer.status } as Answer & {
      status: number;
    };
  }

  send(messages: unknown): Promise<{ status: number; receipts: Record<string, string>[] }> {
    return this.ask(this.operator, 'POST', '/hotline/messages', messages);
  }

  /** Uploads the bytes of a file as the browser does. */
  async upload(fileName: string, bytes: Buffer, query = ''): Promise<{ status: number; id: string; code?: string }> {
    const answer = await fetch(`${this.api.url}/api/v1/imports?fileName=${encodeURIComponent(fileName)}${query}`, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: {
        'content-type': 'application/octet-stream',
        origin: this.api.url,
        cookie: this.operator.cookieHeader,
        'x-csrf-token': this.operator.csrf,
      },
    });
    return { ...((await answer.json()) as { id: string }), status: answer.status };
  }

  /** Entries of the ledger of one type, oldest first. */
  ledger(
    type: string,
  ): Promise<{ actor: string; subject: string; reason: string | null; payload: Record<string, unknown> }[]> {
    return this.db.asOwner(LEDGER, [type]);
  }

  items(): Promise<{ id: string; title: string; body: string }[]> {
    return this.db.asOwner('SELECT id, title, body FROM items ORDER BY id');
  }
}

const LEDGER = `SELECT actor_name AS actor, subject_id AS subject, reason, payload FROM ledger_entries WHERE type = $1 ORDER BY at, id`;

/** An order of a hotline. */
export const order = (number: string, more: Record<string, unknown> = {}) => ({
  number,
  occurredAt: '2026-11-26T08:00:00+08:00',
  channel: '电话',
  content: `城东花园${number}号楼已经连续停水三天没有人处理,老人孩子用水困难`,
  ...more,
});
