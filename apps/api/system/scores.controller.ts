import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ScoresService } from '#assignment/scores.service.js';
import { listScores } from '#assignment/scores.store.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { instant } from '../http/schemas.js';

const scoresSchema = z
  .object({
    version: z.string(),
    state: z.enum(['active', 'off']),
    adjustments: z.array(z.object({ word: z.string(), code: z.string(), delta: z.number(), cases: z.number().int() })),
    report: z.record(z.string(), z.number()),
    createdBy: z.string(),
    createdAt: instant(),
  })
  .meta({ id: 'RoutingScores' });

const list = defineRoute({
  method: 'GET',
  path: '/routing/scores',
  summary: 'Versions of the scores that routing learnt from past assignments',
  permission: 'model.manage',
  scope: 'case',
  response: z.object({ items: z.array(scoresSchema), nextCursor: z.null() }),
});
const learn = defineRoute({
  method: 'POST',
  path: '/routing/scores',
  summary: 'Learn a new version from past assignments and accepted returns; it is not used before it is switched on',
  permission: 'model.manage',
  scope: 'case',
  body: z.strictObject({}),
  response: scoresSchema,
  status: 201,
});
const use = defineRoute({
  method: 'POST',
  path: '/routing/scores/switch',
  summary: 'Use one version in routing, or with null none',
  permission: 'model.manage',
  scope: 'case',
  body: z.strictObject({ version: z.string().max(60).nullable() }),
  response: z.object({ version: z.string().nullable() }),
});

/** Scores of matters that were learnt; rules are never learnt. */
@Controller()
export class ScoresController {
  constructor(private readonly scores: ScoresService) {}

  @Route(list)
  async list(@Input() { tx }: RouteInput<typeof list>) {
    return { items: await listScores(tx), nextCursor: null };
  }

  @Route(learn)
  async learn(@Input() { tx, caller }: RouteInput<typeof learn>) {
    return this.scores.learn(tx, caller.actor);
  }

  @Route(use)
  async use(@Input() { tx, caller, body }: RouteInput<typeof use>) {
    await this.scores.switch(tx, body.version, caller.actor);
    return { version: body.version };
  }
}
