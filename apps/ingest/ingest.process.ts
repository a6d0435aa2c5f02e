import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Logger } from 'pino';
import { BlindSpotsService } from '#ingest/blind-spots.service.js';
import { ImportService } from '#ingest/import.service.js';
import { KeySealingService } from '#ingest/key-sealing.service.js';
import { OriginalsService } from '#ingest/originals.service.js';
import { PollService } from '#ingest/poll.service.js';
import { QuarantineService } from '#ingest/quarantine.service.js';
import { RetentionService } from '#ingest/retention.service.js';
import { LOGGER, QUEUE } from '#platform/process/platform.module.js';
import { StageLoop } from '#platform/process/stage-loop.js';
import type { QueueConnection } from '#platform/queue/backend.js';

const TICK_MS = 1_000;

/** What the process does besides polling. */
@Injectable()
export class IntakeServices {
  constructor(
    readonly imports: ImportService,
    readonly quarantine: QuarantineService,
    readonly blindSpots: BlindSpotsService,
    readonly originals: OriginalsService,
    readonly retention: RetentionService,
    readonly keySealing: KeySealingService,
  ) {}
}

/** Fetches the sources that are due and runs the imports that wait. */
@Injectable()
export class IngestProcess implements OnApplicationShutdown {
  private readonly loop: StageLoop;

  constructor(
    private readonly poll: PollService,
    services: IntakeServices,
    @Inject(QUEUE) queue: QueueConnection,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new StageLoop(queue, 'ingest', logger, {
      poll: () => poll.pollDue(),
      imports: () => services.imports.runWaiting(),
      quarantine: () => services.quarantine.replayWaiting(),
      blindSpots: () => services.blindSpots.lookWhenDue(),
      originals: () => services.originals.checkDue(),
      retention: () => services.retention.cleanWhenDue(),
      keySealing: () => services.keySealing.sealOnce(),
    });
  }

  @Interval(TICK_MS)
  tick(): Promise<void> {
    return this.loop.kick();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await this.poll.drain();
  }
}
