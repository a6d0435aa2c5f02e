import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Logger } from 'pino';
import { MergedOrders } from '#assignment/merged-orders.service.js';
import { RoutingService } from '#assignment/routing.service.js';
import { Database } from '#platform/database/database.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { LOGGER, QUEUE } from '#platform/process/platform.module.js';
import { StageLoop } from '#platform/process/stage-loop.js';
import type { QueueConnection } from '#platform/queue/backend.js';
import { ModelKeeper } from '#triage/model-keeper.service.js';
import { PipelineService } from '#triage/pipeline.service.js';
import { SnoozeService } from '#triage/snooze.service.js';
import { TakenUpItems } from '#triage/taken-up-items.service.js';
import { TrainingService } from '#triage/training.service.js';

const TICK_MS = 500;

/** From received items to proposed incidents, and from proposed incidents to a proposed responding body. */
@Injectable()
export class TriageProcess implements OnApplicationShutdown {
  private readonly loop: StageLoop;

  constructor(
    database: Database,
    pipeline: PipelineService,
    routing: RoutingService,
    mergedOrders: MergedOrders,
    snooze: SnoozeService,
    models: ModelKeeper,
    training: TrainingService,
    takenUp: TakenUpItems,
    @Inject(QUEUE) queue: QueueConnection,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new StageLoop(queue, 'triage', logger, {
      triage: () => pipeline.triageBatch(),
      routing: () => consumeLedger(database, routing),
      takenUp: () => consumeLedger(database, takenUp),
      mergedOrders: () => consumeLedger(database, mergedOrders),
      snooze: () => snooze.wakeDue(),
      models: () => models.follow(),
      training: () => training.trainNext(),
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
