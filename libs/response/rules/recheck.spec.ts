import { expect, test } from '@jest/globals';
import { judgeRecheck, nextCheckAt } from './recheck.js';

const approvedText = '事故造成5人死亡，6人失联，搜救仍在进行，原因正在调查。';
const judge = (text: string, hash = 'other') =>
  judgeRecheck({ approvedText, sha256: 'first', coverage: 1, page: { sha256: hash, text } });

test('E-05 an edit of the approved text is noticed; other bytes around it are not', () => {
  expect(judge(`浏览1024次 ${approvedText}`)).toEqual({ result: 'unchanged', coverage: 1 });
  expect(judge(approvedText.replace('5人死亡', '2人死亡')).result).toBe('changed');
  expect(judge('', 'first').result).toBe('unchanged');
});

test('looks are counted from the capture and end', () => {
  const captured = new Date('2026-11-20T08:00:00Z');
  expect(nextCheckAt(captured, 1, [60, 1440])).toEqual(new Date('2026-11-21T08:00:00Z'));
  expect(nextCheckAt(captured, 2, [60, 1440])).toBeNull();
});
