import { z } from 'zod';
import { isCivilDay } from '#kernel/civil-day.js';
import { parseMinuteOfDay } from '../rules/work-minutes.js';

const civilDay = z.string().refine(isCivilDay, 'is no date YYYY-MM-DD');
const grade = z.enum(['I', 'II', 'III', 'IV']);
const unit = z.enum(['millisecond', 'minute', 'hour', 'day', 'workday', 'workminute', 'month', 'quarter', 'year']);
const amount = z.strictObject({ amount: z.number().positive(), unit });
const basis = z.strictObject({
  document: z.string().min(1),
  article: z.string().min(1),
  flag: z.enum(['S', 'N', 'L', 'M', 'J']),
});

const CALENDAR_OF_UNIT: Record<string, string> = { workday: 'cn-workday', workminute: 'cn-workhours' };

const ruleSchema = z
  .strictObject({
    id: z.string().regex(/^[A-Za-z0-9.-]+$/),
    label: z.string().min(1),
    act: z.string().regex(/^[a-z][A-Za-z]*$/, 'names what must be done, never hours'),
    force: z.enum(['target', 'limit']),
    form: z.enum(['deadline', 'minimum', 'recurring', 'fixedDate']).default('deadline'),
    amount: z.number().positive().nullable().default(null),
    unit: unit.default('day'),
    calendar: z.enum(['natural', 'cn-workday', 'cn-workhours']).default('natural'),
    dayRule: z.enum(['from-instant', 'exclude-first-day']).default('from-instant'),
    lastDayRule: z.enum(['none', 'roll-to-next-workday']).default('none'),
    start: z.array(z.string().min(1)).min(1),
    notBeforeGrade: z.boolean().default(false),
    stopEvidence: z.union([z.string().min(1), z.array(z.string().min(1))]).default([]),
    owner: z.string().min(1),
    ring: z.enum(['public', 'inner', 'duty']),
    pausable: z.boolean().default(false),
    extendable: z.strictObject({ maxCount: z.int().positive(), max: amount }).nullable().default(null),
    warnings: z.array(z.number().gt(0).lt(1)).default([0.5, 0.8]),
    appliesWhen: z
      .strictObject({
        class: z.enum(['fast', 'other']).optional(),
        heat: z.array(grade).min(1).optional(),
        body: z.array(z.string()).min(1).optional(),
      })
      .default({}),
    fixedDates: z.array(civilDay).default([]),
    basis,
  })
  .superRefine((rule, context) => {
    const fail = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (rule.form === 'fixedDate' ? rule.fixedDates.length === 0 : rule.amount === null) fail('amount', 'is missing');
    if (rule.form !== 'fixedDate' && rule.calendar !== (CALENDAR_OF_UNIT[rule.unit] ?? 'natural'))
      fail('calendar', `does not fit the unit ${rule.unit}`);
    if (rule.unit === 'workday' && rule.dayRule !== 'exclude-first-day')
      fail('dayRule', 'working days exclude the first day');
    if (rule.ring === 'public' && (rule.pausable || rule.extendable !== null))
      fail('pausable', 'a public clock neither pauses nor extends');
    if (rule.warnings.some((fraction, index) => index > 0 && fraction <= rule.warnings[index - 1]!))
      fail('warnings', 'are not in ascending order');
  });

const officeSpan = z.tuple([z.string(), z.string()]).transform(([from, to], context) => {
  const span = { fromMinute: parseMinuteOfDay(from), toMinute: parseMinuteOfDay(to) };
  if (span.fromMinute !== undefined && span.toMinute !== undefined && span.toMinute > span.fromMinute)
    return { fromMinute: span.fromMinute, toMinute: span.toMinute };
  context.addIssue({ code: 'custom', message: 'is no span HH:MM–HH:MM' });
  return z.NEVER;
});

/** A file of `config/policies/shared/`: rules, terms and named sets of evidence that packs include. */
export const fragmentSchema = z.strictObject({
  evidenceSets: z.record(z.string(), z.array(z.string().min(1)).min(1)).default({}),
  terms: z
    .strictObject({
      officeHours: z.strictObject({ spans: z.array(officeSpan).min(1), basis }),
      returnLimits: z.strictObject({ fast: amount, other: amount, codes: z.array(z.string()).min(1), basis }),
      coResponders: z.strictObject({
        marginFraction: z.number().min(0).lt(1),
        acts: z.array(z.string()).min(1),
        basis,
      }),
      pauseGrounds: z.strictObject({ codes: z.array(z.string()).min(1), basis }),
      casualtyWindowDays: z.strictObject({
        default: z.int().positive(),
        byEventType: z.record(z.string(), z.int().positive()),
        basis,
      }),
      speakers: z.strictObject({
        topLeader: z.array(z.string()).min(1),
        notTopLeader: z.array(z.string()),
        attendance: z.array(z.string()).min(1),
        basis,
      }),
    })
    .optional(),
  rules: z.array(ruleSchema).default([]),
});

/** A file `config/policies/<id>.yaml`. */
export const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  label: z.string().min(1),
  invented: z.boolean().default(false),
  fastFrom: grade.default('II'),
  versions: z
    .array(
      z.strictObject({
        version: z.string().min(1),
        effectiveFrom: civilDay.nullable(),
        effectiveTo: civilDay.nullable(),
        include: z.array(z.string().regex(/^[a-z0-9-]+$/)).default([]),
        rules: z.array(ruleSchema).default([]),
      }),
    )
    .min(1),
});

export type FragmentFile = z.infer<typeof fragmentSchema>;
export type PackFile = z.infer<typeof packSchema>;
