import type { Logger } from 'pino';
import { listenForWakeUps, type WakeJob, type WakeQueue } from '../queue/wake-ups.js';
import type { QueueConnection } from '../queue/backend.js';
import { WorkLoop } from '../queue/work-loop.js';

/**
 * The loops of one stage process. A wake-up and the process's own tick both kick them, so a lost job costs a tick and
 * no work (design, invariant 4).
 */
export class StageLoop {
  private readonly loops: WorkLoop[];
  private readonly stopListening: () => Promise<void>;

  constructor(queue: QueueConnection, name: WakeQueue, logger: Logger, steps: Record<string, () => Promise<number>>) {
    this.loops = Object.entries(steps).map(([step, work]) => new WorkLoop(step, work, logger));
    const worker = listenForWakeUps(queue, name, logger, async (job) => this.kick(job));
    this.stopListening = () => worker.close();
  }

  /** Resolves when every loop has found nothing more. */
  async kick(_job?: WakeJob): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.kick()));
  }

  async stop(): Promise<void> {
    await this.stopListening().catch(() => undefined);
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
