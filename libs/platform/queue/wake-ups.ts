import { Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { chooseBackend, type QueueConnection } from './backend.js';

/** The queues, one a working process. A job says only that there is work; what it is stands in PostgreSQL (design, invariant 4). */
export const WAKE_QUEUES = ['ingest', 'triage', 'clocks', 'delivery'] as const;
export type WakeQueue = (typeof WAKE_QUEUES)[number];

/** Wake-ups within this span are one job. */
const COALESCE_MS = 100;
const CLEAN_UP = { removeOnComplete: true, removeOnFail: { count: 100 } } as const;

/** How many timers are on their way at a time. */
const AT_ONCE = 50;
/** A queue that is away answers never; nobody waits longer for a wake-up than this. */
const PATIENCE_MS = 1_000;
/** Timers are set in the background and ahead of time: a slow queue gets longer before they are left to the sweep. */
const TIMER_PATIENCE_MS = 5_000;

/** Gives an answer up after a while. What was sent may still arrive; a job that comes late finds nothing to do. */
async function inTime<T>(answer: Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the queue did not answer within ${patienceMs} ms`)), patienceMs);
  });
  answer.catch(() => undefined);
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

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
      await inTime(this.of(name).add('work', {}, { ...CLEAN_UP, jobId: `work-${Math.floor(bucket)}` }));
    } catch (error) {
      this.logger.warn({ err: error, queue: name }, 'a wake-up could not be sent; the sweep will find the work');
    }
  }

  /**
   * Timers "look now" at the given instants, in milliseconds from now; one for each distinct instant (design, invariant 2).
   * One by one: BullMQ's bulk insert on PostgreSQL makes sequences and temporary tables, which no role of ours may.
   */
  async wakeAt(name: WakeQueue, timers: { dueMs: number; delayMs: number }[]): Promise<void> {
    const queue = this.of(name);
    for (let from = 0; from < timers.length; from += AT_ONCE)
      await inTime(
        Promise.all(
          timers
            .slice(from, from + AT_ONCE)
            .map(({ dueMs, delayMs }) =>
              queue.add('look', { dueMs }, { ...CLEAN_UP, jobId: `look-${dueMs}`, delay: Math.max(0, delayMs) }),
            ),
        ),
        TIMER_PATIENCE_MS,
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
      chooseBackend(this.queue);
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
  chooseBackend(queue);
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
