import { expect, test } from '@jest/globals';
import { copiedRuns, copiedShare } from './copied-text.js';

const earlier = [{ id: 'first', text: '事故发生后，县委县政府高度重视，立即组织力量开展救援。' }];

test('E: a run that stands in an earlier text is shown where it stands, across other punctuation', () => {
  const draft = '最新进展：县委县政府高度重视 立即组织力量开展救援；现场已清理。';
  expect(copiedRuns(draft, earlier, 10)).toEqual([
    { start: 5, end: 25, text: '县委县政府高度重视 立即组织力量开展救援', from: 'first' },
  ]);
});

test('a repost of the old text is wholly copied, a new one not at all', () => {
  const repost = earlier[0]!.text;
  expect(copiedShare(repost, copiedRuns(repost, earlier, 10))).toBe(1);
  expect(copiedShare('现场已清理完毕。', copiedRuns('现场已清理完毕。', earlier, 4))).toBe(0);
});
