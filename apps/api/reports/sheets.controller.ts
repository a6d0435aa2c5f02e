import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '#accounts/contract.js';
import { ClocksViews } from '#clocks/clocks.views.js';
import { Directory } from '#directory/directory.js';
import type { Transaction } from '#platform/database/database.js';
import { printClockSheet } from '#reporting/print/clock-sheet.js';
import { printEscalationSheet } from '#reporting/print/escalation-sheet.js';
import { printOrderSheet, type SheetFrame } from '#reporting/print/order-sheet.js';
import { clockDocument, escalationDocument, orderDocument } from '#reporting/tables/sheet-documents.js';
import type { ReportDocument } from '#reporting/tables/report-table.js';
import { SheetsViews } from '#reporting/sheets.views.js';
import { Origins } from '../http/origin.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { idParams } from '../http/schemas.js';
import { delivered, FORMATS, PRODUCED } from './delivered.js';
import { documentOut, documentSchema } from './documents.controller.js';
import { officeName } from './office-name.js';
import { printed } from './printed.js';

const sheet = {
  method: 'GET',
  scope: 'case',
  params: idParams,
  query: z.strictObject({ format: z.enum(FORMATS).default('print') }),
  response: documentSchema,
  produces: PRODUCED,
} as const;

const orderSheet = defineRoute({
  ...sheet,
  path: '/assignments/:id/sheet',
  summary: '交办单: the order of one body on an A4 page, or as JSON, CSV or XLSX',
  permission: 'incident.read',
});
const escalationSheet = defineRoute({
  ...sheet,
  path: '/escalations/:id/sheet',
  summary: '催办单 / 督办单 on an A4 page, or as JSON, CSV or XLSX',
  permission: 'escalation.read',
});
const clockSheet = defineRoute({
  ...sheet,
  path: '/clocks/:id/sheet',
  summary: '时限计算单: the arithmetic of one due time, on paper or as JSON, CSV or XLSX',
  permission: 'clock.read',
});

/** Sheets on paper and as files. They show what the caller may see, and change nothing. */
@Controller()
export class SheetsController {
  constructor(
    private readonly sheets: SheetsViews,
    private readonly clocks: ClocksViews,
    private readonly directory: Directory,
    private readonly origins: Origins,
  ) {}

  @Route(orderSheet)
  async order(@Input() { tx, caller, params, query, request }: RouteInput<typeof orderSheet>) {
    const order = await this.sheets.order(tx, params.id);
    const frame = await this.frame(tx, caller);
    if (query.format === 'print') {
      const address = this.origins.addressFor(request.headers.host);
      return printed(
        `交办单 ${order.number}`,
        printOrderSheet(order, { ...frame, ...(address === undefined ? {} : { address }) }),
      );
    }
    return this.answer(orderDocument(order, frame.asOf), query.format, frame);
  }

  @Route(escalationSheet)
  async escalation(@Input() { tx, caller, params, query }: RouteInput<typeof escalationSheet>) {
    const step = await this.sheets.escalation(tx, params.id);
    const frame = await this.frame(tx, caller);
    if (query.format === 'print')
      return printed(`催办督办单 ${step.number ?? ''}`.trim(), printEscalationSheet(step, frame));
    return this.answer(escalationDocument(step, frame), query.format, frame);
  }

  @Route(clockSheet)
  async clock(@Input() { tx, caller, params, query }: RouteInput<typeof clockSheet>) {
    const clock = await this.clocks.computation(tx, params.id);
    const frame = await this.frame(tx, caller);
    if (query.format === 'print') return printed(`时限计算单 ${clock.incidentNumber}`, printClockSheet(clock, frame));
    return this.answer(clockDocument(clock, frame.asOf), query.format, frame);
  }

  /** The sheet as what a machine or a workbook reads. */
  private async answer(document: ReportDocument, format: 'json' | 'csv' | 'xlsx', { office, by }: SheetFrame) {
    return format === 'json' ? documentOut(document) : delivered(document, format, { office, by });
  }

  private async frame(tx: Transaction, caller: Caller): Promise<SheetFrame> {
    const { city } = this.directory;
    const supervisor = city.bodyFor(city.root.code, city.roles.supervision)?.name;
    const discipline = city.bodyFor(city.root.code, city.roles.discipline)?.name;
    return {
      office: officeName(city),
      asOf: await tx.now(),
      by: caller.displayName,
      ...(supervisor === undefined ? {} : { supervisor }),
      ...(discipline === undefined ? {} : { discipline }),
    };
  }
}
