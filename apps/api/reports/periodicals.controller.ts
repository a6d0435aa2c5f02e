import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Directory } from '#directory/directory.js';
import { dayOf } from '#kernel/civil-day.js';
import { NO_DRILLS, PERIODICAL_NOTE, periodicalDocument } from '#reporting/documents.service.js';
import { TOTALS } from '#reporting/facts/overview.js';
import { PeriodicalService } from '#reporting/periodical.service.js';
import { printPeriodical } from '#reporting/print/periodical.js';
import { dayPeriod, monthPeriod, type Period, requireBegun, weekPeriod } from '#reporting/rules/period.js';
import { civilDate } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant } from '../http/schemas.js';
import { overdueRow } from './boards.controller.js';
import { delivered, FORMATS, PRODUCED } from './delivered.js';
import { officeName } from './office-name.js';
import { printed } from './printed.js';
import { changeSchema, hotlineFiguresSchema, periodOut, reportHead, typeShares } from './report.schemas.js';

const importantCase = z
  .object({
    id: id(),
    number: z.string(),
    title: z.string(),
    state: z.string(),
    category: z.string(),
    grade: z.string(),
    gradeBasis: z.string(),
    heatLevel: z.string(),
    jurisdiction: z.string(),
    detectedAt: instant(),
    leadBodyName: z.string().nullable(),
    itemCount: z.number().int(),
    clocks: z.array(
      z.object({
        label: z.string(),
        force: z.string(),
        state: z.string(),
        dueAt: instant(),
        stateAt: instant().nullable(),
      }),
    ),
  })
  .meta({ id: 'ImportantCase' });

const periodicalSchema = z
  .object({
    ...reportHead,
    totals: z.object(Object.fromEntries(TOTALS.map((name) => [name, changeSchema])) as Record<(typeof TOTALS)[number], typeof changeSchema>), // prettier-ignore
    breakdown: z.array(
      changeSchema.extend({
        dimension: z.enum(['category', 'grade', 'heat', 'jurisdiction', 'topic', 'channel']),
        key: z.string(),
        label: z.string(),
      }),
    ),
    important: z.array(importantCase),
    overdue: z.array(overdueRow),
    hotline: z.object({
      figures: hotlineFiguresSchema,
      types: typeShares,
      topics: z.array(
        z.object({
          incidentId: id(),
          incidentNumber: z.string(),
          title: z.string(),
          category: z.string(),
          jurisdiction: z.string(),
          orders: z.number().int(),
        }),
      ),
    }),
    rumours: z.array(
      z.object({
        id: id(),
        number: z.string(),
        title: z.string(),
        category: z.string(),
        detectedAt: instant(),
        clarifiedAt: instant().nullable(),
        link: z.string().nullable(),
      }),
    ),
    outlook: z.array(
      z.object({
        kind: z.enum(['conference', 'update', 'ladder']),
        at: instant(),
        incidentId: id(),
        incidentNumber: z.string(),
        title: z.string(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Periodical' });

const periodical = <const Path extends string>(path: Path, summary: string) =>
  defineRoute({
    method: 'GET',
    path,
    summary,
    permission: 'report.read',
    scope: 'case',
    query: z.strictObject({ date: civilDate().optional(), format: z.enum(FORMATS).default('json') }),
    response: periodicalSchema,
    produces: PRODUCED,
  });
const daily = periodical('/reports/daily', '舆情日报 of a day, without a date of today');
const weekly = periodical('/reports/weekly', '舆情周报 of the week (Monday to Sunday) of a day');
const monthly = periodical('/reports/monthly', '舆情月报 of the month of a day');

type Asked = Pick<RouteInput<typeof daily>, 'tx' | 'caller' | 'query'>;

@Controller()
export class PeriodicalsController {
  constructor(
    private readonly periodicals: PeriodicalService,
    private readonly directory: Directory,
  ) {}

  @Route(daily)
  async daily(@Input() input: RouteInput<typeof daily>) {
    return this.answer(input, dayPeriod);
  }

  @Route(weekly)
  async weekly(@Input() input: RouteInput<typeof weekly>) {
    return this.answer(input, weekPeriod);
  }

  @Route(monthly)
  async monthly(@Input() input: RouteInput<typeof monthly>) {
    return this.answer(input, monthPeriod);
  }

  private async answer({ tx, caller, query }: Asked, periodOf: (day: string) => Period) {
    const asOf = await tx.now();
    const period = requireBegun(periodOf(query.date ?? dayOf(asOf.getTime())), asOf.getTime());
    const report = await this.periodicals.build(tx, period, asOf);
    const notes = [NO_DRILLS, PERIODICAL_NOTE];
    const office = officeName(this.directory.city);
    if (query.format === 'csv' || query.format === 'xlsx')
      return delivered(periodicalDocument(report, period, asOf), query.format, { office, by: caller.displayName });
    if (query.format === 'print') {
      const html = printPeriodical(report, { period, asOf, notes, by: caller.displayName, office });
      return printed(`舆情报告 ${period.name}`, html);
    }
    return { ...report, period: periodOut(period), asOf, notes };
  }
}
