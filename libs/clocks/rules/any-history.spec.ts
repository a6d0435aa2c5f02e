import { expect, test } from '@jest/globals';
import { at, calendar, incident, pack } from '../../../test/support/clock-histories.js';
import type { ComputedClock, HistoryEntry, IncidentHistory } from '../contract.js';
import { computeClocks } from './compute-clocks.js';

const START = at('2026-06-03 09:00');
const HOUR = 3_600_000;
const RUNS = 600;

/** A repeatable dice (mulberry32): the same seed always rolls the same histories. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(next() * count);
  const pick = <Value>(...values: readonly Value[]): Value => values[below(values.length)]!;
  return { below, pick };
}
type Dice = ReturnType<typeof dice>;
type Body<Entry> = Entry extends HistoryEntry ? Omit<Entry, 'at' | 'entryId' | 'by'> : never;

/** Anything that may happen to an incident, sensible or not. */
function anything({ below, pick }: Dice): Body<HistoryEntry> {
  const clock = { act: pick('firstRelease', 'publicResponse', 'verificationFeedback', 'handlingFeedback') };
  const approvedBy = pick('supervisor', null);
  const assignmentId = pick('a1', 'a2');
  const kind = pick(
    'webRelease',
    'webRelease',
    'pressConference',
    'threadReply',
    'signature',
    'verificationReport',
    'internalReport',
  );
  return pick<() => Body<HistoryEntry>>(
    () => ({
      type: 'graded',
      grade: pick('I', 'II', 'III', 'none', 'unknown'),
      basis: pick('confirmed', 'potential', 'declared'),
    }),
    () => ({ type: 'graded', grade: pick('II', 'III'), basis: 'confirmed' }),
    () => ({ type: 'heatSet', heat: pick('I', 'II', 'III', 'IV', null) }),
    () => ({ type: 'dispatched', assignmentId, body: pick('TRAN', 'URB'), role: 'lead' }),
    () => ({ type: 'reassigned', assignmentId, newAssignmentId: 'a3', to: 'ENV', dispatchedAt: START + 5 * HOUR }),
    () => ({
      type: 'evidenceFiled',
      evidence: { evidenceId: kind, kind, effectiveAt: pick(null, START + below(80) * HOUR) },
    }),
    () => ({ type: 'pauseRequested', clock, ground: pick('citizenSupplement', null), approvedBy }),
    () => ({ type: 'resumed', clock }),
    () => ({
      type: 'extensionRequested',
      clock,
      extension: { amount: 2, unit: 'workday' },
      ground: 'complex',
      approvedBy,
    }),
    () => ({ type: 'returned', assignmentId, body: 'TRAN', code: 'R3', legalBasis: '三定规定', proposedBody: 'URB' }),
    () => ({ type: 'closed', how: pick('rejected', 'struckOff') }),
    () => ({ type: pick('opened', 'reopened') }) as Body<HistoryEntry>,
    () => ({ type: 'casualtyUpdated', eventType: 'fire', deaths: 10 }),
    () => ({ type: 'instructed', dueAt: START + 30 * HOUR }),
  )();
}

const correction = ({ below, pick }: Dice): Body<HistoryEntry> => ({
  type: 'stampCorrected',
  stamp: pick('eventOccurredAt', 'detectedAt', 'dispatchedAt'),
  value: pick(null, START + (below(70) - 10) * HOUR),
  source: 'correction',
});

function historyOf(rolled: Dice, corrected: boolean): IncidentHistory {
  const entries = Array.from({ length: rolled.below(14) }, (_, index) => {
    const body = corrected && rolled.below(8) === 0 ? correction(rolled) : anything(rolled);
    return { at: START + (1 + rolled.below(100)) * HOUR, entryId: `e${index}`, by: 'anyone', ...body } as HistoryEntry;
  });
  return incident({ occurred: '2026-06-03 09:00', detected: '2026-06-03 09:20' }, entries);
}

const compute = (history: IncidentHistory, hours: number) =>
  computeClocks({ pack: pack(), calendar, history, now: START + hours * HOUR });
const nameOf = (clock: ComputedClock) => `${clock.id}|${clock.generation}`;

test('whatever happens, every clock has one name, a due, arithmetic that ends in it, and a state that fits its instants', () => {
  for (let seed = 0; seed < RUNS; seed += 1) {
    const rolled = dice(seed);
    const history = historyOf(rolled, true);
    const hours = rolled.below(120);
    const now = START + hours * HOUR;
    const { clocks } = compute(history, hours);
    expect(new Set(clocks.map(nameOf)).size).toBe(clocks.length);
    const unfit = clocks.filter((clock) => {
      const { state, stateAt, dueAt, computation } = clock;
      if (dueAt === null || JSON.stringify(computation.at(-1)) !== JSON.stringify({ step: 'due', at: dueAt }))
        return true;
      if ((stateAt === null) !== (state === 'armed' || state === 'dueSoon')) return true;
      if (state === 'met') return stateAt! > dueAt;
      if (state === 'metLate') return stateAt! <= dueAt;
      if (state === 'overdue') return now <= dueAt;
      if (state === 'paused') return clock.ring !== 'inner';
      return (state === 'armed' || state === 'dueSoon') && now > dueAt;
    });
    expect({ seed, unfit }).toEqual({ seed, unfit: [] });
  }
});

test('without a corrected stamp no due of a public clock ever moves, and no breach is lifted but by a proof', () => {
  for (let seed = 0; seed < RUNS; seed += 1) {
    const rolled = dice(1_000_000 + seed);
    const history = historyOf(rolled, false);
    const hours = rolled.below(60);
    const after = new Map(compute(history, hours + 1 + rolled.below(60)).clocks.map((clock) => [nameOf(clock), clock]));
    const before = compute(history, hours).clocks.filter(
      (clock) => clock.ring === 'public' && clock.act !== 'continuingRelease',
    );
    const changed = before.filter((clock) => {
      const then = after.get(nameOf(clock));
      // A make-up release goes when an earlier release is proven after all; nothing else may vanish.
      if (then === undefined) return clock.act !== 'makeupRelease';
      return (
        then.dueAt !== clock.dueAt ||
        (clock.state === 'overdue' && !['overdue', 'metLate'].includes(then.state) && !then.filedLate)
      );
    });
    expect({
      seed,
      changed: changed.map((clock) => [nameOf(clock), clock.state, after.get(nameOf(clock))?.state]),
    }).toEqual({ seed, changed: [] });
  }
});
