import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { readScreen } from '#reporting/screen.views.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, instant } from '../http/schemas.js';
import { heartbeatOf } from './heartbeat.js';

const clocks = z.array(
  z.object({
    id: id(),
    title: z.string(),
    act: z.string(),
    label: z.string(),
    body: z.string().nullable(),
    startedAt: instant(),
    dueAt: instant(),
  }),
);
const screen = defineRoute({
  method: 'GET',
  path: '/screen',
  summary: 'The big screen in one reading; a token that may do nothing else is enough',
  permission: 'bigScreen.read',
  scope: 'case',
  response: z.object({
    asOf: instant(),
    demonstration: z.boolean(),
    watched: z.boolean(),
    sound: z.boolean(),
    open: z.number().int(),
    overdueCount: z.number().int(),
    dueSoonCount: z.number().int(),
    overdue: clocks,
    dueSoon: clocks,
    ranking: z.array(z.object({ body: z.string(), overdue: z.number().int() })),
  }),
});

@Controller()
export class ScreenController {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  @Route(screen)
  async screen(@Input() { tx }: RouteInput<typeof screen>) {
    const asOf = await tx.now();
    const { watched, ok } = await heartbeatOf(tx, asOf);
    return { asOf, demonstration: this.environment.demo, watched, sound: ok, ...(await readScreen(tx)) };
  }
}
