import { describe, expect, it } from '@jest/globals';
import { matchWatches, type WatchedRisk } from './match-watch.js';

const at = new Date('2026-11-20T10:00:00+08:00');
const watch: WatchedRisk = {
  id: 'fares',
  title: '公交票价调整',
  words: ['公交涨价', '票价调整'],
  places: ['海门区'],
  startsAt: new Date('2026-11-19T00:00:00+08:00'),
  endsAt: new Date('2026-11-30T00:00:00+08:00'),
  drill: false,
};
const item = { text: '海门区票价调整，老人怎么办', at, places: [], drill: false };

describe('a watch before a policy or an event (R9, R10)', () => {
  it('matches by a word, a place and the period, and says where the word stands', () => {
    expect(matchWatches(item, [watch])).toEqual([
      { watchId: 'fares', title: '公交票价调整', hits: [{ cue: '票价调整', start: 3, end: 7 }] },
    ]);
  });

  it('does not match without a word, at another place, outside the period or across a drill', () => {
    for (const other of [
      { ...item, text: '海门区天气不错' },
      { ...item, text: '如东县票价调整' },
      { ...item, at: new Date('2026-12-01T00:00:00+08:00') },
      { ...item, drill: true },
    ])
      expect(matchWatches(other, [watch])).toEqual([]);
  });

  it('takes a place that only the gazetteer read from the text', () => {
    expect(matchWatches({ ...item, text: '票价调整', places: ['海门区'] }, [watch])).toHaveLength(1);
  });
});
