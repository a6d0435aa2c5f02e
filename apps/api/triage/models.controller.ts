import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { shippedModelVersion } from '#triage/model/load-model.js';
import { listModels, listRuns } from '#triage/models.store.js';
import { ModelsService } from '#triage/training.service.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant } from '../http/schemas.js';

const label = z.object({ precision: z.number(), recall: z.number(), f1: z.number(), support: z.number().int() });
const scores = z
  .object({
    rows: z.number().int(),
    macroF1: z.number(),
    accuracy: z.number(),
    classes: z.record(z.string(), label),
    confusion: z.array(z.object({ from: z.string(), to: z.string(), count: z.number().int() })),
  })
  .meta({ id: 'CategoryScores' });
const report = z.object({
  shippedRows: z.number().int().optional(),
  ownRows: z.number().int().optional(),
  folds: z.number().int().optional(),
  candidate: scores.nullable().optional(),
  shipped: scores.nullable().optional(),
  running: scores.nullable().optional(),
});

const list = defineRoute({
  method: 'GET',
  path: '/models',
  summary: 'Versions of the category model with their reports, and the trainings of late',
  permission: 'model.manage',
  scope: 'none',
  response: z.object({
    items: z.array(
      z
        .object({
          version: z.string(),
          state: z.enum(['running', 'candidate', 'retired']),
          shipped: z.boolean(),
          report,
          createdAt: instant(),
          createdBy: z.string(),
          activatedAt: instant().nullable(),
          activatedBy: z.string().nullable(),
        })
        .meta({ id: 'ModelVersion' }),
    ),
    runs: z.array(
      z
        .object({
          id: id(),
          state: z.enum(['asked', 'running', 'done', 'failed']),
          askedBy: z.string(),
          askedAt: instant(),
          finishedAt: instant().nullable(),
          modelVersion: z.string().nullable(),
          error: z.string().nullable(),
        })
        .meta({ id: 'TrainingRun' }),
    ),
  }),
});
const train = defineRoute({
  method: 'POST',
  path: '/models/trainings',
  summary: 'Learn a new version from the corrections and confirmations so far; the report comes later',
  permission: 'model.manage',
  scope: 'none',
  response: z.object({ id: id() }),
  status: 202,
});
const activate = defineRoute({
  method: 'POST',
  path: '/models/activations',
  summary: 'Let a version judge from now on, or switch back to an earlier one',
  permission: 'model.manage',
  scope: 'none',
  body: z.strictObject({ version: z.string().min(1).max(80), reason: z.string().trim().min(1).max(1_000) }),
  response: z.object({ version: z.string() }),
});

/** The models that judge categories: what they were learned from, how well they do, which one runs. */
@Controller()
export class ModelsController {
  constructor(
    private readonly models: ModelsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Route(list)
  async list(@Input() { tx }: RouteInput<typeof list>) {
    return { items: await listModels(tx), runs: await listRuns(tx) };
  }

  @Route(train)
  async train(@Input() { tx, caller }: RouteInput<typeof train>) {
    return { id: await this.models.ask(tx, caller.actor) };
  }

  @Route(activate)
  async activate(@Input() { tx, caller, body }: RouteInput<typeof activate>) {
    const shipped = shippedModelVersion(this.environment.configDir);
    await this.models.activate(tx, { ...body, actor: caller.actor, shipped });
    return { version: body.version };
  }
}
