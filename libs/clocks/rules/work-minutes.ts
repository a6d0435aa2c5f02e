import type { WorkingCalendar } from '#kernel/calendar.js';
import { addDays, dayOf, startOfDay, yearOf } from '#kernel/civil-day.js';

/** One stretch of office hours: minutes after midnight, the end included. */
export interface OfficeSpan {
  fromMinute: number;
  toMinute: number;
}

const MINUTE_MS = 60_000;

/** Reads `08:30`; undefined for anything that is no time of day. */
export function parseMinuteOfDay(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return minute <= 1440 && Number(match[2]) < 60 ? minute : undefined;
}

/**
 * The instant at which `minutes` of office time after `start` are used up. Time outside the spans does not count; an end
 * exactly at closing time stays there (domain 3.7.7). Spans are sorted and don't overlap; instants in epoch milliseconds.
 */
export function addWorkMinutes(
  calendar: WorkingCalendar,
  spans: readonly OfficeSpan[],
  start: number,
  minutes: number,
): { at: number; calendarIncomplete: boolean } {
  if (!spans.some((span) => span.toMinute > span.fromMinute)) throw new RangeError('office hours are empty');
  let leftMs = minutes * MINUTE_MS;
  let calendarIncomplete = false;
  // Every week has office time, so the number of days is bounded by the amount.
  for (let day = dayOf(start); ; day = addDays(day, 1)) {
    calendarIncomplete ||= !calendar.isCovered(yearOf(day));
    if (!calendar.isWorkday(day)) continue;
    for (const span of spans) {
      const from = Math.max(start, startOfDay(day) + span.fromMinute * MINUTE_MS);
      const to = startOfDay(day) + span.toMinute * MINUTE_MS;
      if (to <= from) continue;
      if (leftMs <= to - from) return { at: from + leftMs, calendarIncomplete };
      leftMs -= to - from;
    }
  }
}
