import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryViews } from '#directory/directory.views.js';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { instant } from '../http/schemas.js';
import { heartbeatOf } from './heartbeat.js';

const about = defineRoute({
  method: 'GET',
  path: '/about',
  summary: 'What installation this is, and the server’s time',
  permission: 'public',
  scope: 'none',
  response: z.object({
    product: z.string(),
    version: z.string(),
    city: z.string(),
    cityName: z.string(),
    demonstration: z.boolean(),
    now: instant(),
  }),
});
const status = defineRoute({
  method: 'GET',
  path: '/status',
  summary: 'Heartbeat of the auditor and its findings',
  permission: 'session',
  scope: 'none',
  response: z.object({
    now: instant(),
    watched: z.boolean(),
    heartbeatAt: instant().nullable(),
    ok: z.boolean(),
    checks: z.array(z.object({ check: z.string(), ok: z.boolean(), found: z.number().int() })),
  }),
});

@Controller()
export class SystemController {
  constructor(
    private readonly directory: DirectoryViews,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Route(about)
  async about(@Input() { tx }: RouteInput<typeof about>) {
    return {
      product: '回应 Huiying',
      version: '0.1.0',
      city: this.environment.city,
      cityName: this.directory.cityName(),
      demonstration: this.environment.demo,
      now: await tx.now(),
    };
  }

  @Route(status)
  async status(@Input() { tx }: RouteInput<typeof status>) {
    const now = await tx.now();
    return { now, ...(await heartbeatOf(tx, now)) };
  }
}
