import { Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { QueueConnection } from './backend.js';

/** The queues, one a working process. A job says only that there is work; what it is stands in PostgreSQL (design, invariant 4). */
export const WAKE_QUEUES = ['ingest', 'triage', 'clocks', 'delivery'] as const;
export type WakeQueue = (typeof WAKE_QUEUES)[number];

/** Wake-ups within this span are one job. */
const COALESCE_MS = 100;
const CLEAN_UP = { removeOnComplete: true, removeOnFail: { count: 100 } } as const;

/** Sends wake-ups. Losing one costs at most the second until the next sweep, so a failure is logged and swallowed. */
export class WakeUps {
  private readonly queues = new Map<WakeQueue, Queue>();

  constructor(
    private readonly queue: QueueConnection,
    private readonly logger: Logger,
  ) {}

  async wake(name: WakeQueue): Promise<void> {
    try {
      const bucket = Math.floor(performance.timeOrigin + performance.now()) / COALESCE_MS;
      await this.of(name).add('work', {}, { ...CLEAN_UP, jobId: `work-${Math.floor(bucket)}` });
    } catch (error) {
      this.logger.warn({ err: error, queue: name }, 'a wake-up could not be sent; the sweep will find the work');
    }
  }

  /** Timers "look now" at the given instants, in milliseconds from now; one for each distinct instant (design, invariant 2). */
  async wakeAt(name: WakeQueue, timers: { dueMs: number; delayMs: number }[]): Promise<void> {
    await this.of(name).addBulk(
      timers.map(({ dueMs, delayMs }) => ({
        name: 'look',
        data: { dueMs },
        opts: { ...CLEAN_UP, jobId: `look-${dueMs}`, delay: Math.max(0, delayMs) },
      })),
    );
  }

  async counts(name: WakeQueue): Promise<Record<string, number>> {
    return this.of(name).getJobCounts('waiting', 'active', 'delayed', 'failed');
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  private of(name: WakeQueue): Queue {
    let queue = this.queues.get(name);
    if (queue === undefined) {
      queue = new Queue(name, { connection: this.queue.connection });
      queue.on('error', (error) => this.logger.warn({ err: error, queue: name }, 'the queue reported an error'));
      this.queues.set(name, queue);
    }
    return queue;
  }
}

/** What woke the process: a wake-up, or a timer with the instant that it was set for. */
export interface WakeJob {
  name: 'work' | 'look';
  dueMs?: number;
}

/** Listens to one queue and calls `onWake` for each job; a job may come twice or never. */
export function listenForWakeUps(
  queue: QueueConnection,
  name: WakeQueue,
  logger: Logger,
  onWake: (job: WakeJob) => Promise<void>,
): Worker {
  const worker = new Worker(
    name,
    async (job) => {
      const dueMs = (job.data as { dueMs?: number }).dueMs;
      await onWake({ name: job.name as WakeJob['name'], ...(dueMs === undefined ? {} : { dueMs }) });
    },
    { connection: queue.connection, concurrency: 8, stalledInterval: 5_000, lockDuration: 10_000, maxStalledCount: 3 },
  );
  let reported = 0;
  worker.on('error', (error) => {
    // A full or lost Redis reports thousands of errors a second; one line in ten seconds says it.
    const at = performance.now();
    if (at - reported < 10_000) return;
    reported = at;
    logger.warn({ err: error, queue: name }, 'the queue worker reported an error');
  });
  return worker;
}
