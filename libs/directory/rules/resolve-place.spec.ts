import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { loadCity } from '../load-city.js';

// The first load reads the country's divisions and all packs; on a busy machine that takes seconds.
jest.setTimeout(60_000);

const CONFIG = fileURLToPath(new URL('../../../config', import.meta.url));
const nantong = loadCity(CONFIG, 'nantong');
const heze = loadCity(CONFIG, 'heze');
const yiwu = loadCity(CONFIG, 'yiwu');
const yunjiang = loadCity(CONFIG, 'yunjiang');

const place = (text: string, context: { hotlineArea?: string; feedRegion?: string } = {}, city = nantong) =>
  city.resolvePlace(text, { feedRegion: city.name, ...context });
const code = (...args: Parameters<typeof place>) => place(...args).code;

describe('resolvePlace', () => {
  it('gives chain and offsets', () => {
    const found = place('昨天在启东市合作镇看到的');
    expect(found).toMatchObject({ code: '320681', scope: 'unit', how: 'text', chain: ['江苏省', '南通市', '启东市'] });
    expect(found.mentions.map((m) => [m.word, m.start, m.end])).toEqual([
      ['启东市', 3, 6],
      ['合作镇', 6, 9],
    ]);
  });

  it('knows former names of districts and counties', () => {
    expect(code('原港闸区一处厂房')).toBe('320613');
    expect(code('海安县的老街')).toBe('320685');
    expect(code('定陶县城东', {}, heze)).toBe('371703');
  });

  it('takes the longest name: towns that are called like cities and counties', () => {
    expect(code('长沙镇菜场')).toBe('320623');
    expect(code('东海镇中学')).toBe('320681');
    expect(code('南阳镇老街')).toBe('320681');
    expect(code('常乐镇的桥')).toBe('320614');
    expect(code('常乐集镇的桥', {}, heze)).toBe('371721');
  });

  it('reads ordinary words as places only with their suffix or in a list of places', () => {
    expect(code('先锋街道的厂')).toBe('320612');
    expect(place('两家公司合作愉快')).toMatchObject({ scope: 'city', how: 'feedRegion', mentions: [] });
    expect(place('合作、东海两镇交界')).toMatchObject({ code: '320681' });
    expect(place('江东和城西两个街道的边界', {}, yiwu)).toMatchObject({ scope: 'several', code: '330782' });
    expect(place('中兴的手机坏了').mentions).toEqual([]);
  });

  it('leaves a namesake inside the city open until area or region decides', () => {
    expect(place('北城街道菜场', {}, heze)).toMatchObject({
      code: '371700',
      how: 'ambiguous',
      alternatives: ['371702', '371722'],
    });
    expect(code('北城街道菜场', { hotlineArea: '单县' }, heze)).toBe('371722');
    expect(code('牡丹区北城街道菜场', {}, heze)).toBe('371702');
  });

  it('tells namesakes elsewhere by chain or region', () => {
    expect(code('通州区的工地', { feedRegion: '北京市' })).toBeNull();
    expect(code('北京市通州区的工地')).toBeNull();
    expect(code('南通市通州区的工地', { feedRegion: '北京市' })).toBe('320612');
    expect(code('福田区的公司', { feedRegion: '深圳市' }, yiwu)).toBeNull();
    expect(code('曹妃甸区的港口', {}, heze)).toBeNull();
  });

  it('ignores dateline, sayings, roads, dishes and origins', () => {
    expect(code('本报南通讯 记者在合肥市走访')).toBeNull();
    expect(place('北上广曹，笑死', {}, heze).mentions).toEqual([]);
    expect(place('上海路的面馆').mentions).toEqual([]);
    expect(place('如皋火腿和兰州拉面').mentions).toEqual([]);
    expect(place('一个海安籍老人').mentions).toEqual([]);
    expect(place('比如东边的路').mentions).toEqual([]);
    expect(place('上海门店关了').units).toEqual([]);
  });

  it('knows zones by their common name only where no other unit is named', () => {
    expect(code('市开发区一家厂')).toBe('320671');
    expect(code('如皋开发区一家厂')).toBe('320682');
    expect(code('启东市开发区一家厂')).toBe('320681');
    expect(code('高新区的学校', {}, heze)).toBe('371772');
  });

  it('uses area, then region, then the installation where the text names no place', () => {
    expect(place('路灯坏了', { hotlineArea: '海门区' })).toMatchObject({ code: '320614', how: 'hotlineArea' });
    expect(place('路灯坏了', { feedRegion: '启东市' })).toMatchObject({ code: '320681', how: 'feedRegion' });
    expect(place('路灯坏了', { feedRegion: undefined })).toMatchObject({ code: '320600', how: 'deployment' });
    expect(place('路灯坏了', { feedRegion: '成都市' })).toMatchObject({ code: null, scope: 'outside' });
  });

  it('tells two counties from two cities', () => {
    expect(place('通州、如东两地交界')).toMatchObject({
      scope: 'several',
      code: '320600',
      units: ['320612', '320623'],
    });
    expect(place('南通与盐城交界')).toMatchObject({ scope: 'acrossCities', code: '320600' });
  });

  it('finds the invented places of the demonstration', () => {
    expect(code('银杏苑小区停水', {}, yunjiang)).toBe('990121');
    expect(code('石渡化工园区一声巨响', {}, yunjiang)).toBe('990181');
    expect(code('望溪区柳巷夜市', {}, yunjiang)).toBe('990103');
  });
});
