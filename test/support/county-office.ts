import type { Duty } from '#accounts/contract.js';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { newId } from '#kernel/ids.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { CONFIG_DIR, makeBodies, startApi, type TestApi, type TestClient } from './api.js';
import { insertRow } from './rows.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { TEST_DRILL_HOUR_MS } from './settings.js';

export const COUNTY = '990121';
export const bodyOf = (code: string): string => `${COUNTY}-${code}`;

/** What a command answered: the status, and the stable code of a refusal or the body of the answer. */
export interface Answer {
  status: number;
  code?: string;
  params?: Record<string, unknown>;
  body: Record<string, unknown>;
}
export const said = ({ status, code }: Answer): string => (code === undefined ? String(status) : `${status} ${code}`);

/** A county office with its people, on a database of its own; everything is done through the interface. */
export class CountyOffice {
  private readonly people = new Map<string, TestClient>();

  private constructor(
    readonly db: TestDatabase,
    readonly api: TestApi,
    private readonly keeper: ClockKeeper,
  ) {}

  static async open(codes: string[]): Promise<CountyOffice> {
    const db = await createTestDatabase();
    await makeBodies(db, codes.map(bodyOf));
    return new CountyOffice(
      db,
      await startApi(db),
      new ClockKeeper(LoadedPolicies.load(CONFIG_DIR, undefined, TEST_DRILL_HOUR_MS)),
    );
  }

  async close(): Promise<void> {
    await this.api.stop();
    await this.db.drop();
  }

  /** Somebody with one duty: in a body when a code is given, else in the county. The same one each time. */
  async person(duty: Duty, code?: string): Promise<TestClient> {
    const name = code === undefined ? duty : `${duty}.${code}`;
    const known = this.people.get(name);
    if (known !== undefined) return known;
    await this.api.account(name, [
      { duty, ...(code === undefined ? { jurisdiction: COUNTY } : { bodyId: bodyOf(code) }) },
    ]);
    const client = await this.api.signedIn(name);
    this.people.set(name, client);
    return client;
  }

  /** Moves time. Sessions end by it, so everybody signs in anew. */
  async advance(minutes: number): Promise<void> {
    await this.db.advance(minutes * 60_000);
    for (const [name, client] of this.people) await client.signIn(name);
  }

  /** An incident that an analyst has confirmed with a grade. Stamps as given, else now. */
  async incident(grade = 'III', columns: Record<string, unknown> = {}): Promise<string> {
    const id = newId();
    const [{ now }] = (await this.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now')) as [{ now: Date }];
    await insertRow(this.db, 'incidents', {
      id,
      number: `T-${id}`,
      title: '银杏苑停水',
      state: 'proposed',
      category: 'C3',
      jurisdiction: COUNTY,
      policy_pack: 'yunjiang',
      heat_level: 'III',
      detected_at: now,
      ...columns,
    });
    await this.post(await this.person('analyst'), `/incidents/${id}/confirm`, { grade });
    return id;
  }

  /** Hands an incident over and returns the ids of the orders, the lead's first. */
  async assign(incident: string, lead: string, ...co: string[]): Promise<string[]> {
    const addressees = [
      { bodyId: bodyOf(lead), role: 'lead' },
      ...co.map((code) => ({ bodyId: bodyOf(code), role: 'co' })),
    ];
    const answer = await this.post(await this.person('analyst'), `/incidents/${incident}/assign`, { addressees });
    if (answer.status !== 200) throw new Error(`assign answered ${said(answer)}`);
    return answer.body['assignmentIds'] as string[];
  }

  /** Calls a command with the version that stands now. */
  async post(client: TestClient, path: string, body: unknown = {}): Promise<Answer> {
    const version = await this.versionOf(path);
    return read(
      await client.call('POST', `/api/v1${path}`, {
        body,
        headers: version === undefined ? {} : { 'if-match': `"${version}"` },
      }),
    );
  }

  async get(client: TestClient, path: string): Promise<Answer> {
    return read(await client.call('GET', `/api/v1${path}`));
  }

  private async versionOf(path: string): Promise<number | undefined> {
    const [, kind, id] = path.split('/') as [string, string, string];
    const table = VERSIONED[kind];
    if (table === undefined) return undefined;
    return (await this.db.asOwner<{ version: number }>(`SELECT version FROM ${table} WHERE id = $1`, [id]))[0]?.version;
  }

  /** Lets the clocks follow the ledger of an incident, as their process does. */
  async clocks(incident: string): Promise<Record<string, string>> {
    await this.db.worker.asSystem((tx) => this.keeper.sync(tx, [incident]));
    const rows = await this.db.asOwner<{ key: string; state: string }>(
      'SELECT clock_key AS key, state FROM response_clocks WHERE incident_id = $1 ORDER BY due_at, generation',
      [incident],
    );
    return Object.fromEntries(rows.map(({ key, state }) => [key, state]));
  }

  async clockId(incident: string, key: string): Promise<string> {
    const rows = await this.db.asOwner<{ id: string }>(
      'SELECT id FROM response_clocks WHERE incident_id = $1 AND clock_key LIKE $2 ORDER BY generation DESC',
      [incident, key],
    );
    return rows[0]!.id;
  }

  /** A statement of a body that went out and was proven, as the capture leaves it. */
  async published(incident: string, code: string, kind = 'responseToDoubts'): Promise<string> {
    const [id, evidence] = [newId(), newId()];
    const of = { incident_id: incident, body_id: bodyOf(code) };
    const now = (await this.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now'))[0]!.now;
    await insertRow(this.db, 'statements', { id, ...of, kind, state: 'published', number: id, published_at: now });
    const proven = { kind: 'webRelease', state: 'proven', filed_at: now, published_at: now };
    await insertRow(this.db, 'evidence', { id: evidence, ...of, statement_id: id, ...proven });
    await this.db.worker.asSystem((tx) =>
      appendLedger(tx, [
        {
          type: 'evidence.proven',
          at: now,
          actor: systemActor('delivery'),
          incidentId: incident,
          subjectId: evidence,
          payload: { evidence: 'webRelease', publishedAt: now.toISOString(), filedAt: now.toISOString() },
        },
      ]),
    );
    return id;
  }

  /** The types of the ledger's entries on an incident, in order. */
  async ledger(incident: string, prefix = ''): Promise<string[]> {
    const rows = await this.db.asOwner<{ type: string }>(
      'SELECT type FROM ledger_entries WHERE incident_id = $1 AND starts_with(type, $2) ORDER BY at, id',
      [incident, prefix],
    );
    return rows.map((row) => row.type);
  }

  async state(incident: string): Promise<string> {
    const rows = await this.db.asOwner<{ state: string }>('SELECT state FROM incidents WHERE id = $1', [incident]);
    return rows[0]!.state;
  }
}

const VERSIONED: Record<string, string> = {
  incidents: 'incidents',
  assignments: 'assignments',
  clocks: 'response_clocks',
  statements: 'statements',
  evidence: 'evidence',
  'press-conferences': 'press_conferences',
};

async function read(answer: Response): Promise<Answer> {
  const body = (await answer.json()) as Record<string, unknown>;
  if (answer.ok) return { status: answer.status, body };
  return {
    status: answer.status,
    code: body['code'] as string,
    params: (body['params'] ?? {}) as Record<string, unknown>,
    body,
  };
}
