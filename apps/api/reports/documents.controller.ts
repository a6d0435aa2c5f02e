import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Directory } from '#directory/directory.js';
import { dayOf } from '#kernel/civil-day.js';
import type { Transaction } from '#platform/database/database.js';
import { ChartsService } from '#reporting/charts.service.js';
import { DocumentsService } from '#reporting/documents.service.js';
import { FactQuery } from '#reporting/facts/fact-query.js';
import { dayPeriod, monthPeriod, type Period, quarterOf, quarterPeriod, requireBegun, weekPeriod } from '#reporting/rules/period.js'; // prettier-ignore
import { MAX_OFFSET, RowsViews } from '#reporting/rows.views.js';
import type { ReportDocument } from '#reporting/tables/report-table.js';
import { civilDate, instant as instantQuery, integer } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant } from '../http/schemas.js';
import { delivered, FORMATS, PRODUCED } from './delivered.js';
import { officeName } from './office-name.js';
import { monthName, periodOut, quarterName, reportHead } from './report.schemas.js';

const cell = z
  .object({
    text: z.string(),
    kind: z.enum(['text', 'number', 'rate', 'span', 'instant', 'word']),
    value: z.union([z.string(), z.number()]).nullable(),
    list: z.string().optional(),
    n: z.number().int().optional(),
    d: z.number().int().optional(),
    rows: z.string().optional(),
    base: z.string().optional(),
    incidentId: id().optional(),
  })
  .meta({ id: 'ReportCell' });
export const tableSchema = z
  .object({
    key: z.string(),
    title: z.string(),
    columns: z.array(z.object({ key: z.string(), label: z.string(), numeric: z.boolean().optional() })),
    rows: z.array(z.array(cell)),
  })
  .meta({ id: 'ReportTable' });
export const documentSchema = z
  .object({
    key: z.string(),
    title: z.string(),
    period: reportHead.period.nullable(),
    asOf: instant(),
    notes: z.array(z.string()),
    rules: z.array(z.object({ key: z.string(), label: z.string(), rule: z.string() })),
    tables: z.array(tableSchema),
  })
  .meta({ id: 'ReportDocument' });

/** A document as an answer gives it. */
export const documentOut = (document: ReportDocument) => ({
  ...document,
  period: document.period === null ? null : periodOut(document.period),
});

const REPORTS = [
  'daily',
  'weekly',
  'monthly',
  'bulletin',
  'indicators',
  'overdue',
  'nextHour',
  'public',
  'charts',
] as const;
const membership = z.enum(['due', 'dispatched']);

const document = defineRoute({
  method: 'GET',
  path: '/reports/document',
  summary:
    'Any report as tables: every number carries the question that lists its rows. Also as CSV, XLSX and for print',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({
    report: z.enum(REPORTS).default('daily'),
    date: civilDate().optional(),
    month: monthName().optional(),
    quarter: quarterName().optional(),
    by: membership.default('due'),
    hoursAhead: integer(0, 24 * 31).default(24),
    format: z.enum(FORMATS).default('json'),
  }),
  response: documentSchema,
  produces: PRODUCED,
});

const rows = defineRoute({
  method: 'GET',
  path: '/reports/rows',
  summary: 'The rows behind a number of a report: exactly what it counts, newest first',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({
    figure: z.string().max(60).default('total.detected'),
    day: civilDate().optional(),
    week: civilDate().optional(),
    month: monthName().optional(),
    quarter: quarterName().optional(),
    by: membership.default('due'),
    place: z.string().max(12).optional(),
    county: z.string().max(12).optional(),
    body: z.string().max(60).optional(),
    value: z.string().max(100).optional(),
    asOf: instantQuery().optional(),
    limit: integer(1, 200).default(50),
    offset: integer(0, MAX_OFFSET).default(0),
  }),
  response: z.object({
    ...reportHead,
    total: z.number().int(),
    items: z.array(
      z.object({
        incidentId: id().nullable(),
        itemId: id().nullable(),
        subject: z.string(),
        at: instant(),
        number: z.string().nullable(),
        title: z.string().nullable(),
        state: z.string().nullable(),
        category: z.string().nullable(),
        grade: z.string().nullable(),
        jurisdiction: z.string().nullable(),
        bodyName: z.string().nullable(),
      }),
    ),
  }),
});

type Asked = RouteInput<typeof document>['query'];

@Controller()
export class DocumentsController {
  constructor(
    private readonly documents: DocumentsService,
    private readonly charts: ChartsService,
    private readonly counted: RowsViews,
    private readonly directory: Directory,
  ) {}

  @Route(document)
  async read(@Input() { tx, caller, query }: RouteInput<typeof document>) {
    const asOf = await tx.now();
    const built = await this.build(tx, query, asOf);
    const office = officeName(this.directory.city);
    return query.format === 'json'
      ? documentOut(built)
      : delivered(built, query.format, { office, by: caller.displayName });
  }

  @Route(rows)
  async rows(@Input() { tx, query }: RouteInput<typeof rows>) {
    const now = await tx.now();
    // Nobody asks for the rows of a time to come.
    const asOf = query.asOf === undefined || query.asOf > now ? now : query.asOf;
    const { limit, offset, figure, county, body, value, place, by } = query;
    const period = requireBegun(this.periodOf(query, asOf), now.getTime());
    const frame = { period, membership: by, ...(place === undefined ? {} : { place }) };
    const found = await this.counted.rows(new FactQuery(tx, frame, asOf), { figure, county, body, value }, { limit, offset }); // prettier-ignore
    return { period: periodOut(period), asOf, notes: [], total: found.total, items: found.rows };
  }

  private periodOf({ day, week, month, quarter }: RouteInput<typeof rows>['query'], asOf: Date): Period {
    if (day !== undefined) return dayPeriod(day);
    if (week !== undefined) return weekPeriod(week);
    if (month !== undefined) return monthPeriod(month);
    return quarterPeriod(quarter ?? quarterOf(asOf.getTime()));
  }

  private async build(tx: Transaction, query: Asked, asOf: Date): Promise<ReportDocument> {
    const now = asOf.getTime();
    const day = query.date ?? dayOf(now);
    const begun = (period: Period) => requireBegun(period, now);
    const frame = () => ({
      period: begun(quarterPeriod(query.quarter ?? quarterOf(now))),
      membership: query.by,
    });
    switch (query.report) {
      case 'daily':
        return this.documents.periodical(tx, begun(dayPeriod(day)), asOf);
      case 'weekly':
        return this.documents.periodical(tx, begun(weekPeriod(day)), asOf);
      case 'monthly':
        return this.documents.periodical(tx, begun(monthPeriod(query.month ?? day)), asOf);
      case 'bulletin':
        return this.documents.bulletin(tx, frame(), asOf);
      case 'indicators':
        return this.documents.indicatorsOf(tx, frame(), asOf);
      case 'overdue':
        return this.documents.overdue(tx, query.hoursAhead, asOf);
      case 'nextHour':
        return this.documents.nextHour(tx, asOf);
      case 'charts':
        return this.charts.build(
          tx,
          begun(query.quarter === undefined ? monthPeriod(query.month ?? day) : quarterPeriod(query.quarter)),
          asOf,
        );
      case 'public':
        return this.documents.publicStatistics(tx, begun(monthPeriod(query.month ?? day)), asOf);
    }
  }
}
