import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { type ItemAnalysis, ItemAnalyst, type TriageItem } from '#triage/analysis.js';
import { IncidentsStore } from '#triage/incidents.store.js';
import { PipelineService } from '#triage/pipeline.service.js';
import { RelationsViews } from '#triage/relations.views.js';
import { loadClusteringConfig, loadDuplicatePolicy, loadHeatPolicy } from '#triage/policies.js';
import { type SeenHeat, TriageResources } from '#triage/resources.js';
import { scoreSeen } from '#triage/rules/heat/score.js';
import { chooseTitle } from '#triage/rules/cluster/choose-title.js';
import { featuresOf } from '#triage/rules/cluster/features.js';
import { segmenter } from '#triage/segmenter.js';
import { insertRow } from '../support/rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const configDir = path.resolve('config');
const START = Date.parse('2026-11-20T09:00:00+08:00');

/** Judges every item alike, so that only copies and clusters make a difference. */
class SameForAll extends ItemAnalyst {
  analyse(item: TriageItem): ItemAnalysis {
    const place = /在(..)区/.exec(item.body)?.[1];
    return {
      category: 'C3',
      secondary: [],
      scores: {},
      abstained: false,
      tags: [],
      relevant: true,
      decision: 'incident',
      compared: true,
      jurisdiction: null,
      places: place === undefined ? [] : [place],
      figures: [],
      grade: 'none',
      gradeBasis: 'confirmed',
      gradeDetails: {},
      event: {},
      eventTypes: [],
      reasons: [],
      modelVersion: 'test',
      ruleVersion: 'test',
    };
  }
}

class ConfiguredResources extends TriageResources {
  readonly duplicates = loadDuplicatePolicy(configDir);
  readonly clustering = loadClusteringConfig(configDir);
  readonly serviceRequests = { size: 10, windowHours: 24 };
  readonly policyPack = 'test';
  titleOf = (titles: string[]) => chooseTitle(titles, (title) => segmenter().words(title));
  readonly heatPolicy = loadHeatPolicy(configDir);
  heatOf = (facts: SeenHeat) => scoreSeen(facts, this.heatPolicy);
  incidentSeries = () => '测舆〔2026〕';
  featuresOf = (item: TriageItem, analysis: ItemAnalysis) =>
    featuresOf(
      {
        ...item,
        places: analysis.places,
        figures: analysis.figures,
        words: segmenter().words(`${item.title}\n${item.body}`),
      },
      { weightOf: (word) => segmenter().idfOf(word), isGeneric: (word) => this.clustering.genericWords.has(word) },
      this.clustering,
    );
}

// The first suite of a changed schema migrates the template, and the dictionary is read once.
jest.setTimeout(60_000);

let db: TestDatabase;
const sourceId = newId();
let received = 0;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.setNow(new Date(START + 3 * 3_600_000));
  await insertRow(db, 'sources', {
    id: sourceId,
    kind: 'feed',
    name: 'test',
    jurisdiction: '320600',
    channel: 'web',
    state: 'active',
  });
});
afterAll(() => db.drop());

/** Receives texts a minute apart and triages them with a service of its own, as after a restart. Returns their ids. */
async function receive(...bodies: string[]): Promise<string[]> {
  const ids = await store('post', bodies);
  await triageAll();
  return ids;
}

const newPipeline = () =>
  new PipelineService(db.worker, new SameForAll(), new ConfiguredResources(), new IncidentsStore());

async function triageAll(): Promise<void> {
  const pipeline = newPipeline();
  while ((await pipeline.triageBatch()) > 0);
}

async function store(kind: 'post' | 'call', bodies: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const body of bodies) {
    const at = new Date(START + (received += 1) * 60_000);
    const id = newId();
    ids.push(id);
    await insertRow(db, 'items', {
      id,
      source_id: sourceId,
      kind,
      title: '',
      body,
      normalised: body,
      received_at: at,
      published_at: at,
      fetched_at: at,
      jurisdiction: '320600',
      state: 'received',
    });
  }
  return ids;
}

const incidentsOf = async (ids: string[]): Promise<string[]> => {
  const rows = await db.asOwner<{ incident_id: string }>(
    `SELECT DISTINCT incident_id FROM incident_items WHERE item_id = ANY($1::uuid[]) AND relation = 'confirmed'`,
    [ids],
  );
  return rows.map((row) => row.incident_id);
};
const originalOf = async (id: string): Promise<string | null> =>
  (
    await db.asOwner<{ duplicate_of: string | null }>('SELECT duplicate_of FROM item_analyses WHERE item_id = $1', [id])
  )[0]!.duplicate_of;

const LEAK = '渔湾码头边的化肥仓库昨晚渗漏，氨水味飘到对岸的双桥新村，好多人半夜呛醒，打电话没人来管';

describe('copies, across batches and restarts', () => {
  it('are found by their bands in the database, and belong to the original’s incident', async () => {
    const [original] = await receive(LEAK);
    const [exact, near] = await receive(
      LEAK.replaceAll('，', '。 '),
      LEAK.replace('昨晚', '昨夜').replace('没人来管', '没有人管'),
    );
    expect([await originalOf(original!), await originalOf(exact!), await originalOf(near!)]).toEqual([
      null,
      original,
      original,
    ]);
    expect(await incidentsOf([original!, exact!, near!])).toHaveLength(1);
  });

  it('do not swallow the post whose figures are news', async () => {
    const [first] = await receive('开发区凤凰大道脚手架垮塌，目前已有2人送医，道路封闭，交警在现场指挥绕行');
    const [update] = await receive('开发区凤凰大道脚手架垮塌，目前已有6人送医，道路封闭，交警在现场指挥绕行');
    expect(await originalOf(update!)).toBeNull();
    expect(await incidentsOf([first!, update!])).toHaveLength(1);
  });
});

describe('bursts', () => {
  const tellings = [
    '双桥新村对岸化肥仓库的氨水味到现在还没散，渔湾码头这边根本不敢开窗',
    '渔湾码头化肥仓库氨水渗漏两天了，双桥新村老人孩子都在咳嗽',
    '谁知道渔湾码头的化肥仓库什么时候能堵住？氨水味飘满双桥新村',
    '氨水又漏了，渔湾码头化肥仓库没有一个人出来解释，双桥新村业主很生气',
  ];

  it('make one incident of many tellings, in one batch or in several', async () => {
    const together = await receive(...tellings.slice(0, 2));
    const later = await receive(tellings[2]!);
    const last = await receive(tellings[3]!);
    expect(await incidentsOf([...together, ...later, ...last])).toHaveLength(1);
  });

  it('make one incident of a burst that several processes take at once', async () => {
    const burst = Array.from(
      { length: 24 },
      (_, n) => `梅林水库大坝渗水，下游柳湾村民连夜搬走，第${n}户说大坝边坡在掉土`,
    );
    const ids = await store('post', burst);
    const processes = Array.from({ length: 3 }, newPipeline);
    await Promise.all(
      processes.map(async (pipeline) => {
        while ((await pipeline.triageBatch()) > 0);
      }),
    );
    expect(await incidentsOf(ids)).toHaveLength(1);
  });

  it('link what is told online with the orders that came before', async () => {
    const orders = await store('call', [
      '青石街菜场下水道堵了半个月污水漫到青石街',
      '青石街菜场下水道又堵，污水淹了摊位',
    ]);
    await triageAll();
    const [post] = await receive('青石街菜场下水道堵了没人修，污水漫到路口，青石街商户叫苦');
    const [incident] = await incidentsOf([post!]);
    expect(await incidentsOf([...orders, post!])).toEqual([incident]);
    const relations = await db.worker.asSystem((tx) => new RelationsViews().of(tx, incident!));
    expect(relations.orders).toEqual({ total: 2, earlier: 2 });
  });

  it('that come after strike-off open an incident of their own that names the earlier one', async () => {
    const telling = ['翠屏山索道停运，几十名游客挂在翠屏山半空', '翠屏山索道又停运，游客挂在翠屏山半空一小时'];
    const [first] = await incidentsOf(await receive(telling[0]!));
    await db.asOwner(
      `UPDATE incidents SET state = 'struckOff', closed_at = huiying_now() - interval '1 day' WHERE id = $1`,
      [first],
    );
    const [second] = await incidentsOf(await receive(telling[1]!));
    expect(second).not.toBe(first);
    const relations = await db.worker.asSystem((tx) => new RelationsViews().of(tx, second!));
    expect(relations.follows).toMatchObject({ id: first, state: 'struckOff' });
    const earlier = await db.worker.asSystem((tx) => new RelationsViews().of(tx, first!));
    expect(earlier).toMatchObject({ followedBy: [{ id: second }], shared: [{ id: second, here: 'suggested' }] });
  });

  it('make an incident each of unrelated posts that share only the words of any event', async () => {
    const unrelated = [
      '火灾事故通报：在城北区糖果加工车间发生火灾，现场救援，警方调查，事故原因调查',
      '火灾事故通报：在河西区旧货市场发生火灾，现场救援，警方调查，事故原因调查',
      '幼儿园保健医请假三周，打疫苗查验没有人做',
      '梧桐巷路灯坏了十二盏，晚自习回家看不清台阶',
      '公积金异地转移卡在对方城市，窗口互相推诿',
      '早市改到体育馆后门，摊位费一下涨了一倍',
    ];
    const ids = await receive(...unrelated);
    expect(await incidentsOf(ids)).toHaveLength(unrelated.length);
  });
});
