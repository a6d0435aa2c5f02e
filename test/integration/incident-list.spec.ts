import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { activityOf, countIncidents, type IncidentFilter, listIncidents } from '#triage/incident-list.views.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const CITY = { purpose: 'case' as const, jurisdictions: ['990100'], bodies: [] };
const NOW = '2026-11-26T09:00:00Z';

interface Planted {
  title: string;
  state?: string;
  category?: string;
  grade?: string;
  heat?: number;
  jurisdiction?: string;
  detected?: string;
  due?: string;
  overdueSince?: string;
  snoozedUntil?: string;
}

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.setNow(NOW);
});
afterAll(() => db.drop());

async function plant(incident: Planted): Promise<string> {
  const id = newId();
  await db.asOwner(
    `INSERT INTO incidents (id, number, title, state, category, grade, heat_score, jurisdiction, policy_pack, detected_at, snoozed_until)
     VALUES ($1::uuid, $1::text, $2, $3, $4, $5, $6, $7, 'yunjiang', $8, $9)`,
    [
      id,
      incident.title,
      incident.state ?? 'proposed',
      incident.category ?? 'C3',
      incident.grade ?? 'unknown',
      incident.heat ?? 0,
      incident.jurisdiction ?? '990103',
      incident.detected ?? NOW,
      incident.snoozedUntil ?? null,
    ],
  );
  if (incident.due !== undefined)
    await db.asOwner(
      'INSERT INTO incident_deadlines (incident_id, next_due_at, overdue_count, first_overdue_at) VALUES ($1, $2, $3, $4)',
      [id, incident.due, incident.overdueSince === undefined ? 0 : 1, incident.overdueSince ?? null],
    );
  return id;
}

/** The whole list, read in pages of two. */
async function titles(filter: Omit<IncidentFilter, 'limit'>): Promise<string[]> {
  const found: string[] = [];
  let after: IncidentFilter['after'];
  for (;;) {
    const page = await db.app.inScope(CITY, (tx) =>
      listIncidents(tx, { ...filter, limit: 2, ...(after === undefined ? {} : { after }) }),
    );
    found.push(...page.map((row) => row.title));
    if (page.length < 2) return found;
    after = { keys: page[1]!.sortKeys, id: page[1]!.id };
  }
}

it('puts the overdue first, then what falls due next, then what has no limit, over pages', async () => {
  await plant({ title: 'no limit, newer', state: 'assigned', detected: '2026-11-26T08:00:00Z' });
  await plant({ title: 'no limit, older', state: 'assigned', detected: '2026-11-26T07:00:00Z' });
  await plant({ title: 'due later', state: 'assigned', due: '2026-11-26T12:00:00Z' });
  await plant({ title: 'due soon', state: 'assigned', due: '2026-11-26T10:00:00Z' });
  await plant({
    title: 'overdue',
    state: 'assigned',
    due: '2026-11-26T13:00:00Z',
    overdueSince: '2026-11-26T08:30:00Z',
  });
  expect(await titles({ state: ['assigned'], sort: 'deadline' })).toEqual([
    'overdue',
    'due soon',
    'due later',
    'no limit, older',
    'no limit, newer',
  ]);
});

it('puts the gravest proposal first: grade, category, then the longest waiting', async () => {
  await plant({ title: 'report', category: 'C3', detected: '2026-11-26T08:00:00Z' });
  await plant({ title: 'emergency without figures', category: 'C5' });
  await plant({ title: 'report, waiting longer', category: 'C3', detected: '2026-11-26T07:00:00Z' });
  await plant({ title: 'graded', category: 'C1', grade: 'III' });
  expect(await titles({ state: ['proposed'], sort: 'grade' })).toEqual([
    'graded',
    'emergency without figures',
    'report, waiting longer',
    'report',
  ]);
  expect(await titles({ state: ['proposed'], sort: 'deadline' })).toHaveLength(4);
});

it('tells neighbours apart that were found in the same millisecond', async () => {
  for (let microsecond = 0; microsecond < 5; microsecond += 1)
    await plant({ title: `m${microsecond}`, state: 'responded', detected: `2026-11-26T06:00:00.00000${microsecond}Z` });
  expect(await titles({ state: ['responded'], sort: 'newest' })).toEqual(['m4', 'm3', 'm2', 'm1', 'm0']);
});

it('hides what is put aside until asked, and what belongs to another city always', async () => {
  await plant({ title: 'aside', state: 'confirmed', snoozedUntil: '2026-11-26T10:00:00Z' });
  await plant({ title: 'elsewhere', state: 'confirmed', jurisdiction: '880100' });
  await plant({ title: 'here', state: 'confirmed', heat: 3 });
  expect(await titles({ state: ['confirmed'], sort: 'heat' })).toEqual(['here']);
  expect(await titles({ state: ['confirmed'], sort: 'heat', snoozed: true })).toEqual(['aside']);
});

it('finds what falls due before an instant', async () => {
  expect(await titles({ state: ['assigned'], sort: 'newest', dueBefore: new Date('2026-11-26T11:00:00Z') })).toEqual([
    'due soon',
  ]);
});

it('counts the states, and the overdue of each', async () => {
  const counts = await db.app.inScope(CITY, countIncidents);
  expect(counts.find(({ state }) => state === 'assigned')).toEqual({ state: 'assigned', n: 5, overdue: 1 });
  expect(counts.find(({ state }) => state === 'confirmed')).toEqual({ state: 'confirmed', n: 2, overdue: 0 });
});

it('counts the messages of an incident by the hour of the last day', async () => {
  const incident = await plant({ title: 'with messages' });
  const source = newId();
  await db.asOwner(
    `INSERT INTO sources (id, kind, name, channel, rank, jurisdiction) VALUES ($1, 'feed', 'x', 'x', 'local', '990100')`,
    [source],
  );
  for (const [index, at] of ['2026-11-24T09:00:00Z', '2026-11-26T08:30:00Z', '2026-11-26T08:40:00Z'].entries()) {
    const item = newId();
    await db.asOwner(
      `INSERT INTO items (id, source_id, identity_key, kind, title, body, normalised, content_sha256, fetched_at, received_at, jurisdiction)
       VALUES ($1, $2, $3, 'post', 't', 'b', 'n', $3, $4, $4, '990103')`,
      [item, source, `k${index}`, at],
    );
    await db.asOwner(`INSERT INTO incident_items (incident_id, item_id, relation) VALUES ($1, $2, 'confirmed')`, [
      incident,
      item,
    ]);
  }
  const [activity] = await db.app.inScope(CITY, (tx) => activityOf(tx, [incident]));
  expect(activity).toMatchObject({ firstAt: new Date('2026-11-24T09:00:00Z') });
  expect(activity!.counts.reduce((sum, n) => sum + n, 0)).toBe(2);
  expect(activity!.counts.at(-1)).toBe(2);
});
