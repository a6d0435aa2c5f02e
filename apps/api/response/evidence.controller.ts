import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody, requireOnCase } from '#accounts/contract.js';
import { AttachmentsService, HAND_ENTERED, NO_PUBLIC_PROOF, refuseNoProof } from '#response/attachments.service.js';
import { listChannels } from '#response/channels.store.js';
import { DraftGuardService } from '#response/draft-guard.service.js';
import { findEvidence } from '#response/evidence.store.js';
import { FILE_KINDS } from '#response/rules/file-kind.js';
import { findStatement } from '#response/statements.store.js';
import { Incidents } from '#triage/contract.js';
import { created, withETag } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, instantInput, versioned } from '../http/schemas.js';
import { evidenceSchema } from '../incidents/incident.schemas.js';

const MAX_COPY_BYTES = 6_000_000;
const NO_PROOF = Object.keys(NO_PUBLIC_PROOF) as (keyof typeof NO_PUBLIC_PROOF)[];
/** Base64 takes four characters for three bytes. */
const MAX_COPY_CHARACTERS = Math.ceil(MAX_COPY_BYTES / 3) * 4;

const listAll = defineRoute({
  method: 'GET',
  path: '/channels',
  summary: 'Registered channels on which bodies publish',
  permission: 'directory.read',
  scope: 'case',
  response: z.object({
    items: z.array(
      z.object({
        id: id(),
        bodyId: z.string().nullable(),
        kind: z.string(),
        name: z.string(),
        urlPrefix: z.string().nullable(),
        official: z.boolean(),
        firstPlatform: z.boolean(),
        registeredByName: z.string().nullable(),
        confirmedByName: z.string().nullable(),
        confirmedAt: instant().nullable(),
      }),
    ),
  }),
});
const file = defineRoute({
  method: 'POST',
  path: '/incidents/:id/evidence',
  summary: 'File the copy of a publication on paper, radio or television; a second person confirms it',
  permission: 'evidence.file',
  scope: 'case',
  params: idParams,
  bodyLimitBytes: MAX_COPY_CHARACTERS + 10_000,
  body: z.strictObject({
    statementId: id(),
    /** Kinds that prove nothing to the public are refused with the clause that says so. */
    kind: z.enum([...HAND_ENTERED, ...NO_PROOF]),
    channelId: id(),
    publishedAt: instantInput(),
    attachment: z.strictObject({
      fileName: z.string().trim().min(1).max(200),
      mediaType: z.enum(FILE_KINDS),
      contentBase64: z.base64().min(4).max(MAX_COPY_CHARACTERS),
    }),
  }),
  response: z.object({ id: id(), sha256: z.string() }),
  status: 201,
});
const readEvidence = defineRoute({
  method: 'GET',
  path: '/evidence/:id',
  summary: 'One proof',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: evidenceSchema,
});
const second = defineRoute({
  method: 'POST',
  path: '/evidence/:id/second',
  summary: 'The second person confirms or refuses a copy that was entered by hand',
  permission: 'evidence.second',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ decision: z.enum(['confirm', 'refuse']), reason: z.string().trim().min(1).max(1_000) }),
  response: versioned,
});
const conflicts = defineRoute({
  method: 'GET',
  path: '/incidents/:id/figure-conflicts',
  summary: 'Figures on which the texts of one incident disagree',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.object({
    items: z.array(
      z.object({ figure: z.string(), values: z.array(z.object({ statementId: id(), value: z.number() })) }),
    ),
  }),
});

/** Proofs that no page can give, and the watch over the texts of an incident. */
@Controller()
export class EvidenceController {
  constructor(
    private readonly attachments: AttachmentsService,
    private readonly guard: DraftGuardService,
    private readonly incidents: Incidents,
  ) {}

  @Route(listAll)
  async channels(@Input() { tx }: RouteInput<typeof listAll>) {
    return { items: await listChannels(tx) };
  }

  @Route(file)
  async file(@Input() { tx, caller, params, body }: RouteInput<typeof file>) {
    await this.incidents.lock(tx, params.id);
    requireInBody(caller, 'evidence.file', (await findStatement(tx, body.statementId)).bodyId);
    const { kind } = body;
    refuseNoProof(kind);
    const { fileName, mediaType, contentBase64 } = body.attachment;
    const made = await this.attachments.file(tx, {
      incidentId: params.id,
      statementId: body.statementId,
      kind,
      channelId: body.channelId,
      publishedAt: body.publishedAt,
      actor: caller.actor,
      attachment: { fileName, mediaType, content: Buffer.from(contentBase64, 'base64') },
    });
    return created(`/evidence/${made.id}`, made, 1);
  }

  @Route(readEvidence)
  async read(@Input() { tx, params }: RouteInput<typeof readEvidence>) {
    const evidence = await findEvidence(tx, params.id);
    return withETag(evidence.version, evidence);
  }

  @Route(second)
  async second(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof second>) {
    const { incidentId, bodyId } = await findEvidence(tx, params.id);
    const { jurisdiction } = await this.incidents.lock(tx, incidentId);
    requireOnCase(caller, 'evidence.second', { jurisdiction, bodyId });
    const version = await this.attachments.second(tx, {
      evidenceId: params.id,
      expectedVersion: ifMatch,
      actor: caller.actor,
      confirm: body.decision === 'confirm',
      reason: body.reason,
    });
    return { id: params.id, version };
  }

  @Route(conflicts)
  async conflicts(@Input() { tx, params }: RouteInput<typeof conflicts>) {
    await this.incidents.lock(tx, params.id);
    return { items: await this.guard.conflicts(tx, params.id) };
  }
}
