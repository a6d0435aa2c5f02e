import { describe, expect, it } from '@jest/globals';
import { joinGround, joinKeys, type JoinFacts } from './join.js';

const TEXT = '银杏苑小区从周一起停水,物业说是水管爆了,三天没有人来修,老人孩子用水困难。';
const facts = (more: Partial<JoinFacts> = {}): JoinFacts => ({
  title: '停水',
  body: TEXT,
  url: null,
  orderNumber: null,
  publishedAt: null,
  ...more,
});

describe('the same post by several ways (domain R5)', () => {
  it('is one by its address, whatever tracking hangs on it', () => {
    const [a, b] = [
      facts({ url: 'https://bbs.example.cn/t/1?utm_source=rss', body: '正文一,与另一处的写法不同,但是同一个帖子。' }),
      facts({ url: 'http://bbs.example.cn/t/1/' }),
    ];
    expect(joinGround(a, b)).toBe('link');
    expect(joinKeys(a).linkKey).toBe(joinKeys(b).linkKey);
  });

  it('is one by its words where one of the two has no address: feed, hotline and hand entry', () => {
    const feed = facts({ url: 'https://bbs.example.cn/t/1', title: '银杏苑停水' });
    const hotline = facts({ orderNumber: '20261120000123', title: '', body: `${TEXT}  ` });
    expect(joinGround(hotline, feed)).toBe('text');
    expect(joinKeys(hotline).textKey).toBe(joinKeys(feed).textKey);
    expect(joinGround(facts(), hotline)).toBe('text');
  });

  it('is two at two addresses (a reprint is spread) and under two order numbers (two callers)', () => {
    expect(joinGround(facts({ url: 'https://a.example/1' }), facts({ url: 'https://b.example/1' }))).toBeNull();
    expect(joinGround(facts({ orderNumber: '20261120000123' }), facts({ orderNumber: '20261120000124' }))).toBeNull();
  });

  it('is one by its order number when the words are alike, and two when two systems only count alike', () => {
    const order = facts({ orderNumber: '20261120000123' });
    expect(joinGround({ ...order, body: `${TEXT}(已转办)` }, order)).toBe('order');
    expect(joinGround({ ...order, body: '咨询养老金何时到账,社保卡如何更换,需要带哪些材料。' }, order)).toBeNull();
  });

  it('is two when the words come again after days, when they are short, and at the front page of a site', () => {
    const at = (day: number) => facts({ publishedAt: new Date(Date.UTC(2026, 10, day)) });
    expect(joinGround(at(20), at(25))).toBeNull();
    expect(joinGround(facts({ body: '停水了' }), facts({ body: '停水了' }))).toBeNull();
    expect(
      joinGround(facts({ url: 'https://a.example/' }), facts({ url: 'https://a.example/', body: '别的' })),
    ).toBeNull();
  });
});
