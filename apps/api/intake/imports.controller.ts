import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { acceptImport, findImport } from '#ingest/imports.store.js';
import { findReceivingSource } from '#ingest/sources.store.js';
import { DomainError } from '#kernel/error.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { flag } from '../http/query.js';
import { created } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant } from '../http/schemas.js';

const MAX_FILE_BYTES = 32_000_000;

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
    error: z.string().nullable(),
    createdAt: instant(),
    finishedAt: instant().nullable(),
    rejections: z.array(z.object({ place: z.string(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'Import' });

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
  }),
  consumes: [
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/octet-stream',
  ],
  bodyLimitBytes: MAX_FILE_BYTES,
  response: z.object({ id: id() }),
  status: 201,
});
const read = defineRoute({
  method: 'GET',
  path: '/imports/:id',
  summary: 'How an import stands, with its first refusals',
  permission: 'import.run',
  scope: 'case',
  params: idParams,
  response: importSchema,
});

@Controller()
export class ImportsController {
  constructor(private readonly wakeUps: WakeUps) {}

  @Route(begin)
  async begin(@Input() { tx, caller, query, rawBody }: RouteInput<typeof begin>) {
    if (rawBody.byteLength === 0) throw new DomainError('IMPORT_EMPTY', 422, 'the file is empty');
    const held = caller.duties.find((duty) => duty.permissions.has('import.run'))!;
    const source = await findReceivingSource(tx, query.source, held.jurisdiction);
    const importId = await acceptImport(tx, {
      sourceId: source.id,
      fileName: query.fileName,
      bytes: rawBody,
      dryRun: query.dryRun,
      createdBy: caller.userId,
    });
    await this.wakeUps.wake('ingest');
    return created(`/imports/${importId}`, { id: importId });
  }

  @Route(read)
  async read(@Input() { tx, params }: RouteInput<typeof read>) {
    return findImport(tx, params.id);
  }
}
