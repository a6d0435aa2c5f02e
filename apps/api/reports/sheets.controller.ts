import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '#accounts/contract.js';
import { ClocksViews } from '#clocks/clocks.views.js';
import { Directory } from '#directory/directory.js';
import type { Transaction } from '#platform/database/database.js';
import { printClockSheet } from '#reporting/print/clock-sheet.js';
import { printEscalationSheet } from '#reporting/print/escalation-sheet.js';
import { printOrderSheet, type SheetFrame } from '#reporting/print/order-sheet.js';
import { SheetsViews } from '#reporting/sheets.views.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { idParams } from '../http/schemas.js';
import { printed } from './printed.js';

const onPaper = {
  method: 'GET',
  scope: 'case',
  params: idParams,
  query: z.strictObject({ format: z.enum(['print']).default('print') }),
  response: z.string(),
  produces: ['text/html'] as string[],
} as const;

const orderSheet = defineRoute({
  ...onPaper,
  path: '/assignments/:id/sheet',
  summary: '交办单: the order of one body on an A4 page',
  permission: 'incident.read',
});
const escalationSheet = defineRoute({
  ...onPaper,
  path: '/escalations/:id/sheet',
  summary: '催办单 / 督办单 on an A4 page',
  permission: 'escalation.read',
});
const clockSheet = defineRoute({
  ...onPaper,
  path: '/clocks/:id/sheet',
  summary: '时限计算单: the arithmetic of one due time on paper',
  permission: 'clock.read',
});

/** Sheets for paper. They show what the caller may see, and change nothing. */
@Controller()
export class SheetsController {
  constructor(
    private readonly sheets: SheetsViews,
    private readonly clocks: ClocksViews,
    private readonly directory: Directory,
  ) {}

  @Route(orderSheet)
  async order(@Input() { tx, caller, params }: RouteInput<typeof orderSheet>) {
    const order = await this.sheets.order(tx, params.id);
    return printed(`交办单 ${order.number}`, printOrderSheet(order, await this.frame(tx, caller)));
  }

  @Route(escalationSheet)
  async escalation(@Input() { tx, caller, params }: RouteInput<typeof escalationSheet>) {
    const sheet = await this.sheets.escalation(tx, params.id);
    return printed(
      `催办督办单 ${sheet.number ?? ''}`.trim(),
      printEscalationSheet(sheet, await this.frame(tx, caller)),
    );
  }

  @Route(clockSheet)
  async clock(@Input() { tx, caller, params }: RouteInput<typeof clockSheet>) {
    const clock = await this.clocks.computation(tx, params.id);
    return printed(`时限计算单 ${clock.incidentNumber}`, printClockSheet(clock, await this.frame(tx, caller)));
  }

  private async frame(tx: Transaction, caller: Caller): Promise<SheetFrame> {
    return { office: `${this.directory.city.name}政务舆情回应办公室`, asOf: await tx.now(), by: caller.displayName };
  }
}
