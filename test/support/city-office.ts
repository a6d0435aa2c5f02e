import type { Duty } from '#accounts/contract.js';
import { newId } from '#kernel/ids.js';
import { startApi, type TestApi, type TestClient } from './api.js';
import type { Answer } from './county-office.js';
import { type Office, openOffice } from './office.js';
import { insertRow } from './rows.js';
import { openSite, type PublicSite } from './public-site.js';

const CITY = '990100';
export const STATEMENT_GATES = [
  { gate: 'competentBody', duty: 'competent_reviewer', checks: ['political', 'policy', 'wording'] },
  { gate: 'secrecy', duty: 'secrecy_reviewer', checks: ['stateSecrets', 'personalData'] },
  { gate: 'approver', duty: 'body_head', checks: [] },
] as const;

/** A whole city: its processes over one database, its people over HTTP, its web site on loopback. */
export class CityOffice {
  private readonly people = new Map<string, TestClient>();

  private constructor(
    readonly office: Office,
    readonly api: TestApi,
    readonly site: PublicSite,
    private readonly hotline: string,
  ) {}

  static async open(at: string): Promise<CityOffice> {
    const site = await openSite();
    const office = await openOffice('yunjiang', [site.host]);
    await office.db.setNow(new Date(at));
    const hotline = newId();
    await insertRow(office.db, 'sources', {
      id: hotline,
      kind: 'hotline',
      jurisdiction: CITY,
      channel: '12345',
      state: 'active',
      name: '12345',
    });
    return new CityOffice(office, await startApi(office.db), site, hotline);
  }

  async close(): Promise<void> {
    await this.api.stop();
    this.site.close();
    await this.office.close();
  }

  settle = (): Promise<number> => this.office.settle();

  /** Moves time and lets the processes work; everybody signs in anew, since sessions end by it. */
  async advance(minutes: number): Promise<void> {
    await this.office.db.advance(minutes * 60_000);
    await this.settle();
    for (const [name, client] of this.people) await client.signIn(name);
  }

  now = async (): Promise<Date> => (await this.office.db.asOwner<{ now: Date }>('SELECT huiying_now() AS now'))[0]!.now;

  /** Somebody with one duty: in a body when it is named, else over the whole city. The same one each time. */
  async person(duty: Duty, bodyId?: string): Promise<TestClient> {
    const name = bodyId === undefined ? duty : `${duty}.${bodyId.toLowerCase()}`;
    const known = this.people.get(name);
    if (known !== undefined) return known;
    await this.api.account(name, [{ duty, ...(bodyId === undefined ? { jurisdiction: CITY } : { bodyId }) }]);
    const client = await this.api.signedIn(name);
    this.people.set(name, client);
    return client;
  }

  /** An article of the city's feed comes in a minute later and is judged; answers the incident that it opened. */
  async read(title: string, text: string): Promise<string> {
    const later = new Date((await this.now()).getTime() + 60_000 + 8 * 3_600_000);
    return this.office.hear(later.toISOString().slice(0, 16).replace('T', ' '), title, text);
  }

  /** A message of the hotline comes in and is judged; answers the incident that it opened. */
  async hear(content: string): Promise<string> {
    const operator = await this.person('hotline_operator');
    const message = { number: newId(), occurredAt: (await this.now()).toISOString(), content };
    const receipt = await this.post(operator, `/hotline/messages?source=${this.hotline}`, message);
    await this.settle();
    const [first] = (receipt.body['receipts'] ?? []) as { itemId?: string }[];
    const links = await this.office.db.asOwner<{ id: string }>(
      'SELECT incident_id AS id FROM incident_items WHERE item_id = $1',
      [first?.itemId],
    );
    if (links[0] === undefined) throw new Error(`no incident came of ${content}: ${JSON.stringify(receipt)}`);
    return links[0].id;
  }

  /** Calls a command with the version that its thing has now. */
  async post(client: TestClient, path: string, body: unknown = {}): Promise<Answer> {
    return this.call(client, 'POST', path, body);
  }

  async call(client: TestClient, method: string, path: string, body?: unknown): Promise<Answer> {
    const version = await this.versionOf(path);
    return read(
      await client.call(method, `/api/v1${path}`, {
        ...(body === undefined ? {} : { body }),
        headers: version === undefined ? {} : { 'if-match': `"${version}"` },
      }),
    );
  }

  get = (client: TestClient, path: string): Promise<Answer> => this.call(client, 'GET', path);

  private async versionOf(path: string): Promise<number | undefined> {
    const [, kind = '', id = '', part = ''] = path.split('/');
    const [table, key] = VERSIONED[`${kind}/${part}`] ?? VERSIONED[kind] ?? [];
    if (table === undefined) return undefined;
    const rows = await this.office.db.asOwner<{ version: number }>(`SELECT version FROM ${table} WHERE ${key} = $1`, [
      id,
    ]);
    return rows[0]?.version ?? 0;
  }

  /** A statement goes from the draft through its three gates onto the site, and its page is captured. */
  async release(
    incident: string,
    bodyId: string,
    text: { kind?: string; title?: string; body: string; [field: string]: unknown },
  ): Promise<{ id: string; path: string }> {
    const drafter = await this.person('spokesperson', bodyId);
    const made = await this.post(drafter, `/incidents/${incident}/statements`, {
      bodyId,
      kind: 'responseToDoubts',
      title: '情况通报',
      competentBodyId: bodyId,
      cause: { text: '经查，原因见正文。' },
      solution: { text: '已采取措施，见正文。' },
      constraints: { notApplicableReason: '无制约因素' },
      speaker: { name: '李明', post: '局长', rank: '主要负责人' },
      ...text,
    });
    const id = must(made)['id'] as string;
    must(await this.post(drafter, `/statements/${id}/submit`));
    for (const { gate, duty, checks } of STATEMENT_GATES)
      must(await this.post(await this.person(duty, bodyId), `/statements/${id}/approve`, { gate, checks }));
    const path = `/gov/${id}.html`;
    const shown = new Date((await this.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    this.site.pages.set(path, `<h1>情况通报</h1><p>发布时间：${shown}</p><p>${text.body}</p>`);
    must(await this.post(drafter, `/statements/${id}/publish`, { url: `http://${this.site.host}${path}` }));
    await this.settle();
    return { id, path };
  }
}

/** The body of an answer that must have gone well. */
export function must(answer: Answer): Record<string, unknown> {
  if (answer.status >= 300) throw new Error(`answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const VERSIONED: Record<string, [table: string, key: string]> = {
  incidents: ['incidents', 'id'],
  'incidents/wording': ['wording_sheets', 'incident_id'],
  'incidents/effect-evaluation': ['effect_evaluations', 'incident_id'],
  assignments: ['assignments', 'id'],
  escalations: ['escalations', 'id'],
  clocks: ['response_clocks', 'id'],
  statements: ['statements', 'id'],
  evidence: ['evidence', 'id'],
  'press-conferences': ['press_conferences', 'id'],
};

async function read(answer: Response): Promise<Answer> {
  const type = answer.headers.get('content-type') ?? '';
  const body = type.includes('json')
    ? ((await answer.json()) as Record<string, unknown>)
    : { text: await answer.text() };
  if (answer.ok) return { status: answer.status, body };
  return {
    status: answer.status,
    code: body['code'] as string,
    params: (body['params'] ?? {}) as Record<string, unknown>,
    body,
  };
}
