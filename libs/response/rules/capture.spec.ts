import { expect, test } from '@jest/globals';
import { judgeCapture } from './capture.js';

const TEXT = '银杏苑小区停水系供水主管破裂，今晚20时恢复供水，停水期间由送水车保障用水。';
const at = (clock: string) => new Date(`2026-11-20T${clock}+08:00`);
const judge = (pageText: string, begunAt: Date | null = at('08:00:00')) =>
  judgeCapture({
    approvedText: TEXT,
    pageText: `${pageText}${TEXT}`,
    filedAt: at('12:00:00'),
    claimedAt: null,
    begunAt,
  });

test('the time that a page shows is the proven one', () => {
  expect(judge('发布时间：2026-11-20 10:30:00')).toMatchObject({ publishedAt: at('10:30:00'), timeSource: 'page' });
});

test('a date before the event is another one’s: the next one counts', () => {
  expect(judge('热点：2026-11-19 09:00 发布时间：2026-11-20 10:30')).toMatchObject({
    publishedAt: at('10:30:00'),
    timeSource: 'page',
  });
});

test('a time after the filing proves the filing alone, whatever other dates the page carries', () => {
  expect(judge('发布时间：2026-11-20 12:01 相关报道：2026-11-20 09:00')).toMatchObject({
    publishedAt: at('12:00:00'),
    timeSource: 'filing',
  });
});

test('a time that the approved text tells is that of the event, not of the publication', () => {
  const told = '2026年11月20日8时30分，银杏苑小区供水主管破裂，抢修人员已到场，今晚恢复供水。';
  const page = { approvedText: told, filedAt: at('12:00:00'), claimedAt: null, begunAt: at('08:30:00') };
  expect(judgeCapture({ ...page, pageText: told })).toMatchObject({ timeSource: 'filing' });
  expect(judgeCapture({ ...page, pageText: `${told}发布时间：2026-11-20 10:30` })).toMatchObject({
    publishedAt: at('10:30:00'),
  });
});

test('without any that can be true only the filing is proven', () => {
  expect(judge('热点：2026-11-19 09:00')).toMatchObject({ publishedAt: at('12:00:00'), timeSource: 'filing' });
  expect(judge('热点：2026-11-19 09:00', null)).toMatchObject({ timeSource: 'page' });
});

test('a page without the approved text is refused with the clause', () => {
  const page = { approvedText: TEXT, pageText: '页面不存在', filedAt: at('12:00:00'), claimedAt: null, begunAt: null };
  expect(judgeCapture(page)).toMatchObject({ refusal: { code: 'TEXT_DIFFERS', clause: 'NT19 Art.7' } });
});
