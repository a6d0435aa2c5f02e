import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { clocksOf, eventsOf, ladderOf, type Office, openOffice } from '../support/office.js';
import { ANALYST, SPOKESPERSON, WATER } from '../support/story.js';

let o: Office;
beforeEach(async () => {
  o = await openOffice('nantong');
});
afterEach(() => o.close());

const SCHOOL: [string, string] = [
  '城北街道一小学食堂被曝使用变质食材',
  '家长反映城北街道一小学食堂使用变质食材，已有多名家长到校质询。',
];
const body = (code: string) => o.city.bodyFor('320682', code)!.id;
const confirm = (incidentId: string, grade?: 'none') =>
  o.act((tx) => o.decisions.confirm(tx, { incidentId, actor: ANALYST, ...(grade === undefined ? {} : { grade }) }));
const ordersOf = async (incidentId: string) =>
  (
    await o.db.asOwner<{ line: string }>(
      `SELECT split_part(body_id, '-', 2) || ' ' || role || ' ' || state || ' ' || to_char(dispatched_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI') AS line
         FROM assignments WHERE incident_id = $1 ORDER BY number, body_id`,
      [incidentId],
    )
  ).map(({ line }) => line);
const assign = async (incidentId: string, lead: string, ...co: string[]) =>
  o.act((tx) =>
    o.assignment.assign(tx, {
      incidentId,
      actor: ANALYST,
      addressees: [
        { bodyId: body(lead), role: 'lead' as const },
        ...co.map((code) => ({ bodyId: body(code), role: 'co' as const, task: '配合核实' })),
      ],
    }),
  );

/** An incident with a second message linked to it, as the cluster left them. */
async function twoMattersInOne(): Promise<{ whole: string; items: string[] }> {
  const whole = await o.hear('2026-11-20 09:00', ...WATER);
  const other = await o.hear('2026-11-20 09:05', ...SCHOOL);
  const items = await o.db.asOwner<{ id: string }>(
    'SELECT item_id AS id FROM incident_items WHERE incident_id = ANY($1::uuid[]) ORDER BY incident_id = $2 DESC',
    [[whole, other], whole],
  );
  await o.db.asOwner('UPDATE incident_items SET incident_id = $1 WHERE incident_id = $2', [whole, other]);
  await o.db.asOwner('UPDATE incidents SET item_count = 2 WHERE id = $1', [whole]);
  return { whole, items: items.map(({ id }) => id) };
}

test('a part that is taken out inherits the start, answers for itself, and leaves the clocks of the rest alone', async () => {
  const { whole, items } = await twoMattersInOne();
  await confirm(whole);
  await o.at('2026-11-20 11:00');
  const before = await clocksOf(o.db, whole, 'public');
  const { partId } = await o.act((tx) =>
    o.splits.split(tx, {
      incidentId: whole,
      actor: ANALYST,
      reason: '两件事',
      part: { title: '学校食堂食材', itemIds: [items[1]!], category: 'C3' },
    }),
  );
  await o.settle();
  expect(before).toEqual({ 'publicResponse.limit': '11-22 09:00 armed' });
  expect(await clocksOf(o.db, whole, 'public')).toEqual(before);
  expect(await clocksOf(o.db, partId, 'public')).toEqual(before);
  const [part] = await o.db.asOwner('SELECT state, category, item_count, stamp_sources FROM incidents WHERE id = $1', [
    partId,
  ]);
  const [rest] = await o.db.asOwner<{ sources: object; n: number }>(
    'SELECT stamp_sources AS sources, item_count AS n FROM incidents WHERE id = $1',
    [whole],
  );
  expect(part).toEqual({ state: 'confirmed', category: 'C3', item_count: 1, stamp_sources: rest!.sources });
  expect(rest!.n).toBe(1);
  expect(await eventsOf(o.db, partId, 'incident.')).toEqual({ 'incident.split': 1 });
  expect(await eventsOf(o.db, whole, 'incident.split')).toEqual({ 'incident.split': 1 });
  // The part is routed for itself.
  const [routed] = await o.db.asOwner('SELECT 1 AS found FROM routing_proposals WHERE incident_id = $1', [partId]);
  expect(routed).toEqual({ found: 1 });
});

test('a part takes messages of the whole only, and leaves one; a finished case is not split', async () => {
  const { whole, items } = await twoMattersInOne();
  const split = (itemIds: string[]) =>
    o.act((tx) => o.splits.split(tx, { incidentId: whole, actor: ANALYST, part: { title: '部分', itemIds } }));
  await expect(split(items)).rejects.toMatchObject({ code: 'NOTHING_LEFT' });
  await expect(split(['00000000-0000-7000-8000-000000000000'])).rejects.toMatchObject({ code: 'ITEM_NOT_OF_INCIDENT' });
  await o.act((tx) => o.decisions.reject(tx, { incidentId: whole, actor: ANALYST, as: 'rejected', reason: '无关' }));
  await expect(split([items[1]!])).rejects.toMatchObject({ code: 'INCIDENT_STATE' });
});

test('orders follow their matter into a merge with the instants that they had, and back at an un-merge', async () => {
  const target = await o.hear('2026-11-20 09:00', ...WATER);
  await confirm(target);
  await assign(target, 'WATER');
  const child = await o.hear('2026-11-20 09:10', ...SCHOOL);
  await confirm(child);
  await o.at('2026-11-20 09:30');
  const { assignmentIds } = await assign(child, 'EDU', 'MARK');
  await o.at('2026-11-20 09:50');
  await o.act((tx) => o.assignment.acknowledge(tx, { assignmentId: assignmentIds[0]!, actor: SPOKESPERSON }));
  await o.at('2026-11-20 10:00');
  await o.act((tx) => o.decisions.merge(tx, { incidentId: child, into: target, actor: ANALYST, reason: '同一事件' }));
  await o.at('2026-11-20 10:01');
  expect(await ordersOf(child)).toEqual(['EDU lead withdrawn 09:30', 'MARK co withdrawn 09:30']);
  expect(await ordersOf(target)).toEqual([
    'WATER lead dispatched 09:00',
    'EDU co acknowledged 09:30',
    'MARK co dispatched 09:30',
  ]);
  await o.act((tx) => o.decisions.unmerge(tx, { incidentId: child, actor: ANALYST, reason: '两件事' }));
  await o.at('2026-11-20 10:02');
  expect((await ordersOf(child)).slice(2)).toEqual(['EDU lead acknowledged 09:30', 'MARK co dispatched 09:30']);
  expect(await ordersOf(target)).toEqual([
    'WATER lead dispatched 09:00',
    'EDU co withdrawn 09:30',
    'MARK co withdrawn 09:30',
  ]);
});

test('a co-responder is late by itself: its feedback is due a quarter earlier, and its urging is its own', async () => {
  const id = await o.hear('2026-11-20 09:00', ...WATER);
  await o.db.asOwner(`UPDATE incidents SET heat_level = 'III' WHERE id = $1`, [id]);
  await confirm(id);
  await o.at('2026-11-20 09:10');
  await assign(id, 'WATER', 'HOUS');
  await o.settle();
  const due = await o.db.asOwner<{ line: string }>(
    `SELECT split_part(body_id, '-', 2) || to_char(due_at AT TIME ZONE 'Asia/Shanghai', ' DD HH24:MI') AS line FROM response_clocks
      WHERE incident_id = $1 AND act = 'verificationFeedback' ORDER BY body_id`,
    [id],
  );
  expect(due.map(({ line }) => line)).toEqual(['HOUS 21 03:10', 'WATER 21 09:10']);
  await o.at('2026-11-21 03:11');
  const addressees = async () =>
    (
      await o.db.asOwner<{ line: string }>(
        `SELECT step || ' ' || split_part(addressee_body_id, '-', 2) || ' ' || state AS line FROM escalations WHERE incident_id = $1 ORDER BY at`,
        [id],
      )
    ).map(({ line }) => line);
  expect(await addressees()).toEqual(['reminder HOUS issued']);
  await o.at('2026-11-22 03:11');
  expect(await addressees()).toEqual(['reminder HOUS unmet', 'reminder WATER issued', 'supervision HOUS proposed']);
  // The proposal is told to the supervision office, the urging to the body that is late.
  const told = await o.db.asOwner<{ line: string }>(
    `SELECT topic || ' ' || split_part(body_id, '-', 2) AS line FROM deliveries WHERE incident_id = $1 AND topic IN ('reminder', 'supervision') ORDER BY created_at`,
    [id],
  );
  expect(told.map(({ line }) => line)).toEqual(['reminder HOUS', 'reminder WATER', 'supervision SUPV']);
  expect(await ladderOf(o.db, id)).toHaveLength(3);
});

test('the first report is the network office’s: its clock, and the notice of it, name that office', async () => {
  const id = await o.hear('2026-11-20 09:00', ...WATER);
  await confirm(id);
  await assign(id, 'WATER');
  await o.at('2026-11-22 12:00');
  const [clock] = await o.db.asOwner(
    `SELECT body_id FROM response_clocks WHERE incident_id = $1 AND act = 'firstReport'`,
    [id],
  );
  expect(clock).toEqual({ body_id: o.city.bodyFor(o.city.root.code, 'CYBER')!.id });
  const told = await o.db.asOwner<{ body: string }>(
    `SELECT DISTINCT body_id AS body FROM deliveries WHERE incident_id = $1 AND topic = 'overdue' AND text LIKE '%firstReport%'`,
    [id],
  );
  expect(told).toEqual([{ body: o.city.bodyFor(o.city.root.code, 'CYBER')!.id }]);
});
