import { describe, expect, it } from '@jest/globals';
import { judgeOriginal, looksGone, type OriginalKnown } from './original.js';

const POLICY = { originalHours: 6, originalLaterHours: 24, originalDays: 30, goneConfirmMinutes: 20 };
const SINCE = new Date('2026-11-20T00:00:00Z');
const later = (minutes: number) => new Date(SINCE.getTime() + minutes * 60_000);
const NEW: OriginalKnown = { state: 'unchecked', failures: 0, goneSince: null };
const look = (status: number | null, known: OriginalKnown, minutes: number, text: string | null = '正文') =>
  judgeOriginal({ status, text }, known, { now: later(minutes), since: SINCE, policy: POLICY });

describe('an original that is looked at again', () => {
  it('is gone after two answers that say so, some time apart', () => {
    const first = look(404, NEW, 10);
    expect(first).toMatchObject({ state: 'present', goneSince: later(10), nextCheckAt: later(30) });
    expect(look(404, first, 15).state).toBe('present');
    expect(look(410, first, 30)).toMatchObject({ state: 'gone', goneSince: later(10) });
  });

  it('is back when it answers again, and is not gone because a server is down', () => {
    const gone: OriginalKnown = { state: 'gone', failures: 0, goneSince: later(10) };
    expect(look(200, gone, 60)).toMatchObject({ state: 'present', goneSince: null });
    expect(look(503, NEW, 10)).toMatchObject({ state: 'unreachable', failures: 1 });
    expect(look(null, gone, 60).state).toBe('gone');
  });

  it('knows the notices that stand in place of a text, and no text about deletions', () => {
    expect(looksGone({ status: 200, text: '抱歉,该内容已被删除' })).toBe(true);
    expect(looksGone({ status: 200, text: `网传视频已删除,警方通报如下。${'通报正文。'.repeat(200)}` })).toBe(false);
    expect(looksGone({ status: 403, text: '页面不存在' })).toBe(false);
  });

  it('is looked at often, then less, then no more', () => {
    expect(look(200, NEW, 60).nextCheckAt).toEqual(later(60 + 360));
    expect(look(200, NEW, 3 * 24 * 60).nextCheckAt).toEqual(later(4 * 24 * 60));
    expect(look(200, NEW, 31 * 24 * 60).nextCheckAt).toBeNull();
  });
});
