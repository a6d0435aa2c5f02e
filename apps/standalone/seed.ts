import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AccountsService, type Administrator } from '#accounts/accounts.service.js';
import { loadDuties, type Preset } from '#accounts/duties.js';
import type { Duty } from '#accounts/contract.js';
import { Passwords } from '#accounts/password.js';
import { loadSignInPolicy } from '#accounts/sign-in-policy.js';
import type { Body, CityDirectory } from '#directory/contract.js';
import { appoint, type Person } from '#directory/people.store.js';
import { placeSource } from '#ingest/sources.store.js';
import { seedReferenceData } from './reference-data.js';
import { ConfigError } from '#kernel/error.js';
import type { Environment } from '#platform/config/environment.js';
import { Database, type Transaction } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { ensureChannel } from '#response/channels.store.js';
import { INGEST_EVENTS } from '#ingest/contract.js';
import type { DatabaseUrls } from './databases.js';
import type { DemoAccount } from './demo/client.js';
import { DEMO_ACCOUNTS_FILE, type Demonstration } from './demo/start.js';

/** The whole installation: the reach of the set-up. */
const SET_UP: Administrator = {
  actor: systemActor('set-up'),
  scope: { purpose: 'administration', jurisdictions: [''], bodies: [] },
};

/** How often the demonstration's feeds are asked; they lie on this machine. */
const DEMO_INTERVAL_SECONDS = 2;

/** Puts reference data in place, and with a demonstration its sources, channels and accounts. Running it again changes nothing. */
export async function seed(
  environment: Environment,
  { urls, city, demonstration }: { urls: DatabaseUrls; city: CityDirectory; demonstration: Demonstration | undefined },
): Promise<void> {
  const worker = await Database.connect({ url: urls.worker, applicationName: 'huiying-set-up', poolSize: 1 });
  try {
    await worker.asSystem((tx) => seedReferenceData(tx, city, demonstration !== undefined));
    if (demonstration !== undefined) await worker.asSystem((tx) => seedDemonstration(tx, city, demonstration));
  } finally {
    await worker.close();
  }
  if (demonstration !== undefined)
    await seedAccounts(environment, { appUrl: urls.app, city, bodies: demonstration.content.bodies });
}

async function seedDemonstration(
  tx: Transaction,
  city: CityDirectory,
  { content, address }: Demonstration,
): Promise<void> {
  const now = await tx.now();
  for (const source of content.sources.sources) {
    const { id, created } = await placeSource(tx, {
      kind: source.kind,
      name: source.name,
      // The demonstration's site listens on a new port at every start.
      url: `${address}${source.path}`,
      jurisdiction: city.root.code,
      channel: source.channel,
      rank: source.rank,
      intervalSeconds: DEMO_INTERVAL_SECONDS,
      drill: true,
      ...(source.region === null ? {} : { region: source.region }),
    });
    if (created)
      await appendLedger(tx, [
        {
          type: INGEST_EVENTS.sourceCreated,
          at: now,
          actor: systemActor('set-up'),
          subjectId: id,
          payload: { name: source.name, drill: true },
        },
      ]);
  }
  await ensureChannel(tx, {
    kind: 'webRelease',
    name: `${city.name}人民政府网站（演练）`,
    urlPrefix: `${address}/gov/`,
    bodyId: null,
  });
}

interface AccountPlan {
  username: string;
  displayName: string;
  role: Preset;
  bodyId?: string;
  extraDuties?: Duty[];
}

/** One account a role, and four a body: who speaks for it, who heads it, and who passes the gates before the head. */
function plansFor(city: CityDirectory, bodyIds: readonly string[]): AccountPlan[] {
  const bodies = bodyIds.map((id) => ({ id, name: bodyOf(city, id).shortName }));
  return [
    { username: 'analyst', displayName: '研判员 程晓', role: 'analyst' },
    { username: 'analyst2', displayName: '研判员 陆宁', role: 'analyst' },
    { username: 'supervisor', displayName: '督查员 周正', role: 'supervisor' },
    { username: 'administrator', displayName: '管理员 何平', role: 'administrator' },
    // Names the lead of a disputed case (NT19 Art.19).
    { username: 'gov-office', displayName: '政府办 高宁', role: 'supervisor', extraDuties: ['gov_office'] },
    { username: 'auditor', displayName: '审计员 苏敏', role: 'auditor' },
    { username: 'hotline', displayName: '热线坐席 林悦', role: 'analyst', extraDuties: ['hotline_operator'] },
    ...bodies.flatMap(({ id, name }): AccountPlan[] => [
      { username: `spokes.${id.toLowerCase()}`, displayName: `${name} 新闻发言人`, role: 'spokesperson', bodyId: id },
      {
        username: `head.${id.toLowerCase()}`,
        displayName: `${name} 主要负责人`,
        role: 'spokesperson',
        bodyId: id,
        extraDuties: ['body_head', 'approver'],
      },
      // Each gate of the review is another named person's (PB18 二(八)).
      {
        username: `review.${id.toLowerCase()}`,
        displayName: `${name} 业务审核员`,
        role: 'spokesperson',
        bodyId: id,
        extraDuties: ['competent_reviewer'],
      },
      {
        username: `secrecy.${id.toLowerCase()}`,
        displayName: `${name} 保密审查员`,
        role: 'spokesperson',
        bodyId: id,
        extraDuties: ['secrecy_reviewer'],
      },
    ]),
  ];
}

/** Demonstration passwords are made at first start and written for their owner's eyes only (design, section 5). */
async function seedAccounts(
  environment: Environment,
  { appUrl, city, bodies }: { appUrl: string; city: CityDirectory; bodies: readonly string[] },
): Promise<void> {
  const file = path.join(environment.dataDir, DEMO_ACCOUNTS_FILE);
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[]) : [];
  const missing = plansFor(city, bodies).filter((plan) => !known.some((account) => account.username === plan.username));
  if (missing.length === 0) return;
  const app = await Database.connect({ url: appUrl, applicationName: 'huiying-set-up', poolSize: 4 });
  try {
    const accounts = new AccountsService(
      loadDuties(environment.configDir),
      await Passwords.create(loadSignInPolicy(environment.configDir).password),
    );
    const made: DemoAccount[] = [];
    for (const plan of missing)
      made.push(await app.inScope(SET_UP.scope, (tx) => makeAccount(tx, accounts, plan, city)));
    writeFileSync(file, `${JSON.stringify([...known, ...made], null, 2)}\n`, { mode: 0o600 });
  } finally {
    await app.close();
  }
}

async function makeAccount(
  tx: Transaction,
  accounts: AccountsService,
  plan: AccountPlan,
  city: CityDirectory,
): Promise<DemoAccount> {
  const password = `drill-${randomBytes(9).toString('base64url')}`;
  const userId = await accounts.create(
    tx,
    { username: plan.username, displayName: plan.displayName, password },
    SET_UP,
  );
  const place = plan.bodyId === undefined ? { jurisdiction: city.root.code } : { bodyId: plan.bodyId };
  await accounts.grantPreset(tx, userId, plan.role, { ...place, by: SET_UP });
  if (plan.bodyId !== undefined)
    await appoint(tx, {
      bodyId: plan.bodyId,
      ...demoPerson(plan.username),
      phone: null,
      userId,
      validFrom: '2024-01-01',
    });
  for (const duty of plan.extraDuties ?? []) await accounts.grant(tx, userId, { duty, ...place }, SET_UP);
  return {
    username: plan.username,
    password,
    role: plan.role,
    body: plan.bodyId ?? null,
    jurisdiction: plan.bodyId === undefined ? city.root.code : bodyOf(city, plan.bodyId).jurisdiction,
  };
}

function bodyOf(city: CityDirectory, id: string): Body {
  const body = city.bodies.get(id);
  if (body === undefined) throw new ConfigError(`demo/${city.id}/accounts.yaml`, `${id} is no body of ${city.name}`);
  return body;
}

const SURNAMES = ['沈', '顾', '方', '钱', '陆', '许', '秦', '唐', '邵', '俞', '丁', '倪'];
const GIVEN = ['岚', '平', '远', '英', '宁', '舟', '川', '悦', '敏', '恒', '霁', '青'];

/** An invented person for an account of a body; the same one at every start. */
function demoPerson(username: string): Pick<Person, 'name' | 'post' | 'role'> {
  const sum = [...username].reduce((total, character) => total * 31 + character.charCodeAt(0), 7) >>> 0;
  const name = `${SURNAMES[sum % SURNAMES.length]}${GIVEN[Math.floor(sum / 12) % GIVEN.length]}`;
  return username.startsWith('head.')
    ? { name, post: '局长', role: 'head' }
    : { name, post: '副局长', role: 'spokesperson' };
}
