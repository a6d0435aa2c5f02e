import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireOnCase } from '#accounts/contract.js';
import { DomainError } from '#kernel/error.js';
import { filesOf, readFile } from '#response/attachments.store.js';
import { snapshotOf } from '#response/case-file.js';
import { checksOf } from '#response/evidence-checks.store.js';
import { findEvidence } from '#response/evidence.store.js';
import { FilesService } from '#response/files.service.js';
import { FILE_KINDS, safeFileName } from '#response/rules/file-kind.js';
import { Incidents } from '#triage/contract.js';
import { created, Download } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant } from '../http/schemas.js';

const MAX_FILE_BYTES = 6_000_000;
const MAX_CHARACTERS = Math.ceil(MAX_FILE_BYTES / 3) * 4;

const fileSchema = z
  .object({
    id: id(),
    incidentId: id(),
    statementId: id().nullable(),
    fileName: z.string(),
    mediaType: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
    uploadedByName: z.string(),
    uploadedAt: instant(),
  })
  .meta({ id: 'StoredFile' });

const upload = defineRoute({
  method: 'POST',
  path: '/incidents/:id/files',
  summary: 'Upload a file of an incident (photo of a draft, copy of a paper); its kind is read from its bytes',
  permission: 'statement.draft',
  scope: 'case',
  params: idParams,
  bodyLimitBytes: MAX_CHARACTERS + 10_000,
  body: z.strictObject({
    statementId: id().nullable().default(null),
    fileName: z.string().trim().min(1).max(200),
    mediaType: z.enum(FILE_KINDS),
    contentBase64: z.base64().min(4).max(MAX_CHARACTERS),
  }),
  response: z.object({ id: id(), sha256: z.string() }),
  status: 201,
});
const list = defineRoute({
  method: 'GET',
  path: '/incidents/:id/files',
  summary: 'Files of an incident',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.object({ items: z.array(fileSchema) }),
});
const bytes = {
  method: 'GET',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.string(),
  produces: ['application/octet-stream'] as string[],
} as const;
const download = defineRoute({ ...bytes, path: '/files/:id', summary: 'One file, to be saved' });
const snapshot = defineRoute({
  ...bytes,
  path: '/evidence/:id/snapshot',
  summary: 'What was captured or filed for a proof, to be saved; its hash stands in the evidence',
});
const checks = defineRoute({
  method: 'GET',
  path: '/evidence/:id/checks',
  summary: 'The later looks at a proven page',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.object({
    items: z.array(
      z.object({
        id: id(),
        ordinal: z.number().int(),
        plannedAt: instant(),
        checkedAt: instant(),
        result: z.enum(['unchanged', 'changed', 'gone', 'unreachable']),
        sha256: z.string().nullable(),
      }),
    ),
  }),
});

/** Files in and out. They are saved, never shown: nothing that the public wrote runs in our origin. */
@Controller()
export class FilesController {
  constructor(
    private readonly files: FilesService,
    private readonly incidents: Incidents,
  ) {}

  @Route(upload)
  async upload(@Input() { tx, caller, params, body }: RouteInput<typeof upload>) {
    const { jurisdiction, bodyIds } = await this.incidents.lock(tx, params.id);
    const own = bodyIds.find((bodyId) => caller.duties.some((held) => held.bodyId === bodyId)) ?? null;
    requireOnCase(caller, 'statement.draft', { jurisdiction, bodyId: own });
    const { contentBase64, ...named } = body;
    const content = Buffer.from(contentBase64, 'base64');
    const made = await this.files.upload(tx, { incidentId: params.id, actor: caller.actor, content, ...named });
    return created(`/files/${made.id}`, made);
  }

  @Route(list)
  async list(@Input() { tx, params }: RouteInput<typeof list>) {
    await this.incidents.lock(tx, params.id);
    return { items: await filesOf(tx, params.id) };
  }

  @Route(download)
  async download(@Input() { tx, params }: RouteInput<typeof download>) {
    const { fileName, mediaType, content } = await readFile(tx, params.id);
    return saved(fileName, mediaType, content);
  }

  @Route(snapshot)
  async snapshot(@Input() { tx, params }: RouteInput<typeof snapshot>) {
    const { attachment, sha256 } = await findEvidence(tx, params.id);
    const content = await snapshotOf(tx, params.id);
    if (content === undefined) throw new DomainError('NO_SNAPSHOT', 404, 'nothing was captured for this proof');
    const { fileName, mediaType } = attachment ?? {};
    const name = typeof fileName === 'string' ? fileName : `${(sha256 ?? params.id).slice(0, 16)}.html`;
    return saved(name, typeof mediaType === 'string' ? mediaType : 'application/octet-stream', content);
  }

  @Route(checks)
  async checks(@Input() { tx, params }: RouteInput<typeof checks>) {
    await findEvidence(tx, params.id);
    return { items: await checksOf(tx, params.id) };
  }
}

const saved = (fileName: string, contentType: string, content: Buffer): Download =>
  new Download(
    { fileName: safeFileName(fileName), contentType, content },
    { 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" },
  );
