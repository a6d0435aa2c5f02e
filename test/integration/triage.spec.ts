import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TrainingJob } from '#triage/model/train-categories.js';
import { trainCategories } from '#triage/model/train-categories.js';
import { bodyOf, listModels, listRuns, runningVersion } from '#triage/models.store.js';
import { BulkService } from '#triage/bulk.service.js';
import { openHotSpots } from '#triage/hot-spots.store.js';
import { IncidentsStore } from '#triage/incidents.store.js';
import { ModelKeeper } from '#triage/model-keeper.service.js';
import { RelationsViews } from '#triage/relations.views.js';
import { RuleAnalyst } from '#triage/rule-analyst.js';
import { SnoozeService } from '#triage/snooze.service.js';
import { Trainer } from '#triage/trainer.js';
import { ModelsService, TrainingService } from '#triage/training.service.js';
import { WatchesService } from '#triage/watches.service.js';
import { CONFIG_DIR } from '../support/clock-histories.js';
import { eventsOf, office, openOffice, person, type Office } from '../support/office.js';

jest.setTimeout(300_000);

/** Trains in this thread: the rules of threads are not what is proved here. */
class HereTrainer extends Trainer {
  train = async (job: TrainingJob) => trainCategories(job);
}

let o: Office;
beforeAll(async () => {
  o = await openOffice('nantong');
});
afterAll(() => o.close());

const store = new IncidentsStore();
const analyst = person('李分析');
const snooze = () => new SnoozeService(o.db.worker);

/** Thirty matters within half an hour that have nothing to do with each other. */
const UNRELATED = `如东县掘港街道自来水发黄，晨报记者调查水厂
海安市一家幼儿园食堂后厨脏乱被都市报曝光
启东市吕四港镇渔船侧翻，两人失联
通州区金沙街道养老院护工扇老人耳光视频流传
崇川区地铁口电动车逆行撞伤学生
如皋市长江镇冷库氨气泄漏，五人送医
海门区三厂工业园纺织厂起火浓烟滚滚
网传南通银行门口排队取钱挤兑
海安市老坝港滨海新区公务员公车私用被拍
如东县洋口港塔吊倒塌，一名工人被压
启东市医保报销拖了半年，电视问政追问
崇川区文峰街道烂尾楼业主维权，媒体追踪报道
通州区石港镇村干部冒领低保被实名举报
海门区临江镇河道黑臭，晚报连续报道
如皋市搬经镇中学女生遭围殴视频曝光
如东县栟茶镇大货车追尾，三人受伤
南通机场廊桥坍塌一角，无人员伤亡
海安市李堡镇农民工讨薪堵路，上百人聚集
启东市汇龙镇燃气爆燃，居民楼玻璃震碎
通州区平潮镇校车超载被记者暗访
崇川区城管打砸水果摊，网友拍下全程
海门区正余镇学生集体腹泻，疾控介入
如皋市白蒲镇养猪场死猪抛河
网传如东核电站泄漏，居民抢购碘盐
启东市近海镇海堤出现管涌，紧急转移百人
海安市雅周镇卫生院拒诊孕妇引发争议
通州区兴东街道快递分拣中心坍塌，四人被困
崇川区五山景区缆车停运，游客滞留高空
海门区悦来镇饮水工程水质不达标被央视曝光
如皋市下原镇公示低保名单泄露身份证号`.split('\n');

describe('hot spots (domain 4.5)', () => {
  const burst = async (from: number, count: number) => {
    const ids = new Set<string>();
    for (let n = from; n < from + count; n += 1)
      ids.add(
        await o
          .hear(
            `2026-11-20 09:${String(n).padStart(2, '0')}`,
            '通州区兴仁镇化工厂排放刺鼻气味',
            `通州区兴仁镇化工厂昨夜排放刺鼻气味，居民关窗睡觉，第${n}位居民要求查处化工厂。编号${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${n * 7919}`,
          )
          .catch(() => ''),
      );
    ids.delete('');
    return [...ids];
  };

  it('raises one for thirty similar messages within two hours, brings back what was put aside, and is taken note of once', async () => {
    const [first] = await burst(1, 3);
    const { version } = await o.act((tx) => store.lock(tx, first!));
    await o.act((tx) =>
      o.decisions.snooze(tx, {
        incidentId: first!,
        expectedVersion: version,
        actor: analyst,
        until: office('2026-11-25 09:00'),
      }),
    );
    expect(await snooze().wakeDue()).toBe(0);
    await burst(4, 27);
    const spots = await o.act((tx) => openHotSpots(tx, 10));
    expect(spots).toMatchObject([{ incidentId: first, why: expect.stringMatching(/volume|growth/) }]);
    expect(await eventsOf(o.db, first!, 'incident.hotSpot')).toEqual({ 'incident.hotSpotRaised': 1 });
    expect(await snooze().wakeDue()).toBe(1);
    const after = await o.act((tx) => store.lock(tx, first!));
    expect(after.snoozedUntil).toBeNull();
    expect(after.heatDetails).toHaveProperty('components');
  });

  it('raises none for thirty unrelated messages', async () => {
    for (const [n, text] of UNRELATED.entries())
      await o.hear(`2026-11-20 15:${String(n).padStart(2, '0')}`, '', text).catch(() => '');
    const [opened] = await o.db.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM incidents');
    expect(opened!.n).toBeGreaterThan(10);
    expect(await o.act((tx) => openHotSpots(tx, 10))).toHaveLength(1);
  });
});

describe('a watch before a policy (R9, R10)', () => {
  it('turns a text that nobody would have looked at into an incident with its prepared wording', async () => {
    const watches = new WatchesService();
    await o.db.setNow(office('2026-11-21 08:00'));
    const draft = {
      title: '公交票价调整',
      words: ['公交票价'],
      places: [],
      startsAt: office('2026-11-21 00:00'),
      endsAt: office('2026-11-30 00:00'),
      risks: '老年乘客不满',
      wording: '六十五周岁以上乘客仍免费乘车。',
      bodyId: null,
    };
    const id = await o.act((tx) => watches.open(tx, { ...draft, jurisdiction: o.city.root.code, actor: analyst }));
    const incident = await o.hear('2026-11-21 09:00', '公交票价要变了', '听说南通公交票价下周调整，不知道老人怎么算');
    const relations = await o.act((tx) => new RelationsViews().of(tx, incident));
    expect(relations.watches).toMatchObject([{ id, wording: '六十五周岁以上乘客仍免费乘车。', words: ['公交票价'] }]);
    expect(await eventsOf(o.db, incident, 'incident.watchMatched')).toEqual({ 'incident.watchMatched': 1 });
    await o.act((tx) => watches.change(tx, { id, expectedVersion: 1, draft, state: 'closed', actor: analyst }));
    const counted = async () => (await o.db.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM incidents'))[0]!.n;
    const before = await counted();
    await o.hear('2026-11-21 10:00', '票价', '海安公交票价调整了吗，问一下公交票价细则在哪里看').catch(() => '');
    expect(await counted()).toBe(before);
    expect(await eventsOf(o.db, incident, 'incident.watchMatched')).toEqual({ 'incident.watchMatched': 1 });
  });
});

describe('decisions on many', () => {
  it('answers for each, and takes back within ten seconds what nobody has touched', async () => {
    const bulk = new BulkService(o.decisions, store);
    const ids = [
      await o.hear('2026-11-22 09:00', '海门区某小区停水七天居民提桶接水', '记者调查：海门区小区停水七天'),
      await o.hear('2026-11-22 09:01', '启东市城管摔了老人的秤', '启东市城管当街摔了卖菜老人的秤，视频在传'),
    ];
    const read = () =>
      o.act(async (tx) => {
        const found = [];
        for (const id of ids) found.push(await store.lock(tx, id));
        return found;
      });
    const items = (await read()).map(({ id, version }) => ({ id, version }));
    const decision = { kind: 'reject' as const, reason: '重复核实', outOfArea: false };
    const stale = [items[0]!, { ...items[1]!, version: items[1]!.version + 5 }];
    const first = await o.act((tx) => bulk.decide(tx, { decision, items: stale, actor: analyst }));
    expect(first.results).toMatchObject([{ ok: true }, { ok: false, code: 'VERSION_CONFLICT' }]);
    expect((await read()).map(({ state }) => state)).toEqual(['rejected', 'proposed']);
    await expect(o.act((tx) => bulk.undo(tx, { id: first.id, actor: person('别人') }))).rejects.toMatchObject({
      code: 'BULK_NOT_FOUND',
    });
    const undone = await o.act((tx) => bulk.undo(tx, { id: first.id, actor: analyst }));
    expect(undone.results).toMatchObject([{ id: ids[0], ok: true }]);
    expect((await read()).map(({ state }) => state)).toEqual(['proposed', 'proposed']);

    const again = (await read()).map(({ id, version }) => ({ id, version }));
    const second = await o.act((tx) => bulk.decide(tx, { decision, items: again, actor: analyst }));
    await o.db.setNow(new Date(second.undoUntil.getTime() + 1));
    await expect(o.act((tx) => bulk.undo(tx, { id: second.id, actor: analyst }))).rejects.toMatchObject({
      code: 'UNDO_TOO_LATE',
    });
  });
});

describe('learning from corrections', () => {
  it('trains a candidate with a report, lets it run, stamps it on decisions and switches back', async () => {
    const rules = RuleAnalyst.load(CONFIG_DIR, '.data/test', o.city);
    const keeper = new ModelKeeper(o.db.worker, rules, o.pipeline);
    const training = new TrainingService(o.db.worker, new HereTrainer(), CONFIG_DIR);
    const models = new ModelsService();
    await keeper.follow();
    expect(await o.act((tx) => runningVersion(tx))).toBe(rules.shippedVersion);

    const incident = await o.hear(
      '2026-11-23 09:00',
      '如皋市城管推倒老人三轮车',
      '如皋市城管粗暴执法，当街推倒卖菜老人的三轮车，视频在传',
    );
    await o.act((tx) =>
      o.decisions.confirm(tx, { incidentId: incident, actor: analyst, category: 'C6', reason: '更正' }),
    );
    const [run] = await Promise.all([o.act((tx) => models.ask(tx, analyst))]);
    await expect(o.act((tx) => models.ask(tx, analyst))).rejects.toMatchObject({ code: 'TRAINING_RUNNING' });
    expect(await training.trainNext()).toBe(1);
    expect(await training.trainNext()).toBe(0);
    const runs = await o.act((tx) => listRuns(tx));
    expect(runs).toMatchObject([{ id: run, state: 'done' }]);
    const version = runs[0]!.modelVersion!;
    const [, candidate] = await o.act((tx) => listModels(tx));
    expect(candidate).toMatchObject({ version, state: 'candidate', shipped: false, report: { folds: 5 } });
    expect((await o.act((tx) => bodyOf(tx, version)))!.length).toBeGreaterThan(1_000);

    const switchTo = (to: string) =>
      o.act((tx) =>
        models.activate(tx, { version: to, actor: analyst, reason: '试用', shipped: rules.shippedVersion }),
      );
    await switchTo(version);
    await keeper.follow();
    expect(rules.modelVersion).toBe(version);
    const now = office('2026-11-23 10:00');
    const item = {
      id: 'x',
      kind: 'post',
      title: '',
      body: '停水三天',
      channel: 'weibo',
      area: null,
      region: null,
      jurisdiction: '320600',
      drill: false,
      sourceRank: 'individual',
      occurredAt: null,
      publishedAt: now,
      receivedAt: now,
    };
    expect(rules.analyse(item).modelVersion).toBe(version);
    await switchTo(rules.shippedVersion);
    await keeper.follow();
    expect(rules.modelVersion).toBe(rules.shippedVersion);
    await expect(switchTo('category-none')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });
});
