/** A civil day `YYYY-MM-DD` in Asia/Shanghai. */
export type CivilDay = string;

/** Which days are worked, after the State Council's yearly notices. Pure: the same answer for the same day, always. */
export interface WorkingCalendar {
  /** True for a Monday–Friday that is no holiday, and for a make-up working day (domain 3.7.5). */
  isWorkday(day: CivilDay): boolean;
  /** False for a year without a notice: its days are weekends-only arithmetic (domain 3.7.6). */
  isCovered(year: number): boolean;
}
