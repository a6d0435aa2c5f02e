import type { ClockComputation, ComputedClock } from '#clocks/contract.js';
import type { PolicyPack } from '#clocks/policy/contract.js';
import { loadPack } from '#clocks/policy/load-pack.js';
import { computeClocks } from '#clocks/rules/compute-clocks.js';
import { loadCalendar } from '#directory/calendar.js';
import { officeIso } from '#kernel/time.js';
import { historiesOf } from './clocks/histories.js';
import { ACTION_WORDS, type ClockRow, type ExpectedClock, FLAG_WORDS, kindOf, STATE_WORDS } from './clocks/row.js';
import { type CheckedCase, type Evaluation, readJsonLines, reportCases } from './frame.js';
import { CONFIG_DIR } from './workdays.js';

const PACKS: Record<ClockRow['pack'], string> = { NT: 'nantong', YW: 'yiwu', HZ: 'heze' };

/** A clock in the file's words. */
interface Told {
  case: string;
  kind: string;
  startedAt: number;
  dueAt: number | null;
  state: string;
  stateAt: number | null;
  isTarget: boolean;
  ring: string;
}

/** The file names a pack by its present amounts, whatever the date; a row's own versions replace amounts by kind. */
function packOf(row: ClockRow, packs: Map<string, PolicyPack>): PolicyPack {
  const pack = packs.get(PACKS[row.pack])!;
  const present = pack.versions.at(-1)!;
  if (row.packVersions === undefined)
    return { ...pack, versions: [{ ...present, effectiveFrom: null, effectiveTo: null }] };
  const versions = row.packVersions.map((version) => ({
    version: version.version,
    effectiveFrom: version.effectiveFrom === undefined ? null : Date.parse(version.effectiveFrom),
    effectiveTo: version.effectiveTo === undefined ? null : Date.parse(version.effectiveTo),
    rules: present.rules.map((rule) => {
      const hours = version.amountsHours[kindOf(rule) ?? ''];
      if (hours === undefined) return rule;
      return {
        ...rule,
        amount: hours,
        unit: 'hour' as const,
        calendar: 'natural' as const,
        dayRule: 'from-instant' as const,
      };
    }),
  }));
  return { ...pack, versions };
}

/** The last generation of each clock: an earlier one was replaced by it. */
const latest = (clocks: readonly ComputedClock[]): ComputedClock[] => [
  ...new Map(clocks.map((clock) => [clock.id, clock])).values(),
];

function tell(name: string, computation: ClockComputation): Told[] {
  return latest(computation.clocks).flatMap((clock) => {
    const kind = kindOf(clock);
    if (kind === undefined) return [];
    const { startedAt, dueAt, stateAt, ring } = clock;
    return [
      {
        case: name,
        kind,
        startedAt,
        dueAt,
        state: STATE_WORDS[clock.state]!,
        stateAt,
        isTarget: clock.force === 'target',
        ring,
      },
    ];
  });
}

function fits(expected: ExpectedClock, main: string, told: Told): boolean {
  if (told.kind !== expected.kind || told.case !== (expected.case ?? main)) return false;
  if (told.startedAt !== Date.parse(expected.startedAt) || told.dueAt !== Date.parse(expected.dueAt)) return false;
  if (told.isTarget !== (expected.isTarget ?? false)) return false;
  if (expected.acceptStates?.includes(told.state) === true) return true;
  return (
    told.state === expected.state && told.stateAt === (expected.stateAt === null ? null : Date.parse(expected.stateAt))
  );
}

/** Names what differs; an empty list is a right answer. */
function differences(row: ClockRow, main: string, told: Told[], byCase: Map<string, ClockComputation>): string[] {
  const { expected } = row;
  const computed = [...byCase.values()];
  const answer = byCase.get(main)!;
  const wrong: string[] = [];
  const left = [...told];
  for (const clock of expected.clocks ?? []) {
    const index = left.findIndex((candidate) => fits(clock, main, candidate));
    if (index < 0) wrong.push(`${clock.case ?? ''} ${clock.kind}`.trim());
    else left.splice(index, 1);
  }
  if (expected.publicClocksComplete === true)
    for (const extra of left)
      if (extra.ring === 'public' && extra.state !== 'not_applicable')
        wrong.push(`unexpected ${extra.case} ${extra.kind} ${extra.state}`);
  const facts: Record<string, unknown> = {
    provisional: answer.provisional,
    caseOpened: computed.some((computation) => computation.opened),
    returnAccepted: answer.acceptedReturns.length > 0,
    clarificationSeconds: answer.figures.assessmentSeconds,
    assessmentSeconds: answer.figures.assessmentSeconds,
    legalSeconds: answer.figures.legalSeconds,
    lostWithWrongBodySeconds: answer.figures.lostWithWrongBodySeconds,
  };
  for (const [name, value] of Object.entries(facts))
    if (name in expected && expected[name as keyof typeof expected] !== value) wrong.push(`${name} ${String(value)}`);
  if (expected.handoverOpenClocks !== undefined && !sameSet(expected.handoverOpenClocks, handoverKinds(row, answer)))
    wrong.push('handoverOpenClocks');
  const flags = computed.flatMap((computation) => computation.flags.map((flag) => FLAG_WORDS[flag.code]));
  for (const flag of expected.flags ?? []) if (!flags.includes(flag)) wrong.push(`flag ${flag}`);
  if (expected.refusals !== undefined) {
    const refused = computed.flatMap((computation) =>
      computation.refusals
        .filter(({ action }) => action in ACTION_WORDS)
        .map(({ at, action }) => `${at} ${ACTION_WORDS[action]}`),
    );
    if (
      !sameSet(
        expected.refusals.map(({ at, action }) => `${Date.parse(at)} ${action}`),
        refused,
      )
    )
      wrong.push(`refusals ${refused.join(', ')}`);
  }
  return wrong;
}

function handoverKinds(row: ClockRow, answer: ClockComputation): string[] {
  const open = answer.handovers.at(-1)?.openClocks ?? [];
  return open
    .filter((clock) => row.expected.innerClocksListed === true || clock.ring === 'public')
    .flatMap((clock) => kindOf(clock) ?? []);
}

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  [...new Set(left)].sort().join('|') === [...new Set(right)].sort().join('|');

const iso = (instant: number | null) => (instant === null ? null : officeIso(new Date(instant)));

/** Deadlines against labelled timelines (data/domain/README, clocks): every compared field of a row must be right. */
export const evaluate: Evaluation = async (file) => {
  const calendar = loadCalendar(CONFIG_DIR);
  const packs = new Map(Object.values(PACKS).map((id) => [id, loadPack(CONFIG_DIR, id)]));
  const unknown = new Set<string>();
  const cases = readJsonLines<ClockRow>(file).map((row): CheckedCase => {
    const { cases: histories, main, unknownTypes } = historiesOf(row);
    for (const type of unknownTypes) unknown.add(type);
    const pack = packOf(row, packs);
    const options = row.options?.fastFrom === undefined ? {} : { fastFrom: row.options.fastFrom };
    const computed = new Map(
      [...histories].map(([name, history]) => [
        name,
        computeClocks({ pack, calendar, history, now: Date.parse(row.asOf), options }),
      ]),
    );
    const told = [...computed].flatMap(([name, computation]) => tell(name, computation));
    const wrong = differences(row, main, told, computed);
    const actual = {
      wrong,
      clocks: told.map((clock) => ({
        ...clock,
        startedAt: iso(clock.startedAt),
        dueAt: iso(clock.dueAt),
        stateAt: iso(clock.stateAt),
      })),
    };
    return { id: row.id, strict: row.strict, ok: wrong.length === 0, expected: row.expected, actual };
  });
  if (unknown.size > 0) console.error(`timeline types that change no clock: ${[...unknown].join(', ')}`);
  return reportCases('clocks', file, cases);
};
