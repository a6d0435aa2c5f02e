import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the api tells Prometheus. Labels are route templates, never addresses, so that their number stays small and nobody stands in them. */
export class Metrics {
  readonly registry = new Registry();
  private readonly seconds = new Histogram({
    name: 'huiying_http_request_seconds',
    help: 'Time from the first byte of a request to the last byte of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  readonly sockets = new Gauge({
    name: 'huiying_live_sockets',
    help: 'Open sockets of live hints',
    registers: [this.registry],
  });
  readonly hints = new Counter({
    name: 'huiying_live_hints_total',
    help: 'Hints that were sent to rooms',
    registers: [this.registry],
  });

  /** Distance of each clocks process from the database's clock, as its heartbeat tells it. */
  readonly skew = new Gauge({
    name: 'huiying_process_clock_skew_ms',
    help: 'Wall clock of a process less the clock of the database',
    labelNames: ['process'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  observe(call: { method: string; route: string; status: number; seconds: number }): void {
    this.seconds.observe({ method: call.method, route: call.route, status: String(call.status) }, call.seconds);
  }
}
