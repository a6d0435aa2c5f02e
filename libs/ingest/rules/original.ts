/** What looking at an original again showed. */
export interface OriginalSeen {
  status: number | null;
  /** The text of the page, without markup, when one came. */
  text: string | null;
}

/** What was known before. */
export interface OriginalKnown {
  state: 'unchecked' | 'present' | 'unreachable' | 'gone';
  failures: number;
  goneSince: Date | null;
}

export interface OriginalPolicy {
  originalHours: number;
  originalLaterHours: number;
  originalDays: number;
  goneConfirmMinutes: number;
}

/** What sites write in place of a text that was taken away. Judgement, from pages seen. */
const TAKEN_AWAY =
  /(?:页面|网页|内容|文章|帖子|主题|视频|微博|信息)(?:已|已经|已被)?(?:不存在|删除|下架|被删除|被作者删除|无法查看|失效)|你访问的(?:页面|内容)不存在|404 not found|page not found/i;
/** A real text that speaks of deleted posts is longer than a notice that one was. */
const NOTICE_CHARACTERS = 600;

/** 404, 410 and a notice with status 200 say that it is gone; refusals and faults of a server say nothing. */
export function looksGone({ status, text }: OriginalSeen): boolean {
  if (status === 404 || status === 410) return true;
  return status === 200 && text !== null && text.length <= NOTICE_CHARACTERS && TAKEN_AWAY.test(text);
}

/** The next state, and when the original is looked at again; null: not any more. Gone is said after two answers some time apart. */
export function judgeOriginal(
  seen: OriginalSeen,
  known: OriginalKnown,
  { now, since, policy }: { now: Date; since: Date; policy: OriginalPolicy },
): OriginalKnown & { nextCheckAt: Date | null } {
  const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
  const ageHours = (now.getTime() - since.getTime()) / 3_600_000;
  const next =
    ageHours > policy.originalDays * 24
      ? null
      : later((ageHours <= 48 ? policy.originalHours : policy.originalLaterHours) * 3_600_000);
  if (looksGone(seen)) {
    const confirmMs = policy.goneConfirmMinutes * 60_000;
    const goneSince = known.goneSince ?? now;
    const sure = known.state === 'gone' || now.getTime() - goneSince.getTime() >= confirmMs;
    return sure
      ? { state: 'gone', failures: 0, goneSince, nextCheckAt: next }
      : {
          state: known.state === 'unchecked' ? 'present' : known.state,
          failures: 0,
          goneSince,
          nextCheckAt: later(confirmMs),
        };
  }
  if (seen.status !== null && seen.status < 400)
    return { state: 'present', failures: 0, goneSince: null, nextCheckAt: next };
  const state = known.state === 'gone' ? 'gone' : 'unreachable';
  return { state, failures: known.failures + 1, goneSince: known.goneSince, nextCheckAt: next };
}
