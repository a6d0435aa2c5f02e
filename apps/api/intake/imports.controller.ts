import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { INGEST_EVENTS } from '#ingest/contract.js';
import { takeFile } from '#ingest/imports/take-file.js';
import { acceptImport, findImport, listImports, moveImport, repeatImport } from '#ingest/imports.store.js';
import { PersonalData } from '#ingest/personal-data.js';
import { findReceivingSource } from '#ingest/sources.store.js';
import { Database } from '#platform/database/database.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { flag, integer } from '../http/query.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant } from '../http/schemas.js';

/** A million rows of a hotline are about a third of it. */
const MAX_FILE_BYTES = 1_000_000_000;
const LISTED = 100;

const importSchema = z
  .object({
    id: id(),
    sourceId: id(),
    fileName: z.string(),
    sha256: z.string(),
    state: z.enum(['received', 'running', 'done', 'failed', 'cancelled']),
    dryRun: z.boolean(),
    rowCount: z.number().int(),
    acceptedCount: z.number().int(),
    duplicateCount: z.number().int(),
    rejectedCount: z.number().int(),
    byteTotal: z.number(),
    byteDone: z.number(),
    year: z.number().int().nullable(),
    headers: z
      .array(z.object({ sheet: z.string(), headers: z.array(z.string()), fields: z.array(z.string().nullable()) }))
      .nullable(),
    error: z.string().nullable(),
    createdAt: instant(),
    finishedAt: instant().nullable(),
  })
  .meta({ id: 'Import' });
const detail = importSchema
  .extend({ rejections: z.array(z.object({ place: z.string(), code: z.string(), message: z.string() })) })
  .meta({ id: 'ImportDetail' });
const year = () => integer(2000, 2100).optional();

const begin = defineRoute({
  method: 'POST',
  path: '/imports',
  summary: 'Import a spreadsheet of the hotline (CSV in UTF-8 or GB18030, XLSX); it runs in the background',
  permission: 'import.run',
  scope: 'case',
  query: z.strictObject({
    fileName: z.string().trim().min(1).max(200),
    source: id().optional(),
    dryRun: flag().default(false),
    /** Completes dates without a year, such as 11月20日. */
    year: year(),
  }),
  consumes: [
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/octet-stream',
  ],
  readBody: false,
  transaction: false,
  bodyLimitBytes: MAX_FILE_BYTES,
  response: z.object({ id: id() }),
  status: 201,
});
const list = defineRoute({
  method: 'GET',
  path: '/imports',
  summary: 'The imports, newest first',
  permission: 'import.run',
  scope: 'case',
  response: z.object({ items: z.array(importSchema), nextCursor: z.null() }),
});
const read = defineRoute({
  method: 'GET',
  path: '/imports/:id',
  summary: 'How an import stands, with its first refusals',
  permission: 'import.run',
  scope: 'case',
  params: idParams,
  response: detail,
});
const cancel = defineRoute({
  method: 'POST',
  path: '/imports/:id/cancel',
  summary: 'Stop an import before its next chunk; what was stored stays',
  permission: 'import.run',
  scope: 'case',
  params: idParams,
  body: z.strictObject({}),
  response: z.object({ id: id() }),
});
const resume = defineRoute({
  method: 'POST',
  path: '/imports/:id/resume',
  summary: 'Let an import that was stopped or failed go on behind its last chunk',
  permission: 'import.run',
  scope: 'case',
  params: idParams,
  body: z.strictObject({}),
  response: z.object({ id: id() }),
});
const repeat = defineRoute({
  method: 'POST',
  path: '/imports/:id/repeat',
  summary: 'The same file once more: for real after a dry run, with another mapping or year',
  permission: 'import.run',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ dryRun: z.boolean().default(false), year: z.number().int().min(2000).max(2100).optional() }),
  response: z.object({ id: id() }),
  status: 201,
});

@Controller()
export class ImportsController {
  constructor(
    private readonly wakeUps: WakeUps,
    private readonly database: Database,
    private readonly personal: PersonalData,
  ) {}

  @Route(begin)
  async begin(@Input() { caller, query, request }: RouteInput<typeof begin>) {
    const held = caller.duties.find((duty) => duty.permissions.has('import.run'))!;
    const { scope } = caller;
    // Whether the source may be used is known before a byte is taken.
    const source = await this.database.inScope(scope, (tx) => findReceivingSource(tx, query.source, held.jurisdiction));
    const { vault } = this.personal;
    const stream = request as AsyncIterable<Buffer>;
    const file = await takeFile(stream, { database: this.database, scope, vault, maxBytes: MAX_FILE_BYTES });
    const importId = await this.database.inScope(scope, (tx) =>
      acceptImport(tx, file, {
        sourceId: source.id,
        fileName: query.fileName,
        dryRun: query.dryRun,
        year: query.year,
        createdBy: caller.userId,
      }),
    );
    await this.wakeUps.wake('ingest');
    return created(`/imports/${importId}`, { id: importId });
  }

  @Route(list)
  async list(@Input() { tx }: RouteInput<typeof list>) {
    return { items: await listImports(tx, LISTED), nextCursor: null };
  }

  @Route(read)
  async read(@Input() { tx, params }: RouteInput<typeof read>) {
    return findImport(tx, params.id);
  }

  @Route(cancel)
  async cancel(@Input() { tx, caller, params }: RouteInput<typeof cancel>) {
    const before = await moveImport(tx, params.id, 'cancelled');
    const payload = { file: before.fileName, sourceId: before.sourceId, read: before.rowCount };
    await appendLedger(tx, [
      { type: INGEST_EVENTS.importCancelled, at: await tx.now(), actor: caller.actor, subjectId: params.id, payload },
    ]);
    return { id: params.id };
  }

  @Route(resume)
  async resume(@Input() { tx, caller, params }: RouteInput<typeof resume>) {
    const before = await moveImport(tx, params.id, 'received');
    const payload = { file: before.fileName, sourceId: before.sourceId, read: before.rowCount };
    await appendLedger(tx, [
      { type: INGEST_EVENTS.importResumed, at: await tx.now(), actor: caller.actor, subjectId: params.id, payload },
    ]);
    await this.wakeUps.wake('ingest');
    return { id: params.id };
  }

  @Route(repeat)
  async repeat(@Input() { tx, caller, params, body }: RouteInput<typeof repeat>) {
    const importId = await repeatImport(tx, params.id, { ...body, createdBy: caller.userId });
    await this.wakeUps.wake('ingest');
    return created(`/imports/${importId}`, { id: importId });
  }
}
