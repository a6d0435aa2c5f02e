import type { Database, Transaction } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { CLOCK_EVENTS } from './events.js';
import { type ClockReading, watch, type WatchState } from './rules/clock-jump.js';

/** The clocks of a process: a monotonic one that no setting moves, and the wall clock, whose distance is only told. */
export interface ProcessTime {
  monotonicMs(): number;
  wallMs(): number;
}

/** How long the row of a process that is gone stays. */
const HEARTBEAT_DAYS = 1;

/**
 * Looks before each firing whether the database's clock has jumped: everything due between the old and the new time would
 * fire at once. A jump is confirmed by a second reading, recorded in the ledger and shown to the supervisor.
 */
export class ClockWatch {
  private state: WatchState | undefined;
  private looking: Promise<boolean> = Promise.resolve(true);
  private skewMs = 0;
  private jump: { at: string; stepMs: number; heldMs: number } | null = null;

  constructor(
    private readonly database: Database,
    private readonly process: string,
    private readonly time: ProcessTime,
  ) {}

  /** False while a jump is in doubt. Looks of several loops are taken one after the other. */
  mayFire(): Promise<boolean> {
    this.looking = this.looking.then(
      () => this.look(),
      () => this.look(),
    );
    return this.looking;
  }

  private async look(): Promise<boolean> {
    const reading = await this.read();
    const verdict = watch(this.state, reading);
    if (verdict.fire && verdict.confirmed !== undefined) {
      const { stepMs, heldMs, before } = verdict.confirmed;
      await this.database.asSystem(async (tx) => {
        const now = await tx.now();
        this.jump = { at: now.toISOString(), stepMs, heldMs };
        await appendLedger(tx, [
          {
            type: CLOCK_EVENTS.databaseJumped,
            at: now,
            actor: systemActor('clocks'),
            subjectId: this.process,
            payload: {
              stepMs,
              heldMs,
              process: this.process,
              lastReadAt: new Date(before.databaseMs).toISOString(),
              confirmedBy: 'secondReading',
            },
          },
        ]);
        await this.saveHeartbeat(tx);
      });
    }
    this.state = verdict.state;
    return verdict.fire;
  }

  /** Tells that this process lives, how far its wall clock is from the database's, and of the last jump. */
  async beat(): Promise<void> {
    await this.read();
    await this.database.asSystem(async (tx) => {
      await this.saveHeartbeat(tx);
      await tx.query(
        `DELETE FROM heartbeats WHERE process LIKE 'clocks-%' AND at < huiying_now() - make_interval(days => $1)`,
        [HEARTBEAT_DAYS],
      );
    });
  }

  private async saveHeartbeat(tx: Transaction): Promise<void> {
    await tx.query(
      `INSERT INTO heartbeats (process, at, skew_ms, report) VALUES ($1, huiying_now(), $2, $3)
       ON CONFLICT (process) DO UPDATE SET at = excluded.at, skew_ms = excluded.skew_ms, report = excluded.report`,
      [this.process, this.skewMs, JSON.stringify({ jump: this.jump })],
    );
  }

  private async read(): Promise<ClockReading> {
    const asked = this.time.monotonicMs();
    const databaseMs = await this.database.asSystem(async (tx) => (await tx.now()).getTime());
    const answered = this.time.monotonicMs();
    const roundTripMs = answered - asked;
    // The answer stands for the middle of the question's way.
    this.skewMs = this.time.wallMs() - roundTripMs / 2 - databaseMs;
    return { databaseMs, monotonicMs: asked + roundTripMs / 2, roundTripMs };
  }
}
