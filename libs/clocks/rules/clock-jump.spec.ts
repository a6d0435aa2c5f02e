import { expect, test } from '@jest/globals';
import { type ClockReading, watch, type WatchState, type WatchVerdict } from './clock-jump.js';

/** A reading `after` milliseconds of real time, with the database's clock off by `off`. */
const at = (after: number, off = 0, roundTripMs = 1): ClockReading => ({
  databaseMs: 1_000_000 + after + off,
  monotonicMs: 5_000 + after,
  roundTripMs,
});
function read(...readings: ClockReading[]): WatchVerdict[] {
  let state: WatchState | undefined;
  return readings.map((reading) => {
    const verdict = watch(state, reading);
    state = verdict.state;
    return verdict;
  });
}
const fires = (...readings: ClockReading[]) => read(...readings).map(({ fire }) => fire);

test('clocks that go together fire, also when one look comes late or answers slowly', () => {
  expect(fires(at(0), at(1_000, 40), at(300_000, 900), at(301_000, 61_500, 2_000))).toEqual([true, true, true, true]);
});

test.each([86_400_000, -86_400_000, 60_002])(
  'a step of %s ms fires nothing until a second reading stays with it',
  (step) => {
    const verdicts = read(at(0), at(1_000, step), at(2_000, step), at(3_000, step));
    expect(verdicts.map(({ fire }) => fire)).toEqual([true, false, true, true]);
    expect(verdicts[2]).toMatchObject({ confirmed: { stepMs: step, heldMs: 1_000 } });
    expect(verdicts[3]).not.toHaveProperty('confirmed');
  },
);

test('a second look at once is no second reading', () => {
  expect(fires(at(0), at(1_000, 3_600_000), at(1_100, 3_600_000), at(1_500, 3_600_000))).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('one wrong reading is dismissed, and tells of nothing', () => {
  const verdicts = read(at(0), at(1_000, 3_600_000), at(2_000));
  expect(verdicts.map(({ fire }) => fire)).toEqual([true, false, true]);
  expect(verdicts[2]).not.toHaveProperty('confirmed');
});

test('a clock that jumps again while in doubt stays in doubt', () => {
  expect(fires(at(0), at(1_000, 3_600_000), at(2_000, 7_200_000), at(3_000, 7_200_000))).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
