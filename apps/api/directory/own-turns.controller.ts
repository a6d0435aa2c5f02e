import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryViews } from '#directory/directory.views.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant } from '../http/schemas.js';

const ownTurns = defineRoute({
  method: 'GET',
  path: '/directory/own-turns',
  summary: 'Who is on duty for the own bodies, and the turns around now with their hand-over notes',
  permission: 'assignment.acknowledge',
  scope: 'administration',
  response: z.object({
    items: z.array(
      z
        .object({
          bodyId: z.string(),
          personName: z.string().nullable(),
          deputyName: z.string().nullable(),
          by: z.enum(['roster', 'spokesperson', 'head', 'nobody']),
          turns: z.array(
            z.object({
              id: id(),
              personName: z.string(),
              deputyName: z.string().nullable(),
              startsAt: instant(),
              endsAt: instant(),
              /** A note can be written from its beginning on. */
              begun: z.boolean(),
              handover: z.object({ note: z.string(), by: z.string(), at: z.string() }).nullable(),
            }),
          ),
        })
        .meta({ id: 'OwnDuty' }),
    ),
    nextCursor: z.null(),
  }),
});

/** Duty and hand-over of the bodies that the caller signs for. */
@Controller()
export class OwnTurnsController {
  constructor(private readonly views: DirectoryViews) {}

  @Route(ownTurns)
  async list(@Input() { tx, caller }: RouteInput<typeof ownTurns>) {
    const bodies = caller.duties.flatMap(({ bodyId, permissions }) =>
      bodyId !== null && permissions.has('assignment.acknowledge') ? [bodyId] : [],
    );
    return { items: await this.views.dutyOf(tx, [...new Set(bodies)], await tx.now()), nextCursor: null };
  }
}
