import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryViews } from '#directory/directory.views.js';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { instant } from '../http/schemas.js';

/** Without a heartbeat for this long the timing is not watched, and the screen says so (reliability R11). */
const HEARTBEAT_PATIENCE_SECONDS = 120;

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

interface AuditReport {
  at: Date;
  report: { ok: boolean; checks: { check: string; ok: boolean; found: number }[] };
}

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
    const beat = await tx.one<AuditReport>(`SELECT at, report FROM heartbeats WHERE process = 'auditor'`);
    const watched = beat !== undefined && now.getTime() - beat.at.getTime() < HEARTBEAT_PATIENCE_SECONDS * 1000;
    return {
      now,
      watched,
      heartbeatAt: beat?.at ?? null,
      ok: watched && beat.report.ok,
      checks: beat?.report.checks ?? [],
    };
  }
}
