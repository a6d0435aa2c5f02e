import { describe, expect, it } from '@jest/globals';
import { assignToCluster, type ClusterPolicy } from './assign.js';
import { ClusterIndex, filedWords, lookedUpWords } from './cluster-index.js';
import { featuresOf, type ItemFacts } from './features.js';
import { type ClusterCandidate, extendCluster, loadCluster, saveCluster, startCluster } from './profile.js';

const policy: ClusterPolicy = {
  maxWords: 40,
  titleFactor: 2,
  genericFactor: 0.25,
  confirmScore: 0.35,
  suggestScore: 0.2,
  minSharedSpecific: 2,
  eventWindowHours: 72,
  matterWindowHours: 1440,
  maxWindowHours: 1440,
  placeBonus: 0.1,
  figureBonus: 0.05,
  placePenalty: 0.25,
  sizePreference: 0.02,
  maxLearnedItems: 50,
  priorItems: 2,
};
const generic = new Set(['火灾', '死亡', '爆炸', '投诉', '事故', '现场']);
const START = Date.parse('2026-11-20T09:00:00+08:00');
const hour = (n: number) => new Date(START + n * 3_600_000);

/** Features of words that stand in the text; everything else has a default. */
const item = (words: string, over: Partial<ItemFacts> = {}) =>
  featuresOf(
    {
      title: '',
      body: words,
      occurredAt: null,
      publishedAt: null,
      receivedAt: hour(0),
      places: [],
      figures: [],
      words: words.split(' '),
      ...over,
    },
    { weightOf: () => 10, isGeneric: (word) => generic.has(word) },
    policy,
  );
const decide = (features: ReturnType<typeof item>, ...clusters: ClusterCandidate[]) =>
  assignToCluster(features, clusters, policy, hour(2000));
const held = (decision: ReturnType<typeof decide>) => decision.reasons.find((reason) => reason.kind === 'held');

const FIRE = '海棠 化工厂 仓库 火灾 浓烟 消防车';

describe('clusters of messages about one matter', () => {
  it('joins by wording and says why', () => {
    const decision = decide(item('海棠 化工厂 仓库 火灾 居民 撤离'), startCluster('fire', item(FIRE)));
    expect(decision).toMatchObject({ decision: 'join', clusterId: 'fire' });
    expect(decision.reasons).toContainEqual(
      expect.objectContaining({ kind: 'wording', words: ['仓库', '化工厂', '海棠'] }),
    );
  });

  it('is never joined by generic risk words alone, however many agree', () => {
    const words = '火灾 死亡 爆炸 事故 现场';
    expect(decide(item(words), startCluster('fire', item(words))).decision).toBe('new');
    const oneMore = decide(item(`${words} 仓库`), startCluster('fire', item(`${words} 仓库`)));
    expect(oneMore.decision).toBe('suggest');
    expect(held(oneMore)).toEqual({ kind: 'held', why: 'genericWordsOnly' });
  });

  it('leaves the middle ground to a person', () => {
    expect(decide(item('化工厂 招聘 浓烟 班车 食堂 工资 宿舍'), startCluster('fire', item(FIRE))).decision).toBe(
      'suggest',
    );
  });

  it('keeps the same wording at another place apart, and takes a place inside the other as the same', () => {
    const cluster = startCluster('fire', item(FIRE, { places: ['320682'] }));
    const elsewhere = decide(item(FIRE, { places: ['320623'] }), cluster);
    expect(elsewhere.decision).toBe('suggest');
    expect(held(elsewhere)).toEqual({ kind: 'held', why: 'otherPlace' });
    expect(decide(item(FIRE, { places: ['320600'] }), cluster).decision).toBe('join');
    const named = startCluster('named', item(FIRE, { places: ['如东县洋口镇'] }));
    expect(decide(item(FIRE, { places: ['洋口镇'] }), named).decision).toBe('join');
  });

  it('parts a dated event after three days, a standing matter only after two months', () => {
    const event = startCluster('event', item(FIRE, { occurredAt: hour(0) }));
    expect(decide(item(FIRE, { occurredAt: hour(72) }), event).decision).toBe('join');
    expect(decide(item(FIRE, { occurredAt: hour(73) }), event).decision).toBe('new');
    const matter = startCluster('matter', item(FIRE));
    expect(decide(item(FIRE, { publishedAt: hour(1440) }), matter).decision).toBe('join');
    expect(decide(item(FIRE, { publishedAt: hour(1441) }), matter).decision).toBe('new');
  });

  it('counts agreeing figures for, and growing figures not against', () => {
    const cluster = startCluster('fire', item(FIRE, { figures: [{ label: 'deaths', min: 3, max: 3 }] }));
    const same = decide(item(FIRE, { figures: [{ label: 'deaths', min: 2, max: null }] }), cluster);
    expect(same.reasons).toContainEqual({ kind: 'figures', labels: ['deaths'] });
    expect(decide(item(FIRE, { figures: [{ label: 'deaths', min: 5, max: 5 }] }), cluster).decision).toBe('join');
  });

  it('does not chain: a matter reached over an intermediate message stays out', () => {
    const first = item('甲厂 甲河 甲镇 甲桥');
    const between = item('甲厂 甲河 乙校 乙路');
    const last = item('乙校 乙路 乙店 乙站');
    const cluster = extendCluster(startCluster('a', first), between, policy);
    expect(decide(between, startCluster('a', first)).decision).toBe('join');
    expect(decide(last, cluster).decision).toBe('new');
  });

  it('of several takes the closest; after strike-off only suggests', () => {
    const near = startCluster('near', item(FIRE));
    const far = startCluster('far', item('海棠 化工厂 仓库 罢工'));
    expect(decide(item(FIRE), far, near).clusterId).toBe('near');
    const struckOff = decide(item(FIRE, { publishedAt: hour(5) }), { ...near, closedOutAt: hour(4) });
    expect(struckOff.decision).toBe('suggest');
    expect(held(struckOff)).toEqual({ kind: 'held', why: 'struckOff' });
  });

  it('keeps its profile through storage, and is found by its words but not by generic ones', () => {
    const cluster = extendCluster(startCluster('fire', item(FIRE)), item(FIRE, { receivedAt: hour(3) }), policy);
    const stored = { ...loadCluster(JSON.parse(JSON.stringify(saveCluster(cluster)))), id: 'fire' };
    expect(stored).toEqual(cluster);
    const index = new ClusterIndex();
    index.put(stored);
    expect(filedWords(stored)).not.toContain('火灾');
    expect(lookedUpWords(item('火灾 死亡'))).toEqual([]);
    expect(index.candidates(item('仓库 起火'))).toEqual([stored]);
    expect(index.candidates(item('火灾 爆炸'))).toEqual([]);
  });
});
