import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody } from '#accounts/contract.js';
import { REVIEW_GATES } from '#response/rules/review-gates.js';
import { StatementsService } from '#response/statements.service.js';
import { findStatement } from '#response/statements.store.js';
import { created, withETag } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instantInput, versioned } from '../http/schemas.js';
import { statementSchema } from '../incidents/incident.schemas.js';

const element = z.strictObject({
  text: z.string().max(5_000).optional(),
  notApplicableReason: z.string().max(500).optional(),
});
const short = z.string().trim().min(1).max(500);
const draftBody = z.strictObject({
  bodyId: z.string().max(40),
  kind: z.enum(['interpretation', 'responseToDoubts', 'rumourClarification', 'majorEmergencyRelease']),
  title: z.string().trim().min(1).max(200),
  body: z.string().trim().min(1).max(20_000),
  cause: element,
  solution: element,
  constraints: element,
  competentBodyId: z.string().max(40).nullable(),
  speaker: z
    .strictObject({ name: z.string().max(60), post: z.string().max(60), rank: z.string().max(60) })
    .nullable()
    .default(null),
  nextUpdateAt: instantInput().nullable().optional(),
  /** Wording, timing and manner of the release (YW18 五(二)). */
  assessment: z.strictObject({ wording: short, timing: short, manner: short }).nullable().optional(),
  /** The published statement that this one corrects. */
  corrects: id().optional(),
  /** Of a body that is not the lead: the order of the government office by which it speaks too. */
  voiceOrder: z.string().trim().min(1).max(200).optional(),
});

const draft = defineRoute({
  method: 'POST',
  path: '/incidents/:id/statements',
  summary: 'Draft a statement',
  permission: 'statement.draft',
  scope: 'case',
  params: idParams,
  body: draftBody,
  response: z.object({ id: id(), number: z.string() }),
  status: 201,
});
const readStatement = defineRoute({
  method: 'GET',
  path: '/statements/:id',
  summary: 'One statement',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: statementSchema,
});
const edit = defineRoute({
  method: 'PATCH',
  path: '/statements/:id',
  summary: 'Edit a draft',
  permission: 'statement.draft',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: draftBody.omit({ bodyId: true, kind: true, corrects: true }).partial(),
  response: versioned,
});
const submit = defineRoute({
  method: 'POST',
  path: '/statements/:id/submit',
  summary: 'Submit a draft for review',
  permission: 'statement.draft',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({}),
  response: versioned,
});
const approve = defineRoute({
  method: 'POST',
  path: '/statements/:id/approve',
  summary: 'Pass one gate of the review; the last one approves',
  permission: 'statement.review',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    gate: z.enum(REVIEW_GATES),
    note: z.string().trim().max(1_000).optional(),
    /** The marks that this reviewer sets (政治关、政策关、文字关; secrecy, personal data). */
    checks: z.array(z.string().max(40)).max(20).default([]),
    /** One of the two exceptions under which personal data stay (YW18 五(二)). */
    privacyException: z.strictObject({ code: z.string().max(40), reason: short }).optional(),
  }),
  response: versioned,
});
const reject = defineRoute({
  method: 'POST',
  path: '/statements/:id/reject',
  summary: 'Send a statement back to its author',
  permission: 'statement.review',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ reason: z.string().trim().min(1).max(1_000) }),
  response: versioned,
});
const publish = defineRoute({
  method: 'POST',
  path: '/statements/:id/publish',
  summary: 'File the address at which the approved statement stands; it is fetched, compared and hashed',
  permission: 'statement.publish',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000), publishedAt: instantInput().optional() }),
  response: z.object({ id: id(), version: z.number().int(), evidenceId: id() }),
  status: 202,
});

@Controller()
export class StatementsController {
  constructor(private readonly statements: StatementsService) {}

  @Route(draft)
  async draft(@Input() { tx, caller, params, body }: RouteInput<typeof draft>) {
    requireInBody(caller, 'statement.draft', body.bodyId);
    const made = await this.statements.draft(tx, params.id, plain(body), caller.actor);
    return created(`/statements/${made.id}`, made, 1);
  }

  @Route(readStatement)
  async read(@Input() { tx, params }: RouteInput<typeof readStatement>) {
    const statement = await findStatement(tx, params.id);
    return withETag(statement.version, statement as never);
  }

  @Route(edit)
  async edit(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof edit>) {
    requireInBody(caller, 'statement.draft', (await findStatement(tx, params.id)).bodyId);
    return {
      id: params.id,
      version: await this.statements.edit(tx, {
        statementId: params.id,
        expectedVersion: ifMatch,
        actor: caller.actor,
        change: plain(body),
      }),
    };
  }

  @Route(submit)
  async submit(@Input() { tx, caller, params, ifMatch }: RouteInput<typeof submit>) {
    requireInBody(caller, 'statement.draft', (await findStatement(tx, params.id)).bodyId);
    return {
      id: params.id,
      version: await this.statements.submit(tx, {
        statementId: params.id,
        expectedVersion: ifMatch,
        actor: caller.actor,
      }),
    };
  }

  @Route(approve)
  async approve(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof approve>) {
    const permission = body.gate === 'approver' ? 'statement.approve' : 'statement.review';
    const { bodyId } = await findStatement(tx, params.id);
    requireInBody(caller, permission, bodyId);
    const { gate, note, checks, privacyException } = body;
    return {
      id: params.id,
      version: await this.statements.approve(tx, {
        statementId: params.id,
        expectedVersion: ifMatch,
        actor: caller.actor,
        gate,
        checks,
        duties: caller.duties.flatMap((held) => (held.bodyId === bodyId ? [held.duty] : [])),
        ...(note === undefined ? {} : { note }),
        ...(privacyException === undefined ? {} : { privacyException }),
      }),
    };
  }

  @Route(reject)
  async reject(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof reject>) {
    requireInBody(caller, 'statement.review', (await findStatement(tx, params.id)).bodyId);
    return {
      id: params.id,
      version: await this.statements.reject(tx, {
        statementId: params.id,
        expectedVersion: ifMatch,
        actor: caller.actor,
        reason: body.reason,
      }),
    };
  }

  @Route(publish)
  async publish(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof publish>) {
    requireInBody(caller, 'statement.publish', (await findStatement(tx, params.id)).bodyId);
    const { url, publishedAt } = body;
    return {
      id: params.id,
      ...(await this.statements.publish(tx, {
        statementId: params.id,
        expectedVersion: ifMatch,
        actor: caller.actor,
        url,
        ...(publishedAt === undefined ? {} : { publishedAt }),
      })),
    };
  }
}

/** Drops undefined keys, which `exactOptional` types of the service would not take for absent. */
function plain<T extends object>(value: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never;
}
