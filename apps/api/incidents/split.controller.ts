import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { SplitService } from '#triage/split.service.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams } from '../http/schemas.js';
import { categorySchema, gradeSchema } from './incident.schemas.js';

const split = defineRoute({
  method: 'POST',
  path: '/incidents/:id/split',
  summary: 'Take a part out as an incident of its own; it inherits the stamps, the rest goes on',
  permission: 'incident.decide',
  scope: 'case',
  params: idParams,
  ifMatch: 'required',
  body: z.strictObject({
    title: z.string().trim().min(1).max(200),
    itemIds: z.array(id()).min(1).max(200),
    category: categorySchema.optional(),
    grade: gradeSchema.optional(),
    jurisdiction: z.string().max(12).optional(),
    reason: z.string().trim().min(1).max(1_000),
  }),
  response: z.object({ id: id(), version: z.number().int(), partId: id(), partNumber: z.string() }),
  status: 201,
});

@Controller()
export class SplitController {
  constructor(private readonly splits: SplitService) {}

  @Route(split)
  async split(@Input() { tx, caller, params, ifMatch, body }: RouteInput<typeof split>) {
    const { title, itemIds, category, grade, jurisdiction, reason } = body;
    const { partId, number, version } = await this.splits.split(tx, {
      incidentId: params.id,
      expectedVersion: ifMatch,
      actor: caller.actor,
      reason,
      part: {
        title,
        itemIds,
        ...(category === undefined ? {} : { category }),
        ...(grade === undefined ? {} : { grade }),
        ...(jurisdiction === undefined ? {} : { jurisdiction }),
      },
    });
    return { id: params.id, version, partId, partNumber: number };
  }
}
