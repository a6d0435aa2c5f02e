import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hashSecret } from '#accounts/secrets.js';
import { makeBodies, makeIncident, outcome, PASSWORD, startApi, type TestApi, TestClient } from '../support/api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

const ENV = '990121-ENV';
const HOUR_MS = 3_600_000;
let db: TestDatabase;
let api: TestApi;
let incident: string;
const lines: string[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
  await makeBodies(db, [ENV]);
  api = await startApi(db, lines);
  await api.account('analyst', [{ duty: 'analyst', jurisdiction: '990121' }]);
  await api.account('admin', [{ duty: 'administrator', jurisdiction: '990100' }]);
  await api.account('other', [{ duty: 'spokesperson', bodyId: ENV }]);
  incident = await makeIncident(db, { jurisdiction: '990121', bodies: [ENV] });
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

const SESSION = '/api/v1/session';
const attempt = (username: string, password: string, address = '198.51.100.7', client = new TestClient(api.url)) =>
  client.signIn(username, password, { 'x-forwarded-for': address });

describe('signing in', () => {
  it('answers an unknown name, a wrong password and a disabled account in the same words', async () => {
    const disabled = await api.account('gone', []);
    await db.asOwner('UPDATE users SET disabled_at = huiying_now() WHERE id = $1', [disabled]);
    const answers = [
      await attempt('nobody', PASSWORD),
      await attempt('analyst', 'wrong'),
      await attempt('gone', PASSWORD),
    ];
    const told = await Promise.all(
      answers.map(async (answer) => ({ status: answer.status, ...((await answer.json()) as object), instance: '' })),
    );
    expect(told[0]).toMatchObject({ status: 401, code: 'SIGN_IN_FAILED' });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  it('gives an opaque cookie, of which only the hash is stored, and what the account may', async () => {
    const client = new TestClient(api.url);
    const answer = await client.signIn('Analyst');
    const cookie = answer.headers.getSetCookie().find((set) => set.startsWith('huiying_session='))!;
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    expect(await answer.json()).toMatchObject({
      username: 'analyst',
      jurisdictions: ['990121'],
      permissions: expect.arrayContaining(['incident.decide']),
    });
    const stored = await db.asOwner<{ id_hash: string }>('SELECT id_hash FROM sessions WHERE id_hash = $1', [
      hashSecret(client.cookies.get('huiying_session')!),
    ]);
    expect(stored).toHaveLength(1);
  });

  it('replaces the session that the browser had', async () => {
    const client = await api.signedIn('analyst');
    const before = new TestClient(api.url);
    before.cookies.set('huiying_session', client.cookies.get('huiying_session')!);
    await client.signIn('analyst');
    expect(await outcome(before.call('GET', SESSION))).toBe('401 UNAUTHENTICATED');
    expect(await outcome(client.call('GET', SESSION))).toBe('200');
  });
});

describe('a session', () => {
  it('ends by idleness, by its absolute limit, by sign-out and by a changed character', async () => {
    const [idle, old, left] = await Promise.all([
      api.signedIn('analyst'),
      api.signedIn('analyst'),
      api.signedIn('analyst'),
    ]);
    const tampered = new TestClient(api.url);
    tampered.cookies.set(
      'huiying_session',
      left!.cookies.get('huiying_session')!.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    );
    expect(await outcome(tampered.call('GET', SESSION))).toBe('401 UNAUTHENTICATED');
    const copy = new TestClient(api.url);
    copy.cookies.set('huiying_session', left!.cookies.get('huiying_session')!);
    expect(await outcome(left!.call('DELETE', SESSION))).toBe('204');
    expect(await outcome(copy.call('GET', SESSION))).toBe('401 UNAUTHENTICATED');
    for (let hours = 0; hours < 12; hours += 1) {
      await db.advance(0.9 * HOUR_MS);
      expect(await outcome(old!.call('GET', SESSION))).toBe('200');
    }
    expect(await outcome(idle!.call('GET', SESSION))).toBe('401 UNAUTHENTICATED');
    await db.advance(1.3 * HOUR_MS);
    expect(await outcome(old!.call('GET', SESSION))).toBe('401 UNAUTHENTICATED');
  });

  it('ends at once when an administrator disables the account, and loses a duty at once when it ends', async () => {
    const id = await api.account('mover', [{ duty: 'analyst', jurisdiction: '990121' }]);
    const [mover, admin] = [await api.signedIn('mover'), await api.signedIn('admin')];
    const account = (await (await admin.call('GET', `/api/v1/accounts/${id}`)).json()) as {
      version: number;
      duties: { id: string }[];
    };
    expect(await outcome(mover.call('GET', `/api/v1/incidents/${incident}`))).toBe('200');
    expect(await outcome(admin.call('DELETE', `/api/v1/accounts/${id}/duties/${account.duties[0]!.id}`))).toBe('204');
    expect(await outcome(mover.call('GET', `/api/v1/incidents/${incident}`))).toBe('403 PERMISSION_MISSING');
    const disable = (version?: number) =>
      admin.call('PUT', `/api/v1/accounts/${id}/state`, {
        body: { disabled: true },
        headers: version === undefined ? {} : { 'if-match': `"${version}"` },
      });
    expect(await outcome(disable())).toBe('428 PRECONDITION_REQUIRED');
    expect(await outcome(disable(account.version + 7))).toBe('412 VERSION_CONFLICT');
    expect(await outcome(disable(account.version))).toBe('200');
    expect(await outcome(mover.call('GET', SESSION))).toBe('401 UNAUTHENTICATED');
    const entries = await db.asOwner<{ type: string }>(
      `SELECT type FROM ledger_entries WHERE subject_id = $1 AND actor_kind = 'user' ORDER BY at, id`,
      [id],
    );
    expect(entries.map((entry) => entry.type)).toEqual(['session.opened', 'duty.ended', 'account.disabled']);
  });
});

describe('forged calls', () => {
  it('of another site are refused: without the CSRF token, with a foreign or missing origin', async () => {
    const client = await api.signedIn('admin');
    const revoke = (headers: Record<string, string>) =>
      outcome(client.call('DELETE', '/api/v1/tokens/01890000-0000-7000-8000-000000000000', { headers }));
    expect(await revoke({ 'x-csrf-token': '' })).toBe('403 CSRF_TOKEN_INVALID');
    expect(await revoke({ 'x-csrf-token': 'guessed' })).toBe('403 CSRF_TOKEN_INVALID');
    expect(await revoke({ origin: 'https://evil.example' })).toBe('403 ORIGIN_REFUSED');
    expect(await revoke({ origin: '' })).toBe('403 ORIGIN_REFUSED');
    expect(await revoke({ 'sec-fetch-site': 'cross-site' })).toBe('403 ORIGIN_REFUSED');
    expect(await revoke({})).toBe('404 TOKEN_NOT_FOUND');
    expect(await outcome(new TestClient(api.url).signIn('admin', PASSWORD, { origin: 'https://evil.example' }))).toBe(
      '403 ORIGIN_REFUSED',
    );
  });
});

describe('a machine token', () => {
  it('may what its scopes name and its account may, until it is revoked', async () => {
    const bridge = await api.account('bridge', [{ duty: 'analyst', jurisdiction: '990121' }]);
    const admin = await api.signedIn('admin');
    const make = (body: object) =>
      admin.call('POST', '/api/v1/tokens', { body: { userId: bridge, name: '热线对接', expiresInDays: 30, ...body } });
    expect(await outcome(make({ scopes: ['account.manage'] }))).toBe('422 SCOPE_BEYOND_ACCOUNT');
    const made = (await (await make({ scopes: ['item.read'] })).json()) as { id: string; secret: string };
    const machine = (address: string, secret = made.secret) =>
      outcome(new TestClient(api.url).call('GET', address, { headers: { authorization: `Bearer ${secret}` } }));
    expect(await machine('/api/v1/items')).toBe('200');
    expect(await machine('/api/v1/incidents')).toBe('403 PERMISSION_MISSING');
    expect(await machine('/api/v1/items', `${made.secret.slice(0, -1)}_`)).toBe('401 TOKEN_INVALID');
    expect(JSON.stringify(await (await admin.call('GET', '/api/v1/tokens')).json())).not.toContain(made.secret);
    expect(await outcome(admin.call('DELETE', `/api/v1/tokens/${made.id}`))).toBe('204');
    expect(await machine('/api/v1/items')).toBe('401 TOKEN_INVALID');
  });
});

describe('the log', () => {
  it('holds no password, cookie, token or personal number, whatever went wrong', async () => {
    const client = await api.signedIn('analyst');
    await client.call('GET', '/api/v1/incidents?q=13812345678');
    await client.call('GET', '/api/v1/nowhere/13812345678');
    await client.call('POST', '/api/v1/session', {
      body: { username: '320102199003077731', password: 'canary-secret', extra: '１３８ １２３４ ５６７８' },
    });
    const text = lines.join('\n');
    expect(lines.length).toBeGreaterThan(50);
    for (const canary of [
      PASSWORD,
      'canary-secret',
      '13812345678',
      '320102199003077731',
      '１３８',
      client.csrf,
      ...client.cookies.values(),
    ])
      expect(text).not.toContain(canary);
  });
});
