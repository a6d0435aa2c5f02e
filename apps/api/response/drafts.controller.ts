import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { requireInBody, requireOnCase } from '#accounts/contract.js';
import { DraftGuardService } from '#response/draft-guard.service.js';
import { DraftLeaseService } from '#response/draft-lease.service.js';
import { findStatement } from '#response/statements.store.js';
import { WordingService } from '#response/wording.service.js';
import { wordingOf } from '#response/wording.store.js';
import { Incidents } from '#triage/contract.js';
import { withETag } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant, nothing } from '../http/schemas.js';

const editor = z.object({ userId: z.string(), name: z.string(), since: z.string() });
const position = { start: z.number().int(), end: z.number().int(), text: z.string() };

const hold = defineRoute({
  method: 'POST',
  path: '/statements/:id/lease',
  summary: 'Take or renew the right to write a draft; with `takeOver` from who holds it, visibly',
  permission: 'statement.draft',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ takeOver: z.boolean().default(false) }),
  response: z.object({ editor, until: instant(), version: z.number().int(), takenFrom: z.string().nullable() }),
});
const release = defineRoute({
  method: 'DELETE',
  path: '/statements/:id/lease',
  summary: 'Give the right to write a draft back',
  permission: 'statement.draft',
  scope: 'case',
  params: idParams,
  response: nothing,
  status: 204,
});
const guard = defineRoute({
  method: 'GET',
  path: '/statements/:id/guard',
  summary: 'What a draft should be looked at for: open claims, copied text, figures, agreed wording, personal data',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z
    .object({
      claims: z.array(
        z.object({
          kind: z.enum(['question', 'allegation']),
          text: z.string(),
          texts: z.number().int(),
          answered: z.boolean(),
        }),
      ),
      copied: z.array(z.object({ ...position, from: id() })),
      copiedShare: z.number(),
      /** It says what was said before: proven like any other, it keeps no promise of the next release. */
      repost: z.boolean(),
      figureConflicts: z.array(
        z.object({ figure: z.string(), values: z.array(z.object({ statementId: id(), value: z.number() })) }),
      ),
      wording: z.array(
        z.object({
          topic: z.string(),
          wording: z.string(),
          kind: z.enum(['words', 'figure']),
          figure: z.object({ name: z.string(), agreed: z.number(), said: z.number() }).optional(),
        }),
      ),
      personalData: z.array(z.object({ ...position, kind: z.string() })),
      masked: z
        .object({
          title: z.string(),
          body: z.string(),
          cause: z.string(),
          solution: z.string(),
          constraints: z.string(),
        })
        .nullable(),
      foreignDuty: z
        .object({ code: z.string(), name: z.string(), score: z.number(), words: z.array(z.string()) })
        .nullable(),
      secrecyWords: z.array(z.string()),
      acknowledgementOnly: z.boolean(),
    })
    .meta({ id: 'DraftGuard' }),
});
const entry = z.object({ topic: z.string(), wording: z.string() });
const sheet = z
  .object({
    entries: z.array(entry),
    note: z.string(),
    updatedByName: z.string().nullable(),
    updatedAt: instant().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'WordingSheet' });
const readWording = defineRoute({
  method: 'GET',
  path: '/incidents/:id/wording',
  summary: 'The wording sheet of an incident (统一口径)',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: sheet,
});
const agree = defineRoute({
  method: 'PUT',
  path: '/incidents/:id/wording',
  summary: 'Agree on the wording; the version 0 stands for no sheet',
  permission: 'statement.draft',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    entries: z
      .array(z.strictObject({ topic: z.string().trim().min(1).max(60), wording: z.string().trim().min(1).max(500) }))
      .max(50),
    note: z.string().max(2_000).default(''),
  }),
  response: z.object({ version: z.number().int() }),
});

const NO_SHEET = { entries: [], note: '', updatedByName: null, updatedAt: null, version: 0 };

/** Writing together: the lease of a draft, what it should be looked at for, and the wording that all bodies share. */
@Controller()
export class DraftsController {
  constructor(
    private readonly leases: DraftLeaseService,
    private readonly guards: DraftGuardService,
    private readonly wordings: WordingService,
    private readonly incidents: Incidents,
  ) {}

  @Route(hold)
  async hold(@Input() { tx, caller, params, body }: RouteInput<typeof hold>) {
    requireInBody(caller, 'statement.draft', (await findStatement(tx, params.id)).bodyId);
    return this.leases.hold(tx, { statementId: params.id, actor: caller.actor, takeOver: body.takeOver });
  }

  @Route(release)
  async release(@Input() { tx, caller, params }: RouteInput<typeof release>) {
    await this.leases.release(tx, { statementId: params.id, actor: caller.actor });
    return undefined;
  }

  @Route(guard)
  async guard(@Input() { tx, params }: RouteInput<typeof guard>) {
    return this.guards.guard(tx, params.id);
  }

  @Route(readWording)
  async wording(@Input() { tx, params }: RouteInput<typeof readWording>) {
    await this.incidents.lock(tx, params.id);
    const known = (await wordingOf(tx, params.id)) ?? NO_SHEET;
    return withETag(known.version, known);
  }

  @Route(agree)
  async agree(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof agree>) {
    const { jurisdiction, leadBodyId } = await this.incidents.lock(tx, params.id);
    requireOnCase(caller, 'statement.draft', { jurisdiction, bodyId: leadBodyId });
    const { entries, note } = body;
    const decision = { incidentId: params.id, entries, note, expected: ifMatch, actor: caller.actor };
    return { version: await this.wordings.agree(tx, decision) };
  }
}
