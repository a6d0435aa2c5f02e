import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Logger } from 'pino';
import { ImportService } from '#ingest/import.service.js';
import { PollService } from '#ingest/poll.service.js';
import { LOGGER, QUEUE } from '#platform/process/platform.module.js';
import { StageLoop } from '#platform/process/stage-loop.js';
import type { QueueConnection } from '#platform/queue/backend.js';

const TICK_MS = 1_000;

/** Fetches the sources that are due and runs the imports that wait. */
@Injectable()
export class IngestProcess implements OnApplicationShutdown {
  private readonly loop: StageLoop;

  constructor(
    poll: PollService,
    imports: ImportService,
    @Inject(QUEUE) queue: QueueConnection,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new StageLoop(queue, 'ingest', logger, {
      poll: () => poll.pollDue(),
      imports: () => imports.runWaiting(),
    });
  }

  @Interval(TICK_MS)
  tick(): Promise<void> {
    return this.loop.kick();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }
}
