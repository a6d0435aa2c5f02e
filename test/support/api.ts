import { Module } from '@nestjs/common';
import path from 'node:path';
import { pino } from 'pino';
import { AccountsService, type Administrator } from '#accounts/accounts.service.js';
import type { Duty } from '#accounts/contract.js';
import { DutyBook, loadDuties } from '#accounts/duties.js';
import { Passwords } from '#accounts/password.js';
import { loadSignInPolicy } from '#accounts/sign-in-policy.js';
import { newId } from '#kernel/ids.js';
import { readEnvironment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { systemActor } from '#platform/ledger/ledger.js';
import { createLogger } from '#platform/log/logger.js';
import { ENVIRONMENT, LOGGER } from '#platform/process/platform.module.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { type RunningServer, startServer } from '../../apps/api/server.js';
import type { TestDatabase } from './test-database.js';
import { TEST_DRILL_HOUR_MS, TEST_KEY } from './settings.js';

export const CONFIG_DIR = path.resolve('config');
export const PASSWORD = '停水通知要早发 992163';

/** The whole installation: the reach of the set-up. */
export const EVERYWHERE: Administrator = {
  actor: systemActor('test'),
  scope: { purpose: 'administration', jurisdictions: [''], bodies: [] },
};

export interface TestApi {
  url: string;
  server: RunningServer;
  duties: DutyBook;
  accounts: AccountsService;
  /** Makes an account with duties and returns its id. */
  account(username: string, duties: HeldAt[]): Promise<string>;
  /** A client that has signed in. */
  signedIn(username: string): Promise<TestClient>;
  stop(): Promise<void>;
}

export interface HeldAt {
  duty: Duty;
  bodyId?: string;
  jurisdiction?: string;
}

@Module({})
class TestPlatform {}

/** Starts the api on a free port over a test database. `lines` collects its log; `settings` are those of the environment. */
export async function startApi(
  db: TestDatabase,
  lines?: string[],
  settings: Record<string, string> = {},
): Promise<TestApi> {
  const log =
    lines === undefined
      ? pino({ level: 'silent' })
      : createLogger('api', 'debug', { write: (line: string) => void lines.push(line) });
  const environment = readEnvironment({
    PORT: '0',
    HUIYING_CONFIG_DIR: CONFIG_DIR,
    HUIYING_TRUSTED_PROXIES: 'loopback',
    HUIYING_PERSONAL_KEY: TEST_KEY,
    HUIYING_DRILL_HOUR_SECONDS: String(TEST_DRILL_HOUR_MS / 1000),
    ...settings,
  });
  const platform = {
    module: TestPlatform,
    global: true,
    providers: [
      { provide: Database, useValue: db.app },
      { provide: LOGGER, useValue: log },
      { provide: ENVIRONMENT, useValue: environment },
      // No queue runs beside these suites: a wake-up is lost, and its counts can't be told.
      {
        provide: WakeUps,
        useValue: { wake: async () => undefined, counts: () => Promise.reject(new Error('no queue')) },
      },
    ],
    exports: [Database, LOGGER, ENVIRONMENT, WakeUps],
  };
  const server = await startServer({ platform, environment, log, webDir: path.resolve('.data/no-web') });
  const url = `http://127.0.0.1:${server.port}`;
  const duties = loadDuties(CONFIG_DIR);
  const accounts = new AccountsService(duties, await Passwords.create(loadSignInPolicy(CONFIG_DIR).password));
  return {
    url,
    server,
    duties,
    accounts,
    account: (username, held) =>
      db.app.inScope(EVERYWHERE.scope, async (tx) => {
        const id = await accounts.create(
          tx,
          { username, displayName: `测试${username}`, password: PASSWORD },
          EVERYWHERE,
        );
        for (const grant of held) await accounts.grant(tx, id, grant, EVERYWHERE);
        return id;
      }),
    signedIn: async (username) => {
      const client = new TestClient(url);
      const answer = await client.signIn(username);
      if (answer.status !== 200)
        throw new Error(`sign-in of ${username} answered ${answer.status} ${await answer.text()}`);
      return client;
    },
    stop: () => server.stop(),
  };
}

/** Bodies that the tests act for. */
export async function makeBodies(db: TestDatabase, ids: string[]): Promise<void> {
  for (const id of ids)
    await db.asOwner(
      `INSERT INTO bodies (id, code, jurisdiction, name, short_name, kind, level) VALUES ($1, $2, $3, $1, $1, 'department', 'county')`,
      [id, id.slice(7), id.slice(0, 6)],
    );
}

export async function makeIncident(
  db: TestDatabase,
  place: { jurisdiction: string; bodies: string[] },
): Promise<string> {
  const id = newId();
  await db.asOwner(
    `INSERT INTO incidents (id, number, title, state, category, jurisdiction, body_ids, policy_pack, detected_at) VALUES ($1, $2, '停水', 'confirmed', 'C3', $3, $4, 'yunjiang', huiying_now())`,
    [id, `T-${id}`, place.jurisdiction, place.bodies],
  );
  return id;
}

/** Speaks HTTP like a browser: keeps cookies, sends the CSRF token and its origin. */
export class TestClient {
  readonly cookies = new Map<string, string>();
  csrf = '';

  constructor(readonly url: string) {}

  async signIn(username: string, password = PASSWORD, headers: Record<string, string> = {}): Promise<Response> {
    const answer = await this.call('POST', '/api/v1/session', { body: { username, password }, headers });
    if (answer.ok) this.csrf = ((await answer.clone().json()) as { csrfToken: string }).csrfToken;
    return answer;
  }

  /** A body of bytes goes as it is, with the media type that the caller names; any other as JSON. */
  async call(
    method: string,
    address: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers: Record<string, string> = {
      origin: this.url,
      'x-csrf-token': this.csrf,
      ...(cookie === '' ? {} : { cookie }),
      ...options.headers,
    };
    if (options.body !== undefined) headers['content-type'] ??= 'application/json';
    const answer = await fetch(`${this.url}${address}`, {
      method,
      headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')),
      ...(options.body === undefined ? {} : { body: bytesOrJson(options.body) }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0]!.split('=') as [string, string];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** Status and stable code of an answer: `403 CSRF_TOKEN_INVALID`, or the status alone. */
export async function outcome(answer: Response | Promise<Response>): Promise<string> {
  const { status, headers } = await answer;
  if (!(headers.get('content-type') ?? '').includes('problem+json')) return String(status);
  return `${status} ${((await (await answer).json()) as { code: string }).code}`;
}

const bytesOrJson = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
