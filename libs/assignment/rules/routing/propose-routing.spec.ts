import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { loadCity } from '#directory/load-city.js';
import { proposeRouting } from './propose-routing.js';
import type { RoutingInput, RoutingProposal } from './types.js';

// The first load reads the country's divisions and all packs; on a busy machine that takes seconds.
jest.setTimeout(60_000);

const CONFIG = fileURLToPath(new URL('../../../../config', import.meta.url));
const nantong = loadCity(CONFIG, 'nantong');
const yiwu = loadCity(CONFIG, 'yiwu');
const yunjiang = loadCity(CONFIG, 'yunjiang');
const bureau = loadCity(CONFIG, 'press-bureau');
const NOW = new Date('2026-01-05T10:00:00+08:00');

const propose = (text: string, facts: Partial<RoutingInput> = {}, city = nantong) =>
  proposeRouting({ text, feedRegion: city.name, now: NOW, ...facts }, city);
const takingPart = (p: RoutingProposal) => [...p.coResponders, ...p.copies, ...p.coordinators].map((b) => b.code);

describe('jurisdiction axis (NT19 Art.19)', () => {
  it('S-20 a decision of the city stays with the city department, the utility carries it out', () => {
    const p = propose('南通市公交集团取消12路,市交通局方案没公示');
    expect(p).toMatchObject({ rule: 'A1', jurisdiction: { code: '320600' }, lead: { bodyId: '320600-TRAN' } });
    expect(takingPart(p)).toContain('BUSC');
  });

  it('S-21 one county: its body; the name of a town is no matter', () => {
    const p = propose('如皋市长江镇一化工厂夜间偷排');
    expect(p).toMatchObject({ rule: 'A2', lead: { bodyId: '320682-ENV' }, copies: [{ bodyId: '320600-ENV' }] });
    expect(p.matched.map((m) => m.code)).not.toContain('WATER');
    expect(p.matched.map((m) => '如皋市长江镇一化工厂夜间偷排'.slice(m.start, m.end))).toEqual(
      p.matched.map((m) => m.word),
    );
  });

  it('S-22 two counties: the city leads, both counties assist on their ground', () => {
    const p = propose('如皋、海安交界的河道黑臭,两边都说不归自己');
    expect(p).toMatchObject({ rule: 'A3', lead: { bodyId: '320600-WATER' } });
    expect(p.coResponders.map((c) => c.bodyId)).toEqual(
      expect.arrayContaining(['320600-ENV', '320682-WATER', '320685-WATER']),
    );
  });

  it('S-23 a namesake elsewhere is not ours when the source is of there', () => {
    expect(propose('通州区学校食堂')).toMatchObject({
      rule: 'A2',
      jurisdiction: { code: '320612' },
      lead: { code: 'MARK' },
    });
    expect(propose('通州区学校食堂', { feedRegion: '北京市' })).toMatchObject({
      rule: 'A12',
      jurisdiction: { code: null },
      lead: null,
    });
  });

  it('S-24 a town called like a city', () => {
    expect(propose('长沙镇敬老院护工打人', { feedRegion: '如东县' })).toMatchObject({
      rule: 'A2',
      lead: { bodyId: '320623-CIV' },
    });
  });

  it('A4 across cities and A11 without a county', () => {
    expect(propose('海安与东台交界的公路塌了')).toMatchObject({ rule: 'A4', lead: { bodyId: '320600-TRAN' } });
    expect(propose('小区物业乱收费')).toMatchObject({
      rule: 'A11',
      lead: { code: 'CYBER' },
      suggestion: { code: 'HOUS' },
      coResponders: [],
    });
  });
});

describe('matter axis', () => {
  it('S-25 two departments that point at each other both take part', () => {
    const p = propose('城管和派出所互相推夜间烧烤噪声', { feedRegion: '崇川区' });
    expect(p.lead).toEqual({ bodyId: '320613-URB', code: 'URB' });
    expect(takingPart(p)).toContain('POLICE');
  });

  it('S-26 conduct of an official: the superior answers, discipline gets a copy', () => {
    const p = propose('局长的司机打人');
    expect(p).toMatchObject({ rule: 'A8', lead: { code: 'GOVO' }, copies: [{ code: 'DISC' }] });
    expect(takingPart(p)).toContain('POLICE');
  });

  it('S-27 a vertically managed body, coordinated by the county', () => {
    const p = propose('税务窗口态度差', { feedRegion: '启东市' });
    expect(p).toMatchObject({ rule: 'A6', lead: { bodyId: '320681-TAX' } });
    expect(p.coResponders.map((c) => c.bodyId)).toContain('320681-GOVO');
  });

  it('S-28 a utility answers under its regulator; ten orders make an opinion case', () => {
    const text = '小区停水三天物业说管道是自来水公司的';
    const one = propose(text, { clusterSize: 1 });
    expect(one).toMatchObject({ rule: 'A7', lead: { code: 'WSUP' }, opinionCase: false });
    expect(takingPart(one)).toContain('HOUS');
    expect(propose(text, { clusterSize: 10 }).opinionCase).toBe(true);
  });

  it('S-29 the second return by another body asks the government office; the first receiver coordinates', () => {
    const text = '小区外围墙边道路塌陷,两家单位都退回';
    const returns = [
      { body: 'URB', code: 'R3' as const },
      { body: 'TRAN', code: 'R3' as const },
    ];
    expect(propose(text, { returns })).toMatchObject({
      rule: 'A5',
      disputed: true,
      leadDecisionBy: 'GOVO',
      lead: { code: 'GOVO' },
      coordinator: { code: 'URB' },
    });
    expect(propose(text, { returns: [returns[0]!, returns[0]!] }).disputed).toBe(false);
    expect(
      propose(text, { returns: [{ ...returns[0]!, proposedBody: 'TRAN' }], feedRegion: '崇川区' }).lead?.code,
    ).toBe('TRAN');
  });

  it('A9 and A10: rumours go to the competent body, emergencies by type', () => {
    const rumour = propose('网传青云水库被投毒，水利局称系谣言', {}, yunjiang);
    expect(rumour).toMatchObject({ rule: 'A9', lead: { bodyId: '990102-WATER' } });
    expect(takingPart(rumour)).toEqual(expect.arrayContaining(['CYBER', 'POLICE']));
    const blast = propose('石渡市临港化工园区一车间发生爆燃，9人失联', {}, yunjiang);
    expect(blast).toMatchObject({ rule: 'A10', lead: { bodyId: '990181-EMER' } });
    expect(takingPart(blast)).toEqual(expect.arrayContaining(['FIRE', 'ENV', 'GOVO', 'PUBL', 'CYBER']));
    expect(propose('石渡市化工园区开展演练，模拟爆炸', {}, yunjiang).rule).not.toBe('A10');
  });

  it('shared matters split by their kind, not by the first word', () => {
    const lead = (text: string) => propose(`海门区${text}`).lead?.code;
    expect(lead('工地夜里打桩吵得睡不着')).toBe('URB');
    expect(lead('邻居半夜唱歌扰民')).toBe('POLICE');
    expect(lead('织布厂噪音大')).toBe('ENV');
    expect(lead('健身房跑路不退费')).toBe('SPORT');
    expect(lead('理发店充值后关门')).toBe('MARK');
    expect(lead('二岁孩子的托班乱收费')).toBe('HEAL');
  });
});

describe('restraint', () => {
  it('a single character speaks only where a place is known and nothing else does', () => {
    expect(propose('如皋市有股臭气').lead?.code).toBe('ENV');
    expect(propose('有点臭')).toMatchObject({ rule: 'A11', lead: { code: 'CYBER' } });
    expect(propose('这日子没法过了')).toMatchObject({ rule: 'A11', lead: { code: 'CYBER' }, suggestion: null });
  });

  it('background of a long letter is no matter: origins, salutations, fiction', () => {
    expect(propose('我是安徽人，在如皋市打工，厂里不发工资').jurisdiction.code).toBe('320682');
    expect(propose('王局长您好，海门区公交车总甩站').rule).toBe('A7');
    expect(propose('海门区电视剧里县长那段台词像在骂人').rule).not.toBe('A8');
  });
});

describe('other shapes of government', () => {
  it('in Yiwu towns are the units and the city departments act, the town helps', () => {
    const p = propose('佛堂镇一处古建筑被拆', {}, yiwu);
    expect(p).toMatchObject({ jurisdiction: { code: '330782100' }, lead: { bodyId: '330782-CULT' } });
    expect(p.coResponders.map((c) => c.bodyId)).toContain('330782100-TOWN');
  });

  it('in a bureau the division concerned is first responsible and four offices coordinate (PB18 一(五))', () => {
    const p = propose('课外读物的插图低俗，出版社不回应', {}, bureau);
    expect(p).toMatchObject({ rule: 'A2', lead: { bodyId: '320000-PUBLISH' } });
    expect(p.coordinators.map((c) => c.code)).toEqual(['OFFICE', 'PUBLICITY', 'NEWSPRESS', 'INFO']);
  });
});
