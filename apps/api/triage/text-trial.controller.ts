import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { categorySchema, gradeBasisSchema, gradeSchema } from '../incidents/incident.schemas.js';
import { TextTrial } from './text-trial.js';

const MAX_CHARACTERS = 20_000;
const party = z.object({ bodyId: z.string(), code: z.string() });

const judge = defineRoute({
  method: 'POST',
  path: '/rules/trials',
  summary: 'Judge a text as triage and routing would; nothing is stored',
  permission: 'rules.test',
  scope: 'none',
  idempotent: false,
  body: z.strictObject({
    title: z.string().max(500).default(''),
    body: z.string().max(MAX_CHARACTERS),
    kind: z.enum(['post', 'article', 'call', 'message']).default('post'),
    channel: z.string().max(40).default('weibo'),
    rank: z.string().max(20).default('individual'),
    area: z.string().trim().min(1).max(100).nullable().default(null),
    region: z.string().trim().min(1).max(100).nullable().default(null),
  }),
  response: z
    .object({
      relevant: z.boolean(),
      decision: z.string(),
      category: categorySchema,
      secondary: z.array(categorySchema),
      scores: z.record(z.string(), z.number()),
      abstained: z.boolean(),
      tags: z.array(z.string()),
      figures: z.array(z.object({ label: z.string(), min: z.number(), max: z.number().nullable() })),
      event: z.record(z.string(), z.unknown()),
      eventTypes: z.array(z.string()),
      grade: gradeSchema,
      gradeBasis: gradeBasisSchema,
      gradeDetails: z.record(z.string(), z.unknown()),
      jurisdiction: z.string().nullable(),
      places: z.array(z.string()),
      reasons: z.array(z.record(z.string(), z.unknown())),
      modelVersion: z.string(),
      ruleVersion: z.string(),
      routing: z.object({
        rule: z.string(),
        sentence: z.string(),
        lead: party.nullable(),
        suggestion: party.nullable(),
        coResponders: z.array(party.extend({ task: z.string() })),
        rejected: z.array(z.object({ code: z.string(), score: z.number(), why: z.string() })),
        disputed: z.boolean(),
        chain: z.array(z.string()),
      }),
    })
    .meta({ id: 'TextTrial' }),
});

/** The bench on which rules are tried. */
@Controller()
export class TextTrialController {
  constructor(private readonly trial: TextTrial) {}

  @Route(judge)
  async judge(@Input() { tx, body }: RouteInput<typeof judge>) {
    const { analysis, routing } = await this.trial.judge(tx, body);
    const { rule, sentence, lead, suggestion, coResponders, rejected, disputed, jurisdiction } = routing;
    return {
      ...analysis,
      reasons: analysis.reasons as Record<string, unknown>[],
      routing: {
        rule,
        sentence,
        lead,
        suggestion,
        coResponders: [...coResponders],
        rejected: rejected.slice(0, 10),
        disputed,
        chain: [...jurisdiction.chain],
      },
    };
  }
}
