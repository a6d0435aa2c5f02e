import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '#kernel/error.js';
import { CloseOutService } from '#response/close-out.service.js';
import { Incidents } from '#triage/contract.js';
import { DecisionsService } from '#triage/decisions.service.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { idParams, versioned } from '../http/schemas.js';

const rejoin = defineRoute({
  method: 'POST',
  path: '/incidents/:id/rejoin',
  summary: 'A second wave of the same claim: take the struck-off incident up again and merge this one into it',
  permission: 'incident.decide',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({ reason: z.string().trim().min(1).max(1_000) }),
  response: versioned,
});

/** What comes up again after it was struck off. Whether the claim is the old one or a new one is decided by a person. */
@Controller()
export class SecondWaveController {
  constructor(
    private readonly incidents: Incidents,
    private readonly decisions: DecisionsService,
    private readonly closeOuts: CloseOutService,
  ) {}

  @Route(rejoin)
  async rejoin(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof rejoin>) {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const wave = await tx.one<{ follows: string | null }>(
      `SELECT i.follows FROM ${incidents} i WHERE i.id = $${parameters.push(params.id)}`,
      parameters,
    );
    if (wave === undefined) throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    const { follows } = wave;
    if (follows === null)
      throw new DomainError('NO_EARLIER_INCIDENT', 409, 'it follows no incident that was struck off');
    // In the order of their ids, as merging locks them.
    for (const id of [params.id, follows].sort()) await this.incidents.lock(tx, id);
    const earlier = await this.incidents.lock(tx, follows);
    const why = { actor: caller.actor, reason: body.reason };
    if (earlier.state === 'struckOff')
      await this.closeOuts.reopen(tx, { incidentId: earlier.id, expectedVersion: earlier.version, ...why });
    const version = await this.decisions.merge(tx, {
      incidentId: params.id,
      expectedVersion: ifMatch,
      into: earlier.id,
      ...why,
    });
    return { id: params.id, version };
  }
}
