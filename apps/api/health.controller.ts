import { Controller, Inject } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { Database } from '#platform/database/database.js';
import { NO_SCOPE } from '#platform/database/scope.js';
import { DomainError } from '#kernel/error.js';
import { contextOf } from './http/context.js';
import { Metrics } from './http/metrics.js';
import { Download, Reply } from './http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from './http/route.js';

const open = { method: 'GET', root: true, permission: 'public', scope: 'none', transaction: false } as const;

const healthz = defineRoute({
  ...open,
  path: '/healthz',
  summary: 'The process lives',
  response: z.object({ ok: z.literal(true) }),
});
const readyz = defineRoute({
  ...open,
  path: '/readyz',
  summary: 'The process can work: the database answers',
  response: z.object({ ready: z.boolean(), database: z.boolean() }),
});
const metrics = defineRoute({
  ...open,
  path: '/metrics',
  summary: 'Measurements for Prometheus, to the machine and private networks only',
  response: z.string(),
  produces: ['text/plain'],
});

const NEAR = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal']);

@Controller()
export class HealthController {
  private leaving = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Metrics) private readonly measurements: Metrics,
  ) {}

  /** From here on the process answers that it is not ready, so that a balancer sends no more. */
  leave(): void {
    this.leaving = true;
  }

  @Route(healthz)
  healthz(@Input() _input: RouteInput<typeof healthz>) {
    return { ok: true as const };
  }

  @Route(readyz)
  async readyz(@Input() _input: RouteInput<typeof readyz>) {
    const database = await this.database
      .inScope(NO_SCOPE, (tx) => tx.now())
      .then(
        () => true,
        () => false,
      );
    const ready = database && !this.leaving;
    return new Reply({ ready, database }, {}, ready ? 200 : 503);
  }

  @Route(metrics)
  async metrics(@Input() { request }: RouteInput<typeof metrics>) {
    const { address } = contextOf(request);
    const near = ipaddr.isValid(address) && NEAR.has(ipaddr.process(address).range());
    if (!near) throw new DomainError('NOT_FOUND', 404, 'there is nothing at this address');
    await this.readSkew();
    return new Download({
      fileName: 'metrics.txt',
      inline: true,
      contentType: this.measurements.registry.contentType,
      content: await this.measurements.registry.metrics(),
    });
  }

  private async readSkew(): Promise<void> {
    const beats = await this.database.inScope(NO_SCOPE, (tx) =>
      tx.query<{ process: string; skew: number }>(
        `SELECT process, skew_ms AS skew FROM heartbeats WHERE skew_ms IS NOT NULL AND at > huiying_now() - interval '2 minutes'`,
      ),
    );
    this.measurements.skew.reset();
    for (const { process, skew } of beats) this.measurements.skew.set({ process }, skew);
  }
}
