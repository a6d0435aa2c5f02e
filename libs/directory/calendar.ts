import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { CivilDay, WorkingCalendar } from '#kernel/calendar.js';
import { addDays, isCivilDay, weekdayOf, yearOf } from '#kernel/civil-day.js';
import { ConfigError } from '#kernel/error.js';

const yearSchema = z.strictObject({
  year: z.int().min(2000).max(2100),
  notice: z.string().min(1),
  flag: z.enum(['S', 'N', 'L', 'M', 'J']),
  holidays: z.record(z.string().min(1), z.string()),
  makeupWorkdays: z.array(z.string()),
});
const fileSchema = z.strictObject({ id: z.string(), label: z.string(), years: z.array(yearSchema).min(1) });

interface Listed {
  kind: 'holiday' | 'workday';
  where: string;
}

/**
 * Loads `<configDir>/calendars/*.yaml`: each year with its notice, holidays as a day or `from..to`, and the make-up working
 * days. Throws `ConfigError` with file and path for a date that doesn't exist, is named twice, lies in no year of its notice,
 * or for a make-up day that is worked anyway.
 */
export function loadCalendar(configDir: string): WorkingCalendar {
  const folder = path.join(configDir, 'calendars');
  const listed = new Map<CivilDay, Listed>();
  const covered = new Set<number>();
  for (const name of readdirSync(folder)
    .filter((entry) => entry.endsWith('.yaml'))
    .sort())
    readYears(path.join(folder, name), listed, covered);
  if (covered.size === 0) throw new ConfigError(folder, 'no calendar');
  return {
    isWorkday: (day) => {
      const kind = listed.get(day)?.kind;
      return kind === undefined ? weekdayOf(day) <= 5 : kind === 'workday';
    },
    isCovered: (year) => covered.has(year),
  };
}

function readYears(file: string, listed: Map<CivilDay, Listed>, covered: Set<number>): void {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(file, (error as Error).message);
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw new ConfigError(file, z.prettifyError(parsed.error));
  parsed.data.years.forEach((entry, index) => {
    const at = `years[${index}] (${entry.year})`;
    if (covered.has(entry.year)) throw new ConfigError(file, `${at}: the year is listed twice`);
    covered.add(entry.year);
    const add = (day: CivilDay, kind: Listed['kind'], where: string) => {
      const known = listed.get(day);
      if (known !== undefined) throw new ConfigError(file, `${where}: ${day} is listed already at ${known.where}`);
      // A December day may stand in the notice of the following year, nothing else may.
      if (yearOf(day) !== entry.year && !day.startsWith(`${entry.year - 1}-12-`))
        throw new ConfigError(file, `${where}: ${day} is no day of ${entry.year}`);
      listed.set(day, { kind, where });
    };
    for (const [name, range] of Object.entries(entry.holidays))
      for (const day of expand(file, `${at}.holidays.${name}`, range)) add(day, 'holiday', `${at}.holidays.${name}`);
    entry.makeupWorkdays.forEach((day, n) => {
      const where = `${at}.makeupWorkdays[${n}]`;
      if (!isCivilDay(day)) throw new ConfigError(file, `${where}: ${day} is no date`);
      if (weekdayOf(day) <= 5)
        throw new ConfigError(file, `${where}: ${day} is worked anyway, it is no Saturday or Sunday`);
      add(day, 'workday', where);
    });
  });
}

function expand(file: string, where: string, range: string): CivilDay[] {
  const [from, to = from, ...rest] = range.split('..');
  if (from === undefined || rest.length > 0 || !isCivilDay(from) || !isCivilDay(to!))
    throw new ConfigError(file, `${where}: ${range} is no day or from..to`);
  if (to! < from) throw new ConfigError(file, `${where}: ${range} ends before it begins`);
  const days: CivilDay[] = [];
  for (let day = from; day <= to!; day = addDays(day, 1)) {
    days.push(day);
    if (days.length > 31) throw new ConfigError(file, `${where}: ${range} is longer than a month`);
  }
  return days;
}
