import { addDays, dayOf, weekdayOf } from '#kernel/civil-day.js';
import type { Period } from './period.js';

const DAY_MS = 86_400_000;
const QUARTERS = '一二三四';

/** The period as a paper says it: `2026年11月`, `2026年第四季度`, `2026-11-16 至 2026-11-22`. */
export function periodWords({ kind, name, from, to }: Period): string {
  if (kind === 'month') return `${name.slice(0, 4)}年${Number(name.slice(5))}月`;
  if (kind === 'quarter') return `${name.slice(0, 4)}年${quarterOfYear(name)}`;
  const [first, last] = [dayOf(from), dayOf(to - 1)];
  return first === last ? first : `${first} 至 ${last}`;
}

/**
 * The serial number of a paper that appears once a period (domain 7, common rules): `舆情日报〔2026〕第324期`, counted in its year.
 * A week belongs to the year of its Thursday (GB/T 7408). A span of days has no series: it is named by its days.
 */
export function serialOf(title: string, period: Period): string {
  const day = dayOf(period.from);
  const counted = period.kind === 'week' ? addDays(day, 4 - weekdayOf(day)) : day;
  const year = counted.slice(0, 4);
  const dayOfYear = Math.round((Date.parse(counted) - Date.parse(`${year}-01-01`)) / DAY_MS) + 1;
  switch (period.kind) {
    case 'day':
      return `${title}〔${year}〕第${dayOfYear}期`;
    case 'week':
      return `${title}〔${year}〕第${Math.ceil(dayOfYear / 7)}期`;
    case 'month':
      return `${title}〔${year}〕第${Number(period.name.slice(5))}期`;
    case 'quarter':
      return `${title}〔${year}〕${quarterOfYear(period.name)}`;
    case 'span':
      return `${title} ${periodWords(period)}`;
  }
}

const quarterOfYear = (name: string): string => `第${QUARTERS[Number(name.slice(5)) - 1] ?? ''}季度`;
