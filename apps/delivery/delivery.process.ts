import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Logger } from 'pino';
import { fireDisputes } from '#assignment/dispute-course.service.js';
import { Directory } from '#directory/directory.js';
import { DeliveryService } from '#notification/delivery.service.js';
import { NotificationService } from '#notification/notification.service.js';
import { Database } from '#platform/database/database.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { LOGGER, QUEUE } from '#platform/process/platform.module.js';
import { StageLoop } from '#platform/process/stage-loop.js';
import type { QueueConnection } from '#platform/queue/backend.js';
import { CaptureService } from '#response/capture.service.js';
import { RecheckService } from '#response/recheck.service.js';

/** The ledger is sealed this often: hints and later stages follow the seals. */
const TICK_MS = 250;

/** Seals the ledger, fetches evidence, looks at it again, turns events into notices and hands them over. */
@Injectable()
export class DeliveryProcess implements OnApplicationShutdown {
  private readonly loop: StageLoop;

  constructor(
    database: Database,
    capture: CaptureService,
    recheck: RecheckService,
    notices: NotificationService,
    deliveries: DeliveryService,
    directory: Directory,
    @Inject(QUEUE) queue: QueueConnection,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new StageLoop(queue, 'delivery', logger, {
      seal: () => sealBatch(database),
      notices: () => consumeLedger(database, notices),
      deliver: () => deliveries.deliverBatch(),
      capture: () => capture.captureBatch(),
      disputes: () =>
        database.asSystem((tx) =>
          fireDisputes(tx, (place) => directory.city.bodyFor(place, directory.city.roles.leadDecider)?.id ?? null),
        ),
      recheck: () => recheck.recheckBatch(),
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
