import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connect } from 'node:net';
import { makeBodies, outcome, startApi, type TestApi, type TestClient } from '../support/api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
let db: TestDatabase;
let api: TestApi;
let admin: TestClient;
let person: string;
const lines: string[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
  await makeBodies(db, ['990121-ENV', '990122-ENV']);
  api = await startApi(db, lines);
  await api.account('admin', [{ duty: 'administrator', jurisdiction: '990121' }]);
  person = await api.account('person', []);
  admin = await api.signedIn('admin');
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

const grant = (body: object, headers: Record<string, string> = {}, id = person) =>
  admin.call('POST', `/api/v1/accounts/${id}/duties`, { body, headers });
const duties = async () => (await db.asOwner('SELECT 1 FROM duties WHERE user_id = $1', [person])).length;
const ANALYST = { duty: 'analyst', jurisdiction: '990121' };

describe('an Idempotency-Key', () => {
  it('makes the same call happen once, also when it is sent ten times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => grant(ANALYST, { 'idempotency-key': 'grant-1' })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(bodies).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.headers.get('location')))).toEqual(
      new Set([`/api/v1/accounts/${person}`]),
    );
    expect(await duties()).toBe(1);
  });

  it('is refused for another call, free after a failure, and forgotten after 24 h', async () => {
    expect(await outcome(grant({ ...ANALYST, duty: 'statistician' }, { 'idempotency-key': 'grant-1' }))).toBe(
      '422 IDEMPOTENCY_KEY_REUSED',
    );
    expect(await outcome(grant({ duty: 'analyst', jurisdiction: '990122' }, { 'idempotency-key': 'grant-2' }))).toBe(
      '403 OUT_OF_REACH',
    );
    expect(await outcome(grant(ANALYST, { 'idempotency-key': 'grant-2' }))).toBe('201');
    await db.advance(DAY_MS + 1_000);
    admin = await api.signedIn('admin');
    const before = await duties();
    expect(await outcome(grant(ANALYST, { 'idempotency-key': 'grant-1' }))).toBe('201');
    expect(await duties()).toBe(before + 1);
  });
});

describe('a request', () => {
  it('that does not fit its description is told where, in problem details that repeat no value', async () => {
    const answer = await grant({ duty: 'kingmaker', jurisdiction: '990121', sudo: '13812345678' });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = (await answer.json()) as object;
    expect(problem).toMatchObject({
      status: 400,
      code: 'INVALID_REQUEST',
      type: 'urn:huiying:problem:INVALID_REQUEST',
      instance: answer.headers.get('x-request-id'),
    });
    expect(problem).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ where: 'body.duty' })]),
    });
    expect(JSON.stringify(problem)).not.toMatch(/13812345678|kingmaker/);
  });

  it('is refused by its form: another media type, broken or foreign text, compressed, too large, unknown query', async () => {
    const post = async (content: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
      outcome(
        fetch(`${api.url}/api/v1/accounts/${person}/duties`, {
          method: 'POST',
          body: content,
          headers: { origin: api.url, cookie: admin.cookieHeader, 'x-csrf-token': admin.csrf, ...headers },
        }),
      );
    const json = { 'content-type': 'application/json' };
    expect(await post('duty=analyst', { 'content-type': 'application/x-www-form-urlencoded' })).toBe(
      '415 MEDIA_TYPE_UNSUPPORTED',
    );
    expect(await post('{"duty":', json)).toBe('400 INVALID_JSON');
    expect(await post(new Uint8Array([0x7b, 0xff, 0x7d]), json)).toBe('400 INVALID_ENCODING');
    expect(await post('{}', { ...json, 'content-encoding': 'gzip' })).toBe('415 ENCODING_UNSUPPORTED');
    expect(await post('x'.repeat(2_000_000), json)).toBe('413 BODY_TOO_LARGE');
    expect(await outcome(admin.call('GET', '/api/v1/accounts?limit=5&colour=red'))).toBe('400 INVALID_REQUEST');
    expect(await outcome(admin.call('GET', '/api/v1/accounts?cursor=bm9uc2Vuc2U'))).toBe('400 INVALID_CURSOR');
    expect(await outcome(admin.call('GET', '/api/v1/nowhere'))).toBe('404 NOT_FOUND');
  });

  it('on a thing needs the version that was seen', async () => {
    const read = await admin.call('GET', `/api/v1/accounts/${person}`);
    const state = (tag: string) =>
      outcome(
        admin.call('PUT', `/api/v1/accounts/${person}/state`, {
          body: { disabled: false },
          headers: { 'if-match': tag },
        }),
      );
    expect(read.headers.get('etag')).toBe('"1"');
    expect(await state('')).toBe('428 PRECONDITION_REQUIRED');
    expect(await state('"9"')).toBe('412 VERSION_CONFLICT');
    expect(await state('*')).toBe('412 VERSION_CONFLICT');
    expect(await state('W/"1"')).toBe('412 VERSION_CONFLICT');
    expect(await state('"1"')).toBe('200');
  });

  it('that fails inside tells the log why, and the caller nothing', async () => {
    await db.asOwner('ALTER TABLE duties RENAME COLUMN deputy_for TO was_deputy_for');
    const answer = await fetch(`${api.url}/api/v1/session`, { headers: { cookie: admin.cookieHeader } });
    await db.asOwner('ALTER TABLE duties RENAME COLUMN was_deputy_for TO deputy_for');
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain('"code":"INTERNAL"');
    expect(text).not.toMatch(/deputy|column|SELECT|\.ts/);
    expect(
      lines.some((line) => line.includes('deputy_for') && line.includes(answer.headers.get('x-request-id')!)),
    ).toBe(true);
  });
});

describe('a list', () => {
  it('is read page by page without gap or repetition', async () => {
    for (const name of ['a1', 'a2', 'a3', 'a4']) await api.account(name, []);
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = (await (
        await admin.call('GET', `/api/v1/accounts?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ).json()) as { items: { username: string }[]; nextCursor: string | null };
      names.push(...page.items.map((item) => item.username));
      cursor = page.nextCursor;
    }
    expect(names).toEqual(['a1', 'a2', 'a3', 'a4', 'admin', 'person']);
  });
});

describe('the server', () => {
  it('sends a policy that runs no script but its own, and keeps answers out of caches', async () => {
    const { headers } = await admin.call('GET', '/api/v1/session');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none';script-src 'self';/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect([headers.get('x-content-type-options'), headers.get('x-powered-by')]).toEqual(['nosniff', null]);
  });

  it('describes itself, is alive and ready, and shows measurements to the neighbourhood only', async () => {
    const description = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, object>;
    };
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths)).toEqual(
      expect.arrayContaining(['/api/v1/session', '/api/v1/incidents/{id}', '/healthz']),
    );
    expect(
      await Promise.all(['/healthz', '/readyz', '/metrics'].map((address) => outcome(fetch(`${api.url}${address}`)))),
    ).toEqual(['200', '200', '200']);
    expect(await outcome(fetch(`${api.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } }))).toBe(
      '404 NOT_FOUND',
    );
  });

  it('survives a request that is no HTTP', async () => {
    const { port } = new URL(api.url);
    await new Promise<void>((resolve) =>
      connect(Number(port), '127.0.0.1')
        .on('close', () => resolve())
        .on('error', () => undefined)
        .resume()
        .end('\u0000\u0001 nonsense\r\n\r\n'),
    );
    expect(await outcome(fetch(`${api.url}/healthz`))).toBe('200');
  });
});
