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
    const matters = '路灯 校车 医保 菜场 桥面 水管 噪声 停车 绿化 电梯 河道 公厕 广告 宠物 快递'.split(' ');
    for (const [n, matter] of matters.entries())
      await o
        .hear(`2026-11-20 15:${String(n).padStart(2, '0')}`, `如东县第${n}中学${matter}被曝光`, `记者调查${matter}乱象`)
        .catch(() => '');
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
    await expect(
      o.hear('2026-11-21 10:00', '票价', '海安公交票价调整了吗，问一下公交票价细则在哪里看'),
    ).rejects.toThrow('no incident');
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

    const incident = await o.hear('2026-11-23 09:00', '如皋市某镇白墙作秀', '如皋市某镇刷白墙迎检查，墙后垃圾没人管');
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
