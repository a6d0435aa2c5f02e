import { Controller } from '@nestjs/common';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { Directory } from '#directory/directory.js';
import { dayOf } from '#kernel/civil-day.js';
import { Database } from '#platform/database/database.js';
import { NO_DRILLS } from '#reporting/documents.service.js';
import { LedgerExportService } from '#reporting/ledger-export.service.js';
import { LedgerReportViews, positionOf } from '#reporting/ledger-report.views.js';
import { monthPeriod, type Period, requireBegun, spanPeriod } from '#reporting/rules/period.js';
import { decodeCursor, pageOf } from '../http/cursor.js';
import { civilDate, paging } from '../http/query.js';
import { Download } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant } from '../http/schemas.js';
import { delivered, FORMATS, PRODUCED, reprDigest, XLSX } from './delivered.js';
import { officeName } from './office-name.js';
import { periodOut, reportHead } from './report.schemas.js';

const cursorSchema = z.object({ detectedAt: z.iso.datetime(), incidentId: z.uuid(), assignmentId: z.guid() });

const row = z
  .object({
    incidentId: id(),
    assignmentId: id().nullable(),
    number: z.string(),
    title: z.string(),
    sources: z.string().nullable(),
    firstPublicAt: instant().nullable(),
    detectedAt: instant(),
    category: z.string(),
    grade: z.string(),
    gradeBasis: z.string(),
    heatLevel: z.string(),
    disposition: z.array(z.string()),
    jurisdiction: z.string(),
    state: z.string(),
    role: z.string().nullable(),
    bodyId: z.string().nullable(),
    bodyName: z.string().nullable(),
    responsible: z.string().nullable(),
    dispatchedAt: instant().nullable(),
    acknowledgedAt: instant().nullable(),
    verifiedAt: instant().nullable(),
    reportedAt: instant().nullable(),
    firstReportAt: instant().nullable(),
    releasedAt: instant().nullable(),
    conferenceAt: instant().nullable(),
    respondedAt: instant().nullable(),
    limits: z.string().nullable(),
    overdueCount: z.number().int(),
    lateMs: z.number(),
    lateReasons: z.string().nullable(),
    links: z.string().nullable(),
    measures: z.string().nullable(),
    standard: z.string().nullable(),
    rectifiedBy: z.string().nullable(),
    rectifiedAt: z.string().nullable(),
    acceptedBy: z.string().nullable(),
    acceptedAt: z.string().nullable(),
    struckOffBy: z.string().nullable(),
    struckOffAt: z.string().nullable(),
    reminders: z.number().int(),
    supervisions: z.number().int(),
    referrals: z.number().int(),
    overdueAtUpgrade: z.boolean(),
  })
  .meta({ id: 'LedgerReportRow' });

const ledgerReport = defineRoute({
  method: 'GET',
  path: '/reports/ledger',
  summary:
    '台账: one row an incident and body, by day of detection; without dates the running month. CSV ends with the SHA-256 of all bytes before its last line, XLSX carries it in Repr-Digest',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({
    ...paging(500, 100),
    from: civilDate().optional(),
    to: civilDate().optional(),
    format: z.enum(FORMATS).default('json'),
  }),
  response: z.object({ ...reportHead, items: z.array(row), nextCursor: z.string().nullable() }),
  produces: PRODUCED,
  transaction: false,
});

@Controller()
export class LedgerReportController {
  constructor(
    private readonly database: Database,
    private readonly views: LedgerReportViews,
    private readonly exports: LedgerExportService,
    private readonly directory: Directory,
  ) {}

  @Route(ledgerReport)
  async ledger(@Input() { caller, query }: RouteInput<typeof ledgerReport>) {
    const asOf = await this.database.inScope(caller.scope, (tx) => tx.now());
    const period = requireBegun(periodOf(query, asOf.getTime()), asOf.getTime());
    const fileName = `舆情台账 ${period.name.replace('/', '至')}`;
    if (query.format === 'csv') {
      const content = Readable.from(this.exports.csv(caller.scope, period), { objectMode: false });
      return new Download({ fileName: `${fileName}.csv`, contentType: 'text/csv; charset=utf-8', content });
    }
    if (query.format === 'xlsx') {
      const { content, sha256 } = await this.exports.xlsx(caller.scope, period);
      return new Download({ fileName: `${fileName}.xlsx`, contentType: XLSX, content }, reprDigest(sha256));
    }
    if (query.format === 'print') {
      const office = officeName(this.directory.city);
      const document = await this.exports.document(caller.scope, period, asOf);
      return delivered(document, 'print', { office, by: caller.displayName });
    }
    const after = decodeCursor(cursorSchema, query.cursor);
    const rows = await this.database.inScope(caller.scope, (tx) =>
      this.views.page(tx, { period, limit: query.limit + 1, ...(after === undefined ? {} : { after }) }),
    );
    return {
      period: periodOut(period),
      asOf,
      notes: [NO_DRILLS, '按发现时间归期；一行为一起事件与一个承办单位'],
      ...pageOf(rows, query.limit, positionOf, (shown) => shown),
    };
  }
}

/** The running month without dates; a single date stands for itself to today, or its month's first day to itself. */
function periodOf({ from, to }: { from?: string | undefined; to?: string | undefined }, now: number): Period {
  const today = dayOf(now);
  if (from === undefined && to === undefined) return monthPeriod(today);
  return spanPeriod(from ?? `${to!.slice(0, 8)}01`, to ?? (from! > today ? from! : today));
}
