import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type Caller, type Permission, requireOnCase } from '#accounts/contract.js';
import type { Actor } from '#platform/ledger/ledger.js';
import { CloseOutService } from '#response/close-out.service.js';
import { DispositionsService } from '#response/dispositions.service.js';
import { CLOSE_OUT_STEPS, type CloseOutStep } from '#response/rules/close-out.js';
import { DISPOSITIONS } from '#response/rules/dispositions.js';
import { Incidents } from '#triage/contract.js';
import { CasualtiesService } from '#triage/casualties.service.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, versioned } from '../http/schemas.js';

const words = (most: number) => z.string().trim().min(1).max(most);
const figure = z.number().int().min(0).max(1_000_000).nullable().default(null);
const kindSchema = z.enum(DISPOSITIONS);

const command = <const Path extends string, const Needs extends Permission, Body extends z.ZodType>(
  path: Path,
  permission: Needs,
  summary: string,
  body: Body,
) =>
  defineRoute({
    method: 'POST',
    path,
    summary,
    permission,
    scope: 'case',
    params: idParams,
    ifMatch: 'required',
    body,
    response: versioned,
  });

const dispose = command(
  '/incidents/:id/dispose',
  'disposition.decide',
  'Say how the incident is disposed of (D1–D6, several may hold); a kind that is left out is taken back',
  z.strictObject({ kinds: z.array(kindSchema).min(1).max(6), reason: words(1_000) }),
);
const satisfy = command(
  '/incidents/:id/disposition-evidence',
  'disposition.decide',
  'File the closing evidence of one kind; refused with what is missing',
  z.strictObject({
    kind: kindSchema,
    evidence: z.strictObject({
      statementIds: z.array(id()).max(20).optional(),
      adoption: z
        .strictObject({ result: z.enum(['adopted', 'partly', 'not']), reason: z.string().max(1_000).optional() })
        .optional(),
      solutionDate: z.iso.date().optional(),
      /** The hand-over whose receipt is recorded. */
      transferId: id().optional(),
      noIllegality: z.strictObject({ by: words(120), finding: words(1_000) }).optional(),
    }),
  }),
);
const casualties = command(
  '/incidents/:id/casualties',
  'incident.decide',
  'Update the confirmed casualties with their source; grades nothing by itself',
  z.strictObject({
    eventType: z.string().trim().min(1).max(40),
    deaths: figure,
    injured: figure,
    missing: figure,
    source: words(200),
    reason: words(1_000).optional(),
  }),
);
const closeOut = command(
  '/incidents/:id/close-out',
  'incident.read',
  'Close out (销号) by the next of three steps, each of another role: rectified, accepted, struck off',
  z.strictObject({ step: z.enum(CLOSE_OUT_STEPS), note: words(1_000) }),
);
const sendBack = command(
  '/incidents/:id/close-out/send-back',
  'incident.read',
  'Send a rectification or an acceptance back, with the reason; for whoever would take the next step',
  z.strictObject({ reason: words(1_000) }),
);
const reopen = command(
  '/incidents/:id/reopen',
  'incident.decide',
  'Take a struck-off incident up again',
  z.strictObject({ reason: words(1_000) }),
);

const NEEDS: Record<CloseOutStep, Permission> = {
  rectified: 'closeOut.rectify',
  accepted: 'closeOut.accept',
  struckOff: 'closeOut.strikeOff',
};

/** Disposition and close-out of an incident. */
@Controller()
export class CloseOutController {
  constructor(
    private readonly dispositions: DispositionsService,
    private readonly closeOuts: CloseOutService,
    private readonly casualties: CasualtiesService,
    private readonly incidents: Incidents,
  ) {}

  @Route(dispose)
  async dispose(@Input() input: RouteInput<typeof dispose>) {
    await this.requireDisposition(input);
    return answer(input, await this.dispositions.dispose(input.tx, { ...decision(input), ...input.body }));
  }

  @Route(satisfy)
  async satisfy(@Input() input: RouteInput<typeof satisfy>) {
    await this.requireDisposition(input);
    return answer(input, await this.dispositions.satisfy(input.tx, { ...decision(input), ...input.body }));
  }

  @Route(casualties)
  async updateCasualties(@Input() input: RouteInput<typeof casualties>) {
    const { eventType, source, reason, ...figures } = input.body;
    const update = { ...decision(input), eventType, source, figures, ...(reason === undefined ? {} : { reason }) };
    return answer(input, await this.casualties.update(input.tx, update));
  }

  @Route(closeOut)
  async close(@Input() input: RouteInput<typeof closeOut>) {
    const { tx, caller, body, params } = input;
    const { leadBodyId, jurisdiction } = await this.incidents.lock(tx, params.id);
    const permission = NEEDS[body.step];
    const inLeadBody = leadBodyId !== null && caller.duties.some((held) => held.bodyId === leadBodyId);
    // Somebody of the lead body who tries a later step is told why it is not theirs, whatever else they hold.
    if (body.step === 'rectified' || !inLeadBody)
      requireOnCase(caller, permission, { jurisdiction, bodyId: leadBodyId });
    const version = await this.closeOuts.step(tx, {
      ...decision(input),
      actor: actorOf(caller, permission),
      ...body,
      inLeadBody,
    });
    return answer(input, version);
  }

  @Route(sendBack)
  async sendBack(@Input() input: RouteInput<typeof sendBack>) {
    const { tx, caller, body, params } = input;
    const { leadBodyId, jurisdiction } = await this.incidents.lock(tx, params.id);
    const inLeadBody = leadBodyId !== null && caller.duties.some((held) => held.bodyId === leadBodyId);
    const mayTake = (step: CloseOutStep) => requireOnCase(caller, NEEDS[step], { jurisdiction, bodyId: leadBodyId });
    const version = await this.closeOuts.sendBack(tx, { ...decision(input), ...body, inLeadBody, mayTake });
    return answer(input, version);
  }

  /** The head of the lead body, or the office of the place. */
  private async requireDisposition({
    tx,
    caller,
    params,
  }: Pick<RouteInput<typeof dispose>, 'tx' | 'caller' | 'params'>): Promise<void> {
    const { leadBodyId, jurisdiction } = await this.incidents.lock(tx, params.id);
    requireOnCase(caller, 'disposition.decide', { jurisdiction, bodyId: leadBodyId });
  }

  @Route(reopen)
  async reopen(@Input() input: RouteInput<typeof reopen>) {
    return answer(input, await this.closeOuts.reopen(input.tx, { ...decision(input), ...input.body }));
  }
}

/** The duty that carries the step stands in the ledger, not the one that may read. */
function actorOf(caller: Caller, permission: Permission): Actor {
  const held = caller.duties.find((candidate) => candidate.permissions.has(permission));
  return held === undefined ? caller.actor : { ...caller.actor, duty: held.duty };
}

type CommandInput = Pick<RouteInput<typeof reopen>, 'caller' | 'params' | 'ifMatch'>;

const decision = ({ params, ifMatch, caller }: CommandInput) => ({
  incidentId: params.id,
  expectedVersion: ifMatch,
  actor: caller.actor,
});

const answer = ({ params }: CommandInput, version: number) => ({ id: params.id, version });
