/** How far a corrected stamp may lie before the detection without a word that it is meant so. Judgement; the rest is a slip of the year. */
export const STAMP_DAYS_BEFORE_DETECTION = 30;
/** Older than this no stamp is taken at all: the texts that set a clock begin in 2016, a registry of causes does not belong here. Judgement. */
export const STAMP_YEARS_AT_MOST = 10;
/** How long a proposal may be put aside at most. Judgement: what waits for longer is rejected, with a reason. */
export const SNOOZE_DAYS_AT_MOST = 30;

const DAY_MS = 86_400_000;

export type StampDoubt = 'STAMP_FAR_PAST' | 'STAMP_TOO_OLD';

/** What is doubtful about a stamp; undefined when nothing is. `meant` says that a person has confirmed it a second time. */
export function doubtOfStamp(value: Date, detectedAt: Date, meant: boolean): StampDoubt | undefined {
  const before = detectedAt.getTime() - value.getTime();
  if (before > STAMP_YEARS_AT_MOST * 366 * DAY_MS) return 'STAMP_TOO_OLD';
  return before > STAMP_DAYS_BEFORE_DETECTION * DAY_MS && !meant ? 'STAMP_FAR_PAST' : undefined;
}

export const latestSnooze = (now: Date): Date => new Date(now.getTime() + SNOOZE_DAYS_AT_MOST * DAY_MS);
