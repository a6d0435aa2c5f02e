import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '#kernel/error.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant } from '../http/schemas.js';
import { colleaguesAt, DOINGS, mayBeAt } from './presence.store.js';

const readPresence = defineRoute({
  method: 'GET',
  path: '/incidents/:id/presence',
  summary: 'The colleagues who have an incident open now; kept nowhere. Not for machine tokens',
  permission: 'incident.read',
  scope: 'case',
  params: idParams,
  response: z.object({
    items: z.array(
      z.object({ userId: id(), name: z.string(), doing: z.enum(DOINGS), since: instant() }).meta({ id: 'Colleague' }),
    ),
  }),
});

@Controller()
export class PresenceController {
  @Route(readPresence)
  async read(@Input() { tx, caller, params }: RouteInput<typeof readPresence>) {
    if (caller.kind !== 'user')
      throw new DomainError('FORBIDDEN', 403, 'who is at work on a matter is told to persons only');
    if (!(await mayBeAt(tx, params.id))) throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    return { items: await colleaguesAt(tx, { incidentId: params.id, exceptFor: caller.userId }) };
  }
}
