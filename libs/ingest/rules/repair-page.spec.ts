import { describe, expect, it } from '@jest/globals';
import { repairPage } from './repair-page.js';

const repaired = (page: string) => repairPage(page).text;
const kinds = (page: string) => repairPage(page).repairs.map((repair) => repair.kind);

describe('noise of mirrors', () => {
  it.each([
    ['設區(qū)市已經(jīng)開發(fā)', '設區市已經開發'],
    ['设区(qū)市', '设区市'],
    ['网@@站@@公告', '网站公告'],
    ['要;貞(yīng)關切', '要回應關切'],
    ['依托;ヂ?lián)網辦理', '依托互聯網辦理'],
    ['確?;貞\ue014男畔\ue581蚀_一致', '確保回應的信息準確一致'],
    ['國務院网站 公告', '國務院网站 公告'],
  ])('%s → %s', (page, text) => expect(repaired(page)).toBe(text));

  it.each(['公开(GB/T 1-2)', '写信至a@b.cn', '标准(PM2.5)'])('leaves %s', (page) => expect(repaired(page)).toBe(page));

  it('names what it cannot repair', () => {
    expect(repairPage('各部門要確?;男畔\ue581和').unrepaired).toContainEqual(expect.stringContaining('確?;男'));
  });
});

describe('pages', () => {
  it('gives the text of a page without scripts, tags and controls', () => {
    const page = repairPage(
      '<html><head><title>关于停水的通告 &amp; 说明</title><script>x("<p>no</p>")</script></head><body><div>【打印此页】 【关闭窗口】</div><h1>关于停水的通告</h1><p>各用户:<br>今晚停水。&nbsp;</p><p onclick="x()">恢复时间另行通知。</p><div>版权所有 某市人民政府</div></body></html>',
    );
    expect(page.title).toBe('关于停水的通告 & 说明');
    expect(page.text.split(/\n+/)).toEqual(['关于停水的通告', '各用户:', '今晚停水。', '恢复时间另行通知。']);
  });

  it('keeps the lines of a text with a few stray tags before it', () => {
    expect(
      repaired(
        `<form id="x"></form>\n<nobr></nobr>\n第一条 为了规范工作。\n第二条 ${'本规则适用于各单位。'.repeat(20)}`,
      ).split('\n')[0],
    ).toBe('第一条 为了规范工作。');
  });

  it('takes off the spam that a hijacked mirror appends, and only that', () => {
    expect(repaired('第二条 本规则自发布之日起施行。\n\n无码毛片在线观看_亚洲精品欧美久久')).toBe(
      '第二条 本规则自发布之日起施行。',
    );
    expect(kinds('正文。\n成人色情欧美久久')).toContain('spam');
    const legal = '警方通报:查处一起网络博彩和色情案件。';
    expect(repaired(legal)).toBe(legal);
    expect(repaired(`公告\n整治博彩网站`)).toBe('公告\n整治博彩网站');
  });

  it('drops a quotation mark that nothing closes', () => {
    expect(repaired('(二)涉及“新闻出版广电领域的舆情;')).toBe('(二)涉及新闻出版广电领域的舆情;');
    expect(repaired('落实“五公开”要求')).toBe('落实“五公开”要求');
  });
});
