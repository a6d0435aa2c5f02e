import { describe, expect, it } from '@jest/globals';
import { type EntryFacts, entryKeys, judgeEntries, type KnownItem, normalisedLink } from './identity.js';

const entry = (more: Partial<EntryFacts> = {}): EntryFacts => ({
  id: 'n-1',
  link: 'https://news.example.cn/a/1.html',
  title: '关于停水的通报',
  text: '因管道抢修,城区部分小区于今日停水,请居民提前储水。抢修预计在当晚二十二时前完成,恢复供水后请先放水片刻。',
  published: new Date('2026-11-20T08:00:00Z'),
  ...more,
});
const knownOf = (facts: EntryFacts, itemId = 'item-1'): KnownItem => {
  const keys = entryKeys(facts);
  const list = (key: string | null) => (key === null ? [] : [key]);
  return {
    itemId,
    idKeys: list(keys.idKey),
    linkKeys: list(keys.linkKey),
    titleKeys: list(keys.titleKey),
    textKeys: list(keys.textKey),
    revisionKey: keys.revisionKey,
    published: facts.published,
  };
};
const kinds = (entries: EntryFacts[], known: KnownItem[] = []) =>
  judgeEntries(entries, known).map((verdict) => verdict.kind);
const without = (facts: EntryFacts, ...fields: (keyof EntryFacts)[]) =>
  Object.fromEntries(
    Object.entries(facts).filter(([key]) => !fields.includes(key as keyof EntryFacts)),
  ) as unknown as EntryFacts;

describe('identity of an entry', () => {
  it('knows it again by its id, and calls another wording a revision', () => {
    const known = [knownOf(entry())];
    expect(kinds([entry()], known)).toEqual(['unchanged']);
    expect(kinds([entry({ title: '关于停水的通报(更新)' })], known)).toEqual(['revision']);
    expect(kinds([entry({ link: 'https://other.example.cn/' })], known)).toEqual(['unchanged']);
  });

  it('calls another id on another page new, and the same entry twice in a document a repeat', () => {
    expect(kinds([entry({ id: 'n-2', link: 'https://news.example.cn/a/2.html' })], [knownOf(entry())])).toEqual([
      'new',
    ]);
    expect(kinds([entry(), entry()])).toEqual(['new', 'repeat']);
    expect(kinds([entry(), entry({ title: '另一标题' })])).toEqual(['new', 'repeat']);
  });

  it('knows an entry of a feed that makes new ids at every poll, as long as page and wording agree', () => {
    const known = [knownOf(entry())];
    expect(kinds([entry({ id: 'random-2' })], known)).toEqual(['unchanged']);
    expect(kinds([entry({ id: 'random-2', title: '复水公告' })], known)).toEqual(['new']);
  });

  it('goes by the link where there is no id, and by the wording where the link stands for several', () => {
    const bare = without(entry(), 'id');
    expect(kinds([{ ...bare, title: '更新' }], [knownOf(bare)])).toEqual(['revision']);
    const home = { ...bare, link: 'https://news.example.cn/' };
    expect(kinds([home, { ...home, title: '复水公告' }])).toEqual(['new', 'new']);
    expect(
      kinds([{ ...home, title: '复水公告' }, home], [knownOf(home), knownOf({ ...home, title: '复水公告' }, 'item-2')]),
    ).toEqual(['unchanged', 'unchanged']);
  });

  it('keeps the notices of two days with the same title apart', () => {
    const bare = without(entry(), 'id', 'link');
    expect(kinds([{ ...bare, published: new Date('2026-11-21T08:00:00Z') }], [knownOf(bare)])).toEqual(['new']);
    expect(kinds([bare], [knownOf(bare)])).toEqual(['unchanged']);
  });

  it.each([
    ['http://A.cn/x/?utm_source=rss&id=3&spm=1.2', 'https://a.cn/x?id=3'],
    [
      'https://mp.weixin.qq.com/s?__biz=a&mid=1&idx=2&sn=c&scene=21&chksm=f#rd',
      'https://mp.weixin.qq.com/s?sn=c&idx=2&mid=1&__biz=a',
    ],
    ['https://a.cn/x;jsessionid=9?from=timeline', 'https://a.cn/x'],
  ])('reads %s as %s', (link, other) => expect(normalisedLink(link)).toBe(normalisedLink(other)));

  it.each([
    ['https://a.cn/x?id=3', 'https://a.cn/x?id=4'],
    ['https://a.cn/x?from=nantong', 'https://a.cn/x'],
    ['https://a.cn/#/news/1', 'https://a.cn/#/news/2'],
  ])('keeps %s and %s apart', (link, other) => expect(normalisedLink(link)).not.toBe(normalisedLink(other)));
});
