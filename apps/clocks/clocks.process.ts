import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Logger } from 'pino';
import { CalendarRefresh } from '#clocks/calendar-refresh.service.js';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { ClockWatch } from '#clocks/clock-watch.service.js';
import { type FiringPath, SweepService } from '#clocks/sweep.service.js';
import { TimersService } from '#clocks/timers.service.js';
import { LadderKeeper } from '#escalation/keeper.service.js';
import { Database } from '#platform/database/database.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { LOGGER, QUEUE } from '#platform/process/platform.module.js';
import { listenForWakeUps } from '#platform/queue/wake-ups.js';
import { WorkLoop } from '#platform/queue/work-loop.js';
import type { QueueConnection } from '#platform/queue/backend.js';

/** Every second whatever is due is fired, whether or not its timer came (design, invariant 2). */
const SWEEP_MS = 1_000;
const FOLLOW_MS = 250;
/** Timers of the next quarter of an hour are armed this often; a lost one costs at most this and the sweep's second. */
const RECONCILE_MS = 10_000;

/** The one place where a process of ours reads its own clocks: to tell how far they are from the database's, never to judge a due. */
const PROCESS_TIME = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };

/** Fires clocks and climbs the ladder; nothing else runs in this process, so nothing can delay a deadline. */
@Injectable()
export class ClocksProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly follow: WorkLoop;
  private readonly sweepLoop: WorkLoop;
  private readonly timerLoop: WorkLoop;
  private readonly ladderLoop: WorkLoop;
  private readonly reconcileLoop: WorkLoop;
  private readonly watch: ClockWatch;
  private readonly stopListening: () => Promise<void>;

  constructor(
    private readonly database: Database,
    keeper: ClockKeeper,
    ladder: LadderKeeper,
    sweep: SweepService,
    timers: TimersService,
    private readonly calendar: CalendarRefresh,
    @Inject(QUEUE) queue: QueueConnection,
    @Inject(LOGGER) logger: Logger,
  ) {
    const name = `clocks-${process.pid}`;
    this.watch = new ClockWatch(database, name, PROCESS_TIME);
    const fire = async (path: FiringPath) => ((await this.watch.mayFire()) ? sweep.sweep(path, name) : 0);
    this.follow = new WorkLoop('clocks', () => consumeLedger(database, keeper), logger);
    this.ladderLoop = new WorkLoop(
      'ladder',
      async () => (await consumeLedger(database, ladder)) + (await ladder.climb(database)),
      logger,
    );
    this.sweepLoop = new WorkLoop('sweep', () => fire('sweep'), logger);
    this.timerLoop = new WorkLoop('timer', () => fire('timer'), logger);
    this.reconcileLoop = new WorkLoop(
      'reconcile',
      async () => {
        await timers.reconcile();
        await this.watch.beat();
        return 0;
      },
      logger,
    );
    const worker = listenForWakeUps(queue, 'clocks', logger, async (job) => {
      if (job.name === 'look') await this.timerLoop.kick();
      else await this.follow.kick();
    });
    this.stopListening = () => worker.close();
  }

  /** A new notice comes with a restart: what was counted without it is counted anew. */
  async onApplicationBootstrap(): Promise<void> {
    await this.calendar.run(this.database);
  }

  @Interval(SWEEP_MS)
  async sweepTick(): Promise<void> {
    await this.sweepLoop.kick();
  }

  @Interval(FOLLOW_MS)
  async followTick(): Promise<void> {
    await Promise.all([this.follow.kick(), this.ladderLoop.kick()]);
  }

  @Interval(RECONCILE_MS)
  async reconcileTick(): Promise<void> {
    await this.reconcileLoop.kick();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stopListening().catch(() => undefined);
    await Promise.all(
      [this.follow, this.ladderLoop, this.sweepLoop, this.timerLoop, this.reconcileLoop].map((loop) => loop.stop()),
    );
  }
}
