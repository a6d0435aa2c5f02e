import { describe, expect, it } from '@jest/globals';
import { extractFigures, type FigureReport, type Figures } from './extract-figures.js';

/** `deaths 3, injured 5-9, evacuated 12000+` and flags, in the order of the report. */
function say(report: FigureReport): string {
  const {
    explicitZero,
    isDrill,
    isHistory,
    isRuleText,
    isRumourClaim,
    increment,
    events,
    needsPerson,
    cut,
    ...figures
  } = report;
  const flags = { explicitZero, isDrill, isHistory, isRuleText, isRumourClaim, increment, needsPerson, cut };
  return [
    ...sayFigures(figures),
    ...events.map((event) => `(${sayFigures(event).join(', ')})`),
    ...Object.entries(flags)
      .filter(([, on]) => on)
      .map(([name]) => name),
  ].join(', ');
}

const sayFigures = (figures: Figures) =>
  Object.entries(figures).map(
    ([name, { min, max, approx }]) =>
      `${name} ${approx ? '~' : ''}${min}${max === null ? '+' : max === min ? '' : `-${max}`}`,
  );

const cases = (rows: [string, string][]) =>
  it.each(rows)('%s → %s', (text, expected) => expect(say(extractFigures(text))).toBe(expected));

describe('patterns and updates (domain 4.6, 8.5)', () => {
  cases([
    ['两死四伤', 'deaths 2, injured 4'],
    ['致4人死亡、9人受伤,其中3人重伤,2人失联', 'deaths 4, injured 9, seriousInjured 3, missing 2'],
    ['货车追尾,2死6伤1失联', 'deaths 2, injured 6, missing 1'],
    ['遇难人数增至14人', 'deaths 14'],
    ['死亡人数由9人更正为8人', 'deaths 8'],
    ['又有3人因伤势过重死亡', 'deaths 3, increment'],
    ['今天新增死亡2人,累计死亡11人', 'deaths 11'],
    ['截至昨晚已有6人死亡,今晨又有1人死亡', 'deaths 7'],
    ['另有5人受伤', 'injured 5, increment'],
    ['十多名船员被困', 'trapped 11-19'],
    ['至少30余人送医', 'injured 31+'],
    ['3人被埋,消防员救出1人,仍有2人被困', 'trapped 2'],
    ['4人被困电梯,已全部获救', ''],
    ['转移居民2.3万余人', 'evacuated 23000+'],
    ['数百人堵路', 'crowd ~200-900'],
    ['八百户居民停气', 'households 800'],
    ['近50名儿童中毒', 'ill ~45-50'],
    ['5人重伤,12人轻伤', 'injured 17, seriousInjured 5'],
  ]);
});

describe('the twenty traps (domain 4.6)', () => {
  cases([
    ['6岁女童落水溺亡', 'deaths 1'],
    ['一名工人从15楼坠亡', 'deaths 1'],
    ['9日抢救无效死亡', ''],
    ['造成10人以上30人以下死亡的,由省级组织调查', 'isRuleText'],
    ['火势已控制,未发现人员伤亡', 'deaths 0, injured 0, explicitZero'],
    ['无人员死亡,6人擦伤', 'injured 6, deaths 0, explicitZero'],
    ['爆炸造成伤亡15人', 'casualties 15'],
    ['上半年全市发生火灾88起,死亡7人', ''],
    ['近三年这条河共溺亡9人', ''],
    ['八年前的矿难带走了21条生命', 'isHistory'],
    ['2013年的仓库大火曾致15人遇难', 'isHistory'],
    ['昨夜油罐爆炸致3人死亡,让人想起当年那场造成40人遇难的大火', 'deaths 3, isHistory'],
    ['应急推演:罐区泄漏,10人中毒、2人死亡', 'isDrill'],
    ['演练中突发意外,2名学员受伤', 'injured 2'],
    ['要是大坝垮了,得死几千人', ''],
    ['会不会又死了三个人?', ''],
    ['网传化工厂死亡20人,系谣言', 'isRumourClaim'],
    ['网传死亡20人。经核实,实际死亡1人', 'deaths 1, isRumourClaim'],
    ['已致2人死亡,请勿信谣传谣', 'deaths 2'],
    ['雷击致6头牛死亡,4辆车受损', ''],
    ['死亡赔偿金95万元,罚款300万元,间接损失2000万元,保额1亿元', ''],
    ['2名嫌疑人纵火,致4人死亡', 'deaths 4'],
    ['一家四口中毒身亡', 'deaths 4'],
    ['父女二人双双遇难', 'deaths 2'],
    ['一家老小无一生还', ''],
    ['死者家属30人到场', ''],
    ['客服累死8个人,评论区笑死,直接社死', ''],
    ['直接经济损失0.4亿元', 'directLossWan 4000'],
    ['直接经济损失近亿元', 'directLossWan ~9000-10000'],
    ['直接经济损失上千万元', 'directLossWan 1000+'],
    ['直接经济损失约2.5亿元', 'directLossWan ~25000'],
    ['上午甲厂爆炸致4人死亡,下午乙路两车相撞2人受伤', '(deaths 4), (injured 2), needsPerson'],
    ['小说里这一战五死七伤', ''],
    ['九死一生,终场2:6', ''],
    ['塌了,6人SI亡', 'deaths 6'],
    ['５人遇難', 'deaths 5'],
    ['溃坝危及下游3000人生命', ''],
    ['7人死亡、2人受伤、另有1名失联', 'deaths 7, injured 2, missing 1'],
    ['累计死亡病例12例,病死率1.5%', ''],
  ]);
});

describe('what a report carries', () => {
  it('points to the places in the raw text', () => {
    const raw = '【快讯】事故造成\u200b３人死亡，５人受伤';
    const { deaths, injured } = extractFigures(raw);
    expect([deaths, injured].map((figure) => raw.slice(figure!.spans[0]!.start, figure!.spans[0]!.end))).toEqual([
      '３人死亡',
      '５人受伤',
    ]);
  });

  it('keeps the bare numeral beside the range', () => {
    expect(extractFigures('20余人受伤').injured).toMatchObject({ stated: 20, min: 21, max: 29 });
  });

  it('reads a notice with title and body once', () => {
    expect(say(extractFigures('爆燃致5死1伤\n截至18时,事故造成5人死亡、1人受伤。现场疏散群众1200余人。'))).toBe(
      'deaths 5, injured 1, evacuated 1200+',
    );
  });

  it.each(['3人', '3岁和', '1,', '死亡', '造成3人死亡,', '\ud800', '其中3名', '如果', '發(fā'])(
    'stays bounded on a megabyte of %j',
    (unit) => {
      const report = extractFigures(unit.repeat(Math.ceil(1_000_000 / unit.length)));
      expect(report.cut).toBe(true);
    },
  );
});
