import path from 'node:path';
import { AssignmentService } from '#assignment/assignment.service.js';
import { DirectoryCoordinators } from '#assignment/directory-coordinators.js';
import { MergedOrders } from '#assignment/merged-orders.service.js';
import { RoutingService } from '#assignment/routing.service.js';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { SweepService } from '#clocks/sweep.service.js';
import { saveBodies } from '#directory/bodies.store.js';
import type { CityDirectory } from '#directory/contract.js';
import { loadCity } from '#directory/load-city.js';
import { EscalationService } from '#escalation/escalation.service.js';
import { LadderKeeper } from '#escalation/keeper.service.js';
import { LadderPolicies } from '#escalation/ladder-policies.js';
import { SupervisionTerm } from '#escalation/supervision-term.js';
import { storeFeedItems } from '#ingest/feed-items.store.js';
import { sha256 } from '#kernel/hash.js';
import { newId } from '#kernel/ids.js';
import { NotificationService } from '#notification/notification.service.js';
import type { Transaction } from '#platform/database/database.js';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import type { Actor } from '#platform/ledger/ledger.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { CaptureService } from '#response/capture.service.js';
import { GuardedPageFetcher } from '#response/guarded-page-fetcher.js';
import { RecheckService } from '#response/recheck.service.js';
import { ResponsePolicy } from '#response/response-policy.js';
import { StatementsService } from '#response/statements.service.js';
import { SplitService } from '#triage/split.service.js';
import { DecisionsService } from '#triage/decisions.service.js';
import { IncidentsStore } from '#triage/incidents.store.js';
import { ItemJudgementService } from '#triage/item-judgement.service.js';
import { LoadedResources } from '#triage/loaded-resources.js';
import { PipelineService } from '#triage/pipeline.service.js';
import { RuleAnalyst } from '#triage/rule-analyst.js';
import { TakenUpItems } from '#triage/taken-up-items.service.js';
import { IntakePersonalData } from '../../apps/api/response/stage-readers.js';
import { CONFIG_DIR } from './clock-histories.js';
import { insertRow } from './rows.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { TEST_DRILL_HOUR_MS } from './settings.js';

/** 2026-11-20 14:05[:30[.001]] as an instant of the office's zone. */
export const office = (text: string): Date => new Date(`${text.replace(' ', 'T')}+08:00`);
export const person = (name: string): Actor => ({ kind: 'user', id: newId(), name });

export type Office = Awaited<ReturnType<typeof openOffice>>;

/** Loading a city's tables and model takes seconds; they are pure, so every office of a suite shares them. */
const loaded = new Map<string, { city: CityDirectory; analyst: RuleAnalyst; resources: LoadedResources }>();
function load(cityId: string) {
  let known = loaded.get(cityId);
  if (known === undefined) {
    const city = loadCity(CONFIG_DIR, cityId);
    const analyst = RuleAnalyst.load(CONFIG_DIR, path.resolve('.data/test'), city);
    known = { city, analyst, resources: LoadedResources.load(CONFIG_DIR, city, undefined) };
    loaded.set(cityId, known);
  }
  return known;
}

/** Every service of the pipeline over one test database, in one process and without a queue; whoever tests kicks them. */
export async function openOffice(cityId = 'nantong', intranet: string[] = []) {
  const db = await createTestDatabase();
  await stopClock(db);
  const { city, analyst, resources } = load(cityId);
  await db.worker.asSystem((tx) => saveBodies(tx, [...city.bodies.values()]));
  const sourceId = await plantSource(db, city);
  const incidents = new IncidentsStore();
  const directory = { city };
  const policy = ResponsePolicy.load(CONFIG_DIR);
  const ladders = LadderPolicies.load(CONFIG_DIR, TEST_DRILL_HOUR_MS);
  const pipeline = new PipelineService(db.worker, analyst, resources, incidents);
  const fetcher = new GuardedPageFetcher(new GuardedFetcher({ intranet, userAgent: 'test' }));
  const services = {
    decisions: new DecisionsService(incidents),
    splits: new SplitService(incidents, directory),
    judgements: new ItemJudgementService(incidents, directory, resources),
    assignment: new AssignmentService(incidents, new DirectoryCoordinators(directory)),
    statements: new StatementsService(incidents, directory, policy, new IntakePersonalData()),
    escalation: new EscalationService(incidents, directory, new SupervisionTerm(ladders)),
    keeper: new ClockKeeper(LoadedPolicies.load(CONFIG_DIR, city, TEST_DRILL_HOUR_MS)),
    ladder: new LadderKeeper(ladders, directory),
    sweep: new SweepService(db.worker),
    capture: new CaptureService(db.worker, fetcher, incidents, policy),
    recheck: new RecheckService(db.worker, fetcher, incidents, policy),
    routing: new RoutingService(directory),
    notices: new NotificationService(),
    pipeline,
  };
  const mergedOrders = new MergedOrders(incidents, new DirectoryCoordinators(directory));
  const takenUp = new TakenUpItems(analyst, resources);
  const followers = [services.routing, takenUp, mergedOrders, services.keeper, services.ladder, services.notices];
  /** What the processes do at one instant, until none of them finds anything more. */
  const settle = async (): Promise<number> => {
    let steps = 0;
    for (let moved = 1; moved > 0; steps += moved) {
      moved = (await pipeline.triageBatch()) + (await sealBatch(db.worker));
      for (const follower of followers) moved += await consumeLedger(db.worker, follower);
      moved += (await services.sweep.sweep('sweep', 'test')) + (await services.ladder.climb(db.worker));
      moved += (await services.capture.captureBatch()) + (await services.recheck.recheckBatch());
    }
    return steps;
  };
  const receive = async (when: string, title: string, text: string, published = when): Promise<string> => {
    await db.setNow(office(when));
    const contentSha256 = sha256(`${title}\n${text}`);
    await db.worker.asSystem(async (tx) => {
      const origin = {
        sourceId,
        sourceName: '南通新闻',
        channel: 'media',
        region: city.root.name,
        jurisdiction: city.root.code,
        drill: false,
      };
      const facts = { id: contentSha256, title, text, published: office(published) };
      const draft = { kind: 'article' as const, title, body: text, contentSha256, publishedAt: office(published) };
      await storeFeedItems(tx, { ...origin, fetchedAt: office(when) }, [{ facts, draft }], office(when));
    });
    await settle();
    const [item] = await db.asOwner<{ id: string }>('SELECT id FROM items WHERE content_sha256 = $1', [contentSha256]);
    return item!.id;
  };
  return {
    db,
    city,
    sourceId,
    ...services,
    settle,
    /** Lets the processes work at an instant. */
    at: async (when: string) => {
      await db.setNow(office(when));
      await settle();
    },
    /** A person of the city acts, through the role and the scope of the api. */
    act: <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
      db.app.inScope({ purpose: 'case', jurisdictions: [city.root.code], bodies: [] }, work),
    /** An entry of the city's feed is received at an instant and read; answers its id. */
    receive,
    /** The same; answers the incident that it opened or joined. */
    hear: async (when: string, title: string, text: string, published = when): Promise<string> => {
      const itemId = await receive(when, title, text, published);
      const [link] = await db.asOwner<{ id: string }>(
        'SELECT incident_id AS id FROM incident_items WHERE item_id = $1',
        [itemId],
      );
      if (link === undefined) throw new Error(`no incident came of ${title}`);
      return link.id;
    },
    close: () => db.drop(),
  };
}

/** The clocks of an incident by key: due and state in the office's zone. */
export async function clocksOf(
  db: TestDatabase,
  incidentId: string,
  scope: 'public' | 'inner',
): Promise<Record<string, string>> {
  const rows = await db.asOwner<{ key: string; line: string }>(
    `SELECT clock_key AS key, to_char(due_at AT TIME ZONE 'Asia/Shanghai', 'MM-DD HH24:MI') || ' ' || state AS line
       FROM response_clocks WHERE incident_id = $1 AND scope = $2 AND act <> 'continuingRelease' ORDER BY due_at, clock_key`,
    [incidentId, scope],
  );
  return Object.fromEntries(rows.map(({ key, line }) => [key.replace(/#.*/, ''), line]));
}

/** The firings of an incident of one kind: which clock, milliseconds late, by which path. */
export async function firingsOf(db: TestDatabase, incidentId: string, event = 'overdue'): Promise<string[]> {
  const rows = await db.asOwner<{ line: string }>(
    `SELECT c.clock_key || ' +' || f.lateness_ms || ' ' || f.path AS line FROM clock_firings f JOIN response_clocks c ON c.id = f.clock_id
      WHERE f.incident_id = $1 AND f.event = $2 ORDER BY f.due_at, c.clock_key`,
    [incidentId, event],
  );
  return rows.map(({ line }) => line.replace(/#\S+/, ''));
}

/** The ladder of an incident: step, number, instant, deadline and state. */
export async function ladderOf(db: TestDatabase, incidentId: string): Promise<string[]> {
  const rows = await db.asOwner<{ line: string }>(
    `SELECT concat_ws(' ', step, number, reason, to_char(at AT TIME ZONE 'Asia/Shanghai', 'DD HH24:MI'), '→', to_char(deadline AT TIME ZONE 'Asia/Shanghai', 'DD HH24:MI'), state) AS line
       FROM escalations WHERE incident_id = $1 ORDER BY at, ordinal, step`,
    [incidentId],
  );
  return rows.map(({ line }) => line);
}

/** How often each event of the given beginnings stands in the ledger of an incident. */
export async function eventsOf(
  db: TestDatabase,
  incidentId: string,
  beginning: string,
): Promise<Record<string, number>> {
  const rows = await db.asOwner<{ type: string; n: number }>(
    `SELECT type, count(*)::int AS n FROM ledger_entries WHERE incident_id = $1 AND starts_with(type, $2) GROUP BY type ORDER BY type`,
    [incidentId, beginning],
  );
  return Object.fromEntries(rows.map(({ type, n }) => [type, n]));
}

/** Time of the suite stands still between two `setNow`: an instant can be met to the millisecond. */
async function stopClock(db: TestDatabase): Promise<void> {
  await db.asOwner('ALTER TABLE test_time ADD COLUMN stopped_at timestamptz');
  await db.asOwner(
    `CREATE OR REPLACE FUNCTION huiying_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
       $$ SELECT coalesce(stopped_at, clock_timestamp() + offset_ms * interval '1 millisecond') FROM test_time $$`,
  );
  db.setNow = async (instant) => {
    await db.asOwner('UPDATE test_time SET stopped_at = $1::timestamptz', [instant]);
  };
  db.advance = async (milliseconds) => {
    await db.asOwner(`UPDATE test_time SET stopped_at = stopped_at + $1 * interval '1 millisecond'`, [milliseconds]);
  };
}

async function plantSource(db: TestDatabase, city: CityDirectory): Promise<string> {
  const id = newId();
  await insertRow(db, 'sources', {
    id,
    kind: 'feed',
    name: '南通新闻',
    jurisdiction: city.root.code,
    channel: 'media',
    region: city.root.name,
    state: 'active',
  });
  return id;
}

/** What the tables say that a repeated run must not change. */
export async function everything(db: TestDatabase): Promise<Record<string, unknown>> {
  const tables = {
    incidents: 'id, state, grade, version, item_count',
    ledger_entries: 'id',
    ledger_seals: 'seq, hash',
    response_clocks: 'id, state, due_at, next_look_at, version',
    clock_firings: 'clock_id, event, fired_at, path',
    escalations: 'id, state, number, version',
    ladder_plans: 'incident_id, step_key, at',
    deliveries: 'idempotency_key, state',
    evidence: 'id, state, version',
    assignments: 'id, state, version',
    statements: 'id, state, version',
  };
  const rows = Object.entries(tables).map(async ([table, columns]) => [
    table,
    await db.asOwner(`SELECT ${columns} FROM ${table} ORDER BY ${columns}`),
  ]);
  return Object.fromEntries(await Promise.all(rows)) as Record<string, unknown>;
}
