import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Directory } from '#directory/directory.js';
import { readTableRows } from '#ingest/imports/hotline-table.js';
import { bufferSource } from '#ingest/imports/zip-archive.js';
import type { ImportRow } from '#ingest/rules/import-row.js';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import { MAX_THIRD_PARTY_VALUES, ThirdPartyService } from '#reporting/third-party.service.js';
import { flag } from '../http/query.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant } from '../http/schemas.js';
import { delivered, FORMATS, PRODUCED, XLSX } from './delivered.js';
import { officeName } from './office-name.js';

/** A quarter or a year. */
const assessed = () =>
  z
    .string()
    .regex(/^20\d\d([Qq][1-4])?$/)
    .transform((name) => name.toUpperCase());

const importTable = defineRoute({
  method: 'POST',
  path: '/reports/third-party',
  summary:
    'Evaluations of a third party from CSV or XLSX, each with its raw counts; a trial run unless `apply`. Every fault says row and column, and nothing is taken while there is one',
  permission: 'report.freeze',
  scope: 'case',
  query: z.strictObject({
    evaluator: z.string().trim().min(1).max(100),
    period: assessed(),
    apply: flag().default(false),
  }),
  consumes: ['text/csv', XLSX, 'application/octet-stream'],
  bodyLimitBytes: 5_000_000,
  response: z
    .object({
      applied: z.boolean(),
      importId: id().nullable(),
      values: z.number().int(),
      replaced: z.number().int(),
      faultCount: z.number().int(),
      faults: z.array(
        z.object({
          row: z.number().int(),
          sheet: z.string(),
          column: z.string(),
          code: z.string(),
          value: z.string(),
        }),
      ),
    })
    .meta({ id: 'ThirdPartyImport' }),
});
const list = defineRoute({
  method: 'GET',
  path: '/reports/third-party',
  summary: 'What third parties measured, each value with its raw counts and the row of the file in which it stands',
  permission: 'report.read',
  scope: 'case',
  query: z.strictObject({ period: assessed().optional(), format: z.enum(FORMATS).default('json') }),
  produces: PRODUCED,
  response: z.object({
    items: z.array(
      z
        .object({
          id: id(),
          importId: id(),
          evaluator: z.string(),
          period: z.string(),
          sheet: z.string(),
          row: z.number().int(),
          bodyId: z.string(),
          bodyName: z.string(),
          indicator: z.string(),
          numerator: z.string(),
          denominator: z.string(),
          result: z.string(),
          weight: z.string().nullable(),
          note: z.string(),
          sha256: z.string(),
          importedAt: instant(),
          importedByName: z.string(),
        })
        .meta({ id: 'ThirdPartyValue' }),
    ),
    nextCursor: z.null(),
  }),
});

/** Evaluations by third parties: taken in, and read beside the own indicators (R60). */
@Controller()
export class ThirdPartyController {
  constructor(
    private readonly evaluations: ThirdPartyService,
    private readonly directory: Directory,
  ) {}

  @Route(importTable)
  async take(@Input() { tx, caller, query, rawBody }: RouteInput<typeof importTable>) {
    if (rawBody.byteLength === 0) throw new DomainError('IMPORT_EMPTY', 422, 'the file is empty');
    const lines: ImportRow[] = [];
    for await (const row of readTableRows(bufferSource(rawBody))) {
      if (lines.length >= MAX_THIRD_PARTY_VALUES)
        throw new DomainError('IMPORT_TOO_LARGE', 413, `more than ${MAX_THIRD_PARTY_VALUES} rows`, {
          maxRows: MAX_THIRD_PARTY_VALUES,
        });
      lines.push(row);
    }
    return this.evaluations.import(tx, { ...query, lines, sha256: sha256(rawBody) }, caller);
  }

  @Route(list)
  async list(@Input() { tx, caller, query }: RouteInput<typeof list>) {
    if (query.format === 'json') return { items: await this.evaluations.list(tx, query.period), nextCursor: null };
    const document = await this.evaluations.document(tx, query.period, await tx.now());
    const office = officeName(this.directory.city);
    return delivered(document, query.format, { office, by: caller.displayName });
  }
}
