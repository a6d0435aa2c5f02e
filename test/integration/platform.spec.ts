import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { sealBatch, sealHash, CANONICAL_ENTRY, GENESIS_HASH } from '#platform/ledger/sealer.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { refuseUnsafeRole } from '#platform/database/role-check.js';
import { Database } from '#platform/database/database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const append = (type: string, payload = {}) =>
  db.worker.asSystem(async (tx) =>
    appendLedger(tx, [{ type, at: await tx.now(), actor: systemActor('test'), payload }]),
  );

describe('time', () => {
  it('is the database owner’s: it moves when the owner moves it, and nobody else can', async () => {
    await db.setNow('2026-11-20T14:05:00+08:00');
    const now = await db.worker.asSystem((tx) => tx.now());
    expect(now.toISOString().slice(0, 16)).toBe('2026-11-20T06:05');
    await expect(db.worker.asSystem((tx) => tx.query('UPDATE test_time SET offset_ms = 0'))).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      db.worker.asSystem((tx) =>
        tx.query(`CREATE OR REPLACE FUNCTION huiying_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'`),
      ),
    ).rejects.toThrow(/permission denied|must be owner/);
  });
});

describe('ledger', () => {
  it('refuses update, delete and truncate, even to its owner', async () => {
    await append('test.happened');
    for (const sql of [
      `UPDATE ledger_entries SET type = 'x'`,
      'DELETE FROM ledger_entries',
      'TRUNCATE ledger_entries CASCADE',
    ])
      await expect(db.asOwner(sql)).rejects.toThrow(/append-only/);
  });

  it('is sealed into a gap-free chain whose hashes recompute from the rows', async () => {
    for (let n = 0; n < 5; n += 1) await append('test.happened', { n, text: '停水' });
    while ((await sealBatch(db.worker)) > 0);
    const rows = await db.asOwner<{ seq: string; prev_hash: string; hash: string; canonical: string }>(
      `SELECT s.seq, s.prev_hash, s.hash, ${CANONICAL_ENTRY} AS canonical FROM ledger_seals s JOIN ledger_entries e ON e.id = s.entry_id ORDER BY s.seq`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(5);
    let previous = GENESIS_HASH;
    rows.forEach((row, index) => {
      expect(Number(row.seq)).toBe(index + 1);
      expect(row.prev_hash).toBe(previous);
      expect(sealHash(previous, index + 1, row.canonical)).toBe(row.hash);
      previous = row.hash;
    });
  });

  it('hands each entry to a consumer once, even when its handler fails in between', async () => {
    const seen: string[] = [];
    let failing = true;
    const subscription = {
      consumer: 'test-consumer',
      types: ['test.followed'],
      handle: async (_tx: unknown, entries: { id: string }[]) => {
        if (failing) throw new Error('planted');
        seen.push(...entries.map((entry) => entry.id));
      },
    };
    const ids = [...(await append('test.followed')), ...(await append('test.followed'))];
    while ((await sealBatch(db.worker)) > 0);
    await expect(consumeLedger(db.worker, subscription)).rejects.toThrow('planted');
    failing = false;
    while ((await consumeLedger(db.worker, subscription)) > 0);
    await consumeLedger(db.worker, subscription);
    expect(seen).toEqual(ids);
  });
});

describe('scope', () => {
  it('shows nothing to a transaction without scope, and only its own to one with scope', async () => {
    const incident = (jurisdiction: string, bodies: string[]) =>
      db.asOwner(
        `INSERT INTO incidents (id, number, title, state, category, jurisdiction, body_ids, policy_pack, detected_at)
         VALUES ($1, $2, '停水', 'confirmed', 'C3', $3, $4, 'yunjiang', huiying_now())`,
        [newId(), `T-${newId()}`, jurisdiction, bodies],
      );
    await incident('990121', ['990121-ENV']);
    await incident('990122', ['990122-ENV']);
    const count = async (jurisdictions: string[], bodies: string[]) => {
      const read = async (sql: (visible: string, parameters: unknown[]) => string) =>
        db.app.inScope({ purpose: 'case', jurisdictions, bodies }, async (tx) => {
          const parameters: unknown[] = [];
          const visible = tx.visible('incidents', parameters);
          return Number((await tx.one<{ n: string }>(sql(visible, parameters), parameters))!.n);
        });
      return [
        await read((visible) => `SELECT count(*) AS n FROM ${visible} v`),
        await db.app.inScope({ purpose: 'case', jurisdictions, bodies }, async (tx) =>
          Number((await tx.one<{ n: string }>('SELECT count(*) AS n FROM incidents'))!.n),
        ),
      ];
    };
    expect(await count([], [])).toEqual([0, 0]);
    expect(await count(['990121'], [])).toEqual([1, 1]);
    expect(await count(['990100'], [])).toEqual([2, 2]);
    expect(await count([], ['990122-ENV'])).toEqual([1, 1]);
  });

  it('lets a back-fill of the owner update rows under FORCE row-level security', async () => {
    const rows = await db.asOwner(`UPDATE incidents SET title = title || '（补）' RETURNING id`);
    expect(rows).toHaveLength(2);
  });

  it('refuses a process whose role owns tables or bypasses row-level security, and says why', async () => {
    for (const [url, reason] of [
      [db.urls.owner, /owns tables/],
      [db.urls.superuser, /superuser/],
    ] as const) {
      const database = await Database.connect({ url, applicationName: 'test-unsafe', poolSize: 1 });
      await expect(refuseUnsafeRole(database, 'DATABASE_URL')).rejects.toThrow(reason);
      await database.close();
    }
    await expect(refuseUnsafeRole(db.app, 'DATABASE_URL')).resolves.toBeUndefined();
  });
});
