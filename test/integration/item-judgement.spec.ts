import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { IntakeViews } from '#ingest/intake.views.js';
import { newId } from '#kernel/ids.js';
import { labelledHistory } from '#triage/models.store.js';
import { eventsOf, type Office, openOffice } from '../support/office.js';
import { ANALYST } from '../support/story.js';

let o: Office;
beforeEach(async () => {
  o = await openOffice('nantong');
});
afterEach(() => o.close());

/** Of no category by its words, and from here: the rules leave it to a person. */
const CRACK: [string, string] = ['江安镇大桥裂了', '如皋市江安镇桥面上裂了条缝，车过的时候晃'];
const AGAIN: [string, string] = ['江安镇大桥裂了还在走车', '如皋市江安镇桥面上裂了条缝，车过的时候晃得更厉害'];
const FLOWERS: [string, string] = ['黄酒节', '如皋市白蒲镇今年的黄酒节比去年热闹'];

const judge = (itemId: string, category: 'C3' | 'C5' | 'NONE' | 'SR') =>
  o.act((tx) => o.judgements.judge(tx, { itemId, actor: ANALYST, category }));
const lane = (decision: string, judged: boolean) =>
  o.act((tx) => new IntakeViews().items(tx, { limit: 10, decision: [decision], judged }));
const rows = (sql: string, id: string) => o.db.asOwner<Record<string, unknown>>(sql, [id]);

test('what the rules were unsure of waits in its lane until a person has spoken', async () => {
  const crack = await o.receive('2026-11-20 09:00', ...CRACK);
  await o.receive('2026-11-20 09:01', ...FLOWERS);
  expect((await lane('unsure', false)).map(({ id }) => id)).toEqual([crack]);
  const waiting = () => o.act((tx) => new IntakeViews().unsureCount(tx));
  expect(await waiting()).toBe(1);
  const elsewhere = { purpose: 'case' as const, jurisdictions: ['990100'], bodies: [] };
  expect(await o.db.app.inScope(elsewhere, (tx) => new IntakeViews().unsureCount(tx))).toBe(0);
  expect(await judge(crack, 'NONE')).toEqual({ incident: null });
  expect(await lane('unsure', false)).toEqual([]);
  expect(await waiting()).toBe(0);
  expect(await lane('unsure', true)).toMatchObject([{ id: crack, judgedCategory: 'NONE', incidentId: null }]);
  expect(await rows('SELECT count(*)::int AS n FROM incidents WHERE id <> $1', newId())).toEqual([{ n: 0 }]);
});

test('an item that was put aside becomes a proposal at once, is routed, and later tellings join it', async () => {
  const item = await o.receive('2026-11-20 09:00', ...CRACK);
  const { incident } = await judge(item, 'C3');
  await o.settle();
  expect(await rows('SELECT state, category, grade, item_count FROM incidents WHERE id = $1', incident!.id)).toEqual([
    { state: 'proposed', category: 'C3', grade: 'none', item_count: 1 },
  ]);
  expect(await rows('SELECT 1 AS found FROM routing_proposals WHERE incident_id = $1', incident!.id)).toEqual([
    { found: 1 },
  ]);
  expect(await eventsOf(o.db, incident!.id, 'i')).toEqual({ 'incident.proposed': 1, 'item.judged': 1 });
  const later = await o.receive('2026-11-20 10:00', ...AGAIN);
  expect(await rows('SELECT duplicate_of FROM item_analyses WHERE item_id = $1', later)).toEqual([
    { duplicate_of: item },
  ]);
  expect(await rows('SELECT incident_id FROM incident_items WHERE item_id = $1', later)).toEqual([
    { incident_id: incident!.id },
  ]);
  expect(await rows('SELECT item_count FROM incidents WHERE id = $1', incident!.id)).toEqual([{ item_count: 2 }]);
});

test('copies of what nobody took up stay put aside, and open no incident', async () => {
  await o.receive('2026-11-20 09:00', ...CRACK);
  await o.receive('2026-11-20 10:00', ...AGAIN);
  expect(await rows('SELECT count(*)::int AS n FROM incidents WHERE id <> $1', newId())).toEqual([{ n: 0 }]);
});

test('an emergency that a person takes up has no grade until somebody gives one (domain 4)', async () => {
  const item = await o.receive('2026-11-20 09:00', ...CRACK);
  const { incident } = await judge(item, 'C5');
  expect(await rows('SELECT category, grade FROM incidents WHERE id = $1', incident!.id)).toEqual([
    { category: 'C5', grade: 'unknown' },
  ]);
});

test('the word of a person is a labelled text of the next training, the latest one', async () => {
  const item = await o.receive('2026-11-20 09:00', ...FLOWERS);
  await judge(item, 'SR');
  await o.at('2026-11-20 09:05');
  await judge(item, 'NONE');
  expect(await o.db.worker.asSystem((tx) => labelledHistory(tx))).toEqual([
    { text: FLOWERS.join('\n'), label: 'NONE' },
  ]);
});

test('an item is judged once it was read, and no more when it belongs to an incident', async () => {
  const item = await o.receive('2026-11-20 09:00', ...CRACK);
  await judge(item, 'C3');
  await expect(judge(item, 'NONE')).rejects.toMatchObject({ code: 'ITEM_IN_INCIDENT', status: 409 });
  await o.db.asOwner('DELETE FROM incident_items');
  await o.db.asOwner('DELETE FROM item_analyses WHERE item_id = $1', [item]);
  await expect(judge(item, 'NONE')).rejects.toMatchObject({ code: 'ITEM_NOT_TRIAGED', status: 409 });
});
