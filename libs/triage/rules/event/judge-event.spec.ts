import { describe, expect, it } from '@jest/globals';
import { loadEventCues } from '../../event-cues.js';
import { extractFigures } from '../figures/extract-figures.js';
import type { EventQuestion } from './event-model.js';
import { judgeEvent } from './judge-event.js';

const cues = loadEventCues('config');
const NOW = new Date('2026-11-20T18:00:00+08:00');

const judge = (text: string, over: Partial<EventQuestion> = {}) =>
  judgeEvent({ text, figures: extractFigures(text), publishedAt: NOW, now: NOW, isLocal: true, cues, ...over });

describe('real and current emergencies (C5)', () => {
  it.each<[string, string[]]>([
    ['下午两点左右园区传来巨响,黑烟冲天', ['production', 'fire']],
    ['情况通报:化工车间发生爆燃,截至18时5人死亡、1人失联', ['production']],
    ['小学食堂用餐后20多名学生上吐下泻,已送医', ['food_poisoning']],
    ['暴雨致地下车库被淹,3人被困', ['weather']],
    ['数百名司机聚集在收费站堵路罢运', ['mass_incident']],
    ['两村持械斗殴,已有7人受伤', ['armed_fight', 'criminal', 'mass_incident']],
    ['货车追尾客车起火,消防员正在救援', ['traffic_road', 'fire']],
    ['车间氨泄漏污染事件,河面死鱼,居民已疏散', ['environment', 'production']],
    ['住户爆管,全市停水', ['gas_water_power']],
  ])('%s is an event of %p', (text, types) => {
    const judgement = judge(text);
    expect(judgement).toMatchObject({ real: true, current: true, kind: 'event', hasConsequence: true });
    expect([...judgement.eventTypes].sort()).toEqual([...types].sort());
  });

  it('knows the heading of an official first notice', () => {
    expect(judge('情况通报:今晨一厂房起火,起火原因正在调查。').officialNotice).toBe(true);
  });

  it('points to its cues in the raw text', () => {
    const raw = '突發：\u200b倉庫起火，２人受困';
    const cue = judge(raw).cues.find(({ role }) => role === 'event');
    expect([cue?.word, raw.slice(cue!.start, cue!.end)]).toEqual(['起火', '起火']);
  });

  it('reports the circumstances that change a row', () => {
    expect(judge('幼儿园多名孩子食物中毒送医').circumstances).toMatchObject({ school: true, majorEvent: false });
  });
});

describe('near-misses of C5', () => {
  it.each([
    ['消防演练:模拟商场起火,4人被困', 'drill'],
    ['S-17 演练:模拟5人死亡', 'drill'],
    ['昨夜那集电视剧里工厂爆炸,男主被困', 'fiction'],
    ['玩家被偷袭,全队死伤惨重,爆炸特效太真', 'fiction'],
    ['新品销量爆炸,人气爆棚', 'metaphor'],
    ['知识点太多,脑子爆炸了', 'metaphor'],
    ['油库爆炸十周年,愿逝者安息', 'anniversary'],
    ['前三季度火灾起数下降,交通事故同比减少', 'statistics'],
    ['谨防溺水:家长要注意这几点', 'prevention'],
    ['家中发生火灾如何逃生?消防安全知识请收好', 'prevention'],
    ['网传某桥坍塌致20人死亡系谣言', 'officialRefutation'],
    ['城东是不是真的着火了?求官方回应', 'question'],
    ['造成30人以上死亡的事故,是指特别重大事故', 'ruleText'],
    ['规划局门口新开一家火锅店', 'none'],
    ['听说股东大会爆炸性消息', 'none'],
  ])('%s is of kind %s', (text, kind) => expect(judge(text)).toMatchObject({ kind, current: false }));

  it('S-16 a call to spread is an event that nobody has verified', () => {
    expect(judge('紧急扩散!水源地被投毒,全市停水三天,快告诉家人')).toMatchObject({
      kind: 'event',
      hearsay: true,
      officialNotice: false,
    });
  });

  it('a named near-miss loses against the figures of the event itself', () => {
    expect(judge('今晨厂房起火致2人死亡。提醒:谨防电气火灾。').kind).toBe('event');
    expect(judge('事故已致3人死亡,请不信谣不传谣').kind).toBe('event');
  });

  it('an event elsewhere is real and current, but not ours', () => {
    const elsewhere = { real: true, current: true, kind: 'otherPlace' };
    expect(judge('邻省化工厂爆炸致3人死亡', { isLocal: false })).toMatchObject(elsewhere);
    expect(judge('印尼发生6.2级地震,多人受伤', { isLocal: null })).toMatchObject(elsewhere);
  });

  it.each(['销量爆炸', '发生火灾,', '辟谣爆炸'])('stays bounded on a megabyte of %s', (unit) => {
    expect(judge(unit.repeat(Math.ceil(1_000_000 / unit.length))).kind).toMatch(/metaphor|event|officialRefutation/);
  });

  it('is past by its date or by its publication', () => {
    expect(judge('2019年3月2日仓库起火,2人受伤')).toMatchObject({ real: true, current: false, kind: 'past' });
    expect(judge('仓库起火,2人受伤', { publishedAt: new Date('2026-09-01T00:00:00Z') })).toMatchObject({
      current: false,
    });
  });
});

describe('a grade named by an authority (domain 4.2, 4.3)', () => {
  it.each([
    ['爆炸致5人死亡,初步认定为一起较大生产安全事故', 'III'],
    ['经调查,该起火灾属于一般事故,2人受伤', 'IV'],
    ['垮塌致12人遇难,定性为重大责任事故', 'II'],
    ['高速发生重大交通事故,3人死亡', null],
    ['启动Ⅲ级应急响应,1人失联', null],
    ['坍塌致2人死亡,尚未认定为较大事故', null],
  ])('%s → %p', (text, grade) => expect(judge(text).declaredGrade).toBe(grade));
});
