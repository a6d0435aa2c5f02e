import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { ItemJudgementService } from '#triage/item-judgement.service.js';
import { categorySchema } from '../incidents/incident.schemas.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams } from '../http/schemas.js';

const judge = defineRoute({
  method: 'POST',
  path: '/items/:id/judgement',
  summary:
    'Say what an item is that the rules put aside: one of the seven categories makes it a proposal, and the model learns from it',
  permission: 'incident.decide',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ category: categorySchema, reason: z.string().trim().min(1).max(1_000).optional() }),
  response: z.object({ id: id(), incident: z.object({ id: id(), number: z.string() }).nullable() }),
});

/** A person's word on one item. */
@Controller()
export class ItemJudgementController {
  constructor(
    private readonly judgements: ItemJudgementService,
    private readonly wakeUps: WakeUps,
  ) {}

  @Route(judge)
  async judge(@Input() { tx, caller, params, body }: RouteInput<typeof judge>) {
    const { category, reason } = body;
    const { incident } = await this.judgements.judge(tx, {
      itemId: params.id,
      actor: caller.actor,
      category,
      ...(reason === undefined ? {} : { reason }),
    });
    await this.wakeUps.wake('triage');
    return { id: params.id, incident };
  }
}
