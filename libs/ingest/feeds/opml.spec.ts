import { describe, expect, it } from '@jest/globals';
import { OPML_LIMITS, readOpml, writeOpml } from './opml.js';

const feeds = [
  { title: '南通发布', url: 'https://a.cn/rss?x=1&y=2', siteUrl: 'https://a.cn/', group: ['政务', '市级'] },
  { title: '县 "报"', url: 'https://b.cn/feed', group: ['政务'] },
  { title: '论坛', url: 'https://c.cn/feed', group: [] },
];

describe('OPML', () => {
  it('gives back what it wrote', () => {
    const { title, feeds: read } = readOpml(Buffer.from(writeOpml('信源', feeds)));
    expect(title).toBe('信源');
    expect([...read].sort((a, b) => a.url.localeCompare(b.url))).toEqual(feeds);
  });

  it('leaves out addresses that are none, and counts a feed once', () => {
    const text =
      '<opml><body><outline text="a" xmlUrl="javascript:alert(1)"/><outline text="b" xmlUrl="https://b.cn/x"/><outline xmlUrl="https://b.cn/x"/><outline text="c"></body></opml>';
    expect(readOpml(Buffer.from(text))).toMatchObject({
      feeds: [{ title: 'b', url: 'https://b.cn/x' }],
      problems: expect.arrayContaining(['no address: javascript:alert(1)']),
    });
  });

  it('refuses what is no list and what is too large', () => {
    expect(() => readOpml(Buffer.from('<html/>'))).toThrow(expect.objectContaining({ code: 'OPML_BAD_FILE' }));
    expect(() => readOpml(Buffer.alloc(OPML_LIMITS.maxBytes + 1))).toThrow(
      expect.objectContaining({ code: 'OPML_TOO_LARGE' }),
    );
  });
});
