import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadLadderPolicy } from '#escalation/ladder-policies.js';
import { planLadder } from '#escalation/rules/ladder.js';
import { type LadderFacts, type LadderLevel, LADDER_LEVELS, type LadderPlan } from '#escalation/rules/steps.js';
import { officeIso } from '#kernel/time.js';
import { type Evaluation, readJsonLines, reportCases, UnreadableInput } from './frame.js';

interface Row {
  id: string;
  level: LadderLevel;
  clockStart: string;
  dispatchedAt: string;
  signedAt: string | null;
  verificationAcceptedAt: string | null;
  publicResponseAt: string | null;
  closedAt: string | null;
  asOf: string;
  withdrawals?: { no: number; at: string; reason: string }[];
  supervision?: { issuedAt: string; deadline: string };
  expected: Record<string, unknown>;
  strict: boolean;
}

const MINUTE_MS = 60_000;
/** The case files fix these amounts whatever pack a city runs: minutes to sign, to verify and to respond. */
const CASE_MINUTES: Record<LadderLevel, { signFor: number; verification: number; response: number }> = {
  fast: { signFor: 15, verification: 90, response: 300 },
  'I-II': { signFor: 30, verification: 240, response: 2880 },
  III: { signFor: 60, verification: 1440, response: 2880 },
  IV: { signFor: 60, verification: 1440, response: 2880 },
};

const configDir =
  process.env.HUIYING_CONFIG_DIR ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../config');
const ms = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Date.parse(text);
const iso = (instant: number | null): string | null => (instant === null ? null : officeIso(new Date(instant)));

/** Runs the ladder on every case and compares the keys that the case expects; instants are compared, not strings. */
export const evaluate: Evaluation = async (file) => {
  const policy = loadLadderPolicy(configDir);
  const cases = readJsonLines<Row>(file).map((row, index) => {
    if (!LADDER_LEVELS.includes(row.level)) throw new UnreadableInput(file, `unknown level ${row.level}`, index + 1);
    const facts = factsOf(row);
    const plan = planLadder({ facts, policy, now: Date.parse(row.asOf) });
    const actual = outcome(plan, facts);
    const compared = Object.fromEntries(Object.keys(row.expected).map((key) => [key, actual[key]]));
    const ok = JSON.stringify(normalise(compared)) === JSON.stringify(normalise(row.expected));
    return { id: row.id, strict: row.strict, ok, expected: row.expected, actual: compared };
  });
  return reportCases('ladder', file, cases);
};

function factsOf(row: Row): LadderFacts {
  const minutes = CASE_MINUTES[row.level];
  const clockStart = Date.parse(row.clockStart);
  const dispatchedAt = Date.parse(row.dispatchedAt);
  return {
    level: row.level,
    clockStart,
    responseDueAt: clockStart + minutes.response * MINUTE_MS,
    publicResponseAt: ms(row.publicResponseAt),
    closedAt: ms(row.closedAt),
    assignments: [
      {
        bodyId: 'body',
        dispatchedAt,
        endedAt: null,
        signForDueAt: dispatchedAt + minutes.signFor * MINUTE_MS,
        verificationDueAt: dispatchedAt + minutes.verification * MINUTE_MS,
        handlingDueAt: null,
        signedAt: ms(row.signedAt),
        verificationAcceptedAt: ms(row.verificationAcceptedAt),
        handlingReportedAt: null,
      },
    ],
    withdrawals: (row.withdrawals ?? []).map(({ no, at, reason }) => ({ no, at: Date.parse(at), reason })),
    supervision:
      row.supervision === undefined
        ? null
        : { issuedAt: Date.parse(row.supervision.issuedAt), deadline: ms(row.supervision.deadline) },
  };
}

function outcome(plan: LadderPlan, facts: LadderFacts): Record<string, unknown> {
  const [assignment] = facts.assignments;
  const urgings = plan.steps.filter((step) => step.kind === 'urging' && step.state !== 'planned');
  return {
    steps: urgings.map(({ no, reason, at, deadline, state }) => ({
      step: '催办',
      no,
      reason,
      at: iso(at),
      deadline: iso(deadline),
      state,
    })),
    superviseProposalAt: iso(plan.supervisionProposedAt),
    signForDueAt: iso(assignment!.signForDueAt),
    verificationDueAt: iso(assignment!.verificationDueAt),
    responseDueAt: iso(facts.responseDueAt),
    signLateSeconds: plan.lateMs.signFor / 1000,
    responseLateSeconds: plan.lateMs.response / 1000,
    accountabilityDecidedBySystem: plan.accountability.decidedBySystem,
    supervisionState: plan.steps.find((step) => step.kind === 'supervision')?.state ?? null,
    accountabilityProposed: plan.accountability.proposedAt !== null,
    accountabilityGrounds: plan.accountability.grounds,
  };
}

/** Instants as milliseconds, keys in order, so that two spellings of one instant are equal. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value)) return Date.parse(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, normalise(inner)]),
  );
}
