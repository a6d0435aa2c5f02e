/** The database's clock and the process's monotonic one, read together. Milliseconds. */
export interface ClockReading {
  databaseMs: number;
  monotonicMs: number;
  /** How long the question took: neither clock is known better than that. */
  roundTripMs: number;
}

/** Further than this the two clocks may not drift apart between two looks (reliability: a step, not a drift). */
export const JUMP_LIMIT_MS = 60_000;
/** A jump is believed when a second look, not sooner than this, sees the same step. */
export const CONFIRM_AFTER_MS = 500;
/** A process whose own clock is further from the database's than this is told of; it decides nothing by it. */
export const SKEW_WARNING_MS = 2_000;

/** By how much the database's clock moved more than time passed; negative is backwards. */
export const stepBetween = (before: ClockReading, after: ClockReading): number =>
  after.databaseMs - before.databaseMs - (after.monotonicMs - before.monotonicMs);

export type WatchState =
  | { kind: 'steady'; last: ClockReading }
  /** A step was seen once; nothing fires until a second reading. */
  | { kind: 'doubtful'; last: ClockReading; seen: ClockReading; stepMs: number };

export type WatchVerdict =
  | {
      fire: true;
      state: WatchState;
      confirmed?: { stepMs: number; before: ClockReading; after: ClockReading; heldMs: number };
    }
  | { fire: false; state: WatchState };

/**
 * Whether firing may go on after a reading. A step of the database's clock beyond the limit stops it until a second reading:
 * one that stays with the step confirms it, one that lies on the old line dismisses it. The database's clock judges in the
 * end, so a confirmed step fires what is due, and is told.
 */
export function watch(state: WatchState | undefined, reading: ClockReading): WatchVerdict {
  if (state === undefined) return { fire: true, state: { kind: 'steady', last: reading } };
  if (state.kind === 'steady') {
    const stepMs = stepBetween(state.last, reading);
    if (Math.abs(stepMs) - reading.roundTripMs <= JUMP_LIMIT_MS)
      return { fire: true, state: { kind: 'steady', last: reading } };
    return { fire: false, state: { kind: 'doubtful', last: state.last, seen: reading, stepMs } };
  }
  const further = stepBetween(state.seen, reading);
  if (Math.abs(further) - reading.roundTripMs > JUMP_LIMIT_MS) {
    // Back on the old line: the reading in between was wrong. Elsewhere again: doubt goes on from here.
    const fromLine = stepBetween(state.last, reading);
    if (Math.abs(fromLine) - reading.roundTripMs <= JUMP_LIMIT_MS)
      return { fire: true, state: { kind: 'steady', last: reading } };
    return { fire: false, state: { kind: 'doubtful', last: state.last, seen: reading, stepMs: fromLine } };
  }
  if (reading.monotonicMs - state.seen.monotonicMs < CONFIRM_AFTER_MS) return { fire: false, state };
  return {
    fire: true,
    state: { kind: 'steady', last: reading },
    confirmed: {
      stepMs: Math.round(state.stepMs),
      before: state.last,
      after: reading,
      heldMs: Math.round(reading.monotonicMs - state.seen.monotonicMs),
    },
  };
}
