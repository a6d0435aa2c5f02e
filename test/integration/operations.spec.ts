import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { readScreen } from '#reporting/screen.views.js';
import { DeadLettersService } from '#triage/dead-letters.service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const COUNTY = { purpose: 'administration' as const, jurisdictions: ['990121'], bodies: [] };
const ACTOR = { kind: 'user' as const, id: newId(), name: '管理员' };

let db: TestDatabase;
const letters = new DeadLettersService();
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** An item of a place that triage has given up. */
async function givenUp(jurisdiction: string): Promise<{ letter: string; item: string }> {
  const [source, item, letter] = [newId(), newId(), newId()];
  await db.asOwner(
    `INSERT INTO sources (id, kind, name, channel, rank, jurisdiction) VALUES ($1, 'feed', 'x', 'x', 'local', $2)`,
    [source, jurisdiction],
  );
  await db.asOwner(
    `INSERT INTO items (id, source_id, identity_key, kind, title, body, normalised, content_sha256, fetched_at, received_at, jurisdiction, state, attempts)
     VALUES ($1, $2, 'k', 'post', '坏信息', 'b', 'n', 'k', huiying_now(), huiying_now(), $3, 'quarantined', 5)`,
    [item, source, jurisdiction],
  );
  await db.asOwner(
    `INSERT INTO dead_letters (id, stage, subject_ref, code, message) VALUES ($1, 'triage', $2, 'BROKEN', 'it broke')`,
    [letter, item],
  );
  return { letter, item };
}

it('shows and replays the dead letters of one’s own place, once, with a ledger entry each', async () => {
  const own = await givenUp('990121');
  const foreign = await givenUp('990122');
  const listed = await db.app.inScope(COUNTY, (tx) => letters.list(tx, { limit: 50 }));
  expect(listed.map(({ id }) => id)).toEqual([own.letter]);
  const replay = () => db.app.inScope(COUNTY, (tx) => letters.replay(tx, [own.letter, foreign.letter], ACTOR));
  expect(await replay()).toEqual([own.letter]);
  expect(await replay()).toEqual([]);
  const states = await db.asOwner<{ id: string; state: string }>('SELECT id, state FROM items');
  expect(new Map(states.map(({ id, state }) => [id, state]))).toEqual(
    new Map([
      [own.item, 'received'],
      [foreign.item, 'quarantined'],
    ]),
  );
  const entries = await db.asOwner(`SELECT 1 FROM ledger_entries WHERE type = 'deadLetter.replayed'`);
  expect(entries).toHaveLength(1);
});

it('reads the big screen: what is overdue, what falls due within the hour, and who is behind', async () => {
  const incident = newId();
  await db.asOwner(
    `INSERT INTO incidents (id, number, title, state, category, jurisdiction, policy_pack, detected_at) VALUES ($1::uuid, $1::text, '停水', 'assigned', 'C3', '990121', 'yunjiang', huiying_now())`,
    [incident],
  );
  const clock = (key: string, state: string, due: string) =>
    db.asOwner(
      `INSERT INTO response_clocks (id, incident_id, clock_key, act, force, form, scope, label, state, started_at, due_at, policy_pack, policy_version)
       VALUES (gen_random_uuid(), $1, $2, 'publicResponse', 'limit', 'deadline', 'public', '公开回应', $3, huiying_now() - interval '1 day', huiying_now() + $4::interval, 'yunjiang', '1')`,
      [incident, key, state, due],
    );
  await clock('late', 'overdue', '-10 minutes');
  await clock('soon', 'armed', '30 minutes');
  await clock('far', 'armed', '3 hours');
  const screen = await db.app.inScope({ ...COUNTY, purpose: 'case' }, readScreen);
  expect(screen).toMatchObject({ open: 1, overdueCount: 1, dueSoonCount: 1 });
  expect(screen.overdue.map(({ title }) => title)).toEqual(['停水']);
  const elsewhere = await db.app.inScope({ ...COUNTY, purpose: 'case', jurisdictions: ['990122'] }, readScreen);
  expect(elsewhere).toMatchObject({ open: 0, overdueCount: 0, overdue: [] });
});
