import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import type { Actor } from '#platform/ledger/ledger.js';
import type { ResponsePolicyData } from './response-policy.js';
import { type GateRefusal, refuseGate, type ReviewGate } from './rules/review-gates.js';
import { type Statement, updateStatement } from './statements.store.js';

/** Finds what names a person in a text. The reading belongs to intake, so this stage asks through a port. */
export abstract class PersonalDataReader {
  abstract find(text: string): { kind: string; start: number; end: number }[];
  /** The same text with what names a person masked (去标识化, R45). */
  abstract mask(text: string): string;
}

export interface GateDecision {
  gate: ReviewGate;
  note?: string;
  /** The marks that the reviewer sets (JS19 三(一), YW18 五(二)). */
  checks?: readonly string[];
  /** Duties that the actor holds in the body of the statement. */
  duties: readonly string[];
  /** One of the two exceptions under which personal data stay. */
  privacyException?: { code: string; reason: string };
  actor: Actor;
}

const REFUSALS: Record<GateRefusal['code'], { status: number; message: string }> = {
  GATE_ORDER: { status: 409, message: 'the gates are passed in order' },
  OWN_DRAFT: { status: 403, message: 'the author of a draft can’t pass this gate for it (PB18 二(八))' },
  GATE_DUTY: { status: 403, message: 'this gate belongs to another duty' },
  LEADER_SIGNS: {
    status: 403,
    message: 'an important release is signed by the head or responsible deputy (PB18 二(八))',
  },
  SAME_REVIEWER: { status: 403, message: 'each gate is another named person’s' },
  GATE_CHECKS_MISSING: { status: 422, message: 'a mark of this gate is missing (JS19 三(一))' },
};

/** Everything of a statement that goes out. */
export const publicTextOf = (
  statement: Pick<Statement, 'title' | 'body' | 'cause' | 'solution' | 'constraints'>,
): string =>
  [statement.title, statement.body, statement.cause.text, statement.solution.text, statement.constraints.text]
    .filter((part) => part !== undefined && part !== '')
    .join('\n');

/** Words that suggest a classified origin (R43, YW18 五(二)). */
export const secrecyWordsIn = (text: string, words: readonly string[]): string[] =>
  words.filter((word) => text.includes(word));

/** Passes one gate, or refuses with the rule that is against it. Returns the new version. */
export async function passGate(
  tx: Transaction,
  statement: Statement,
  {
    decision,
    grade,
    policy,
    personal,
  }: {
    decision: GateDecision;
    grade: string;
    policy: ResponsePolicyData;
    personal: PersonalDataReader;
  },
): Promise<number> {
  const { gate, actor, note, checks = [], duties, privacyException } = decision;
  const attempt = {
    gate,
    passed: statement.gates,
    author: statement.createdBy,
    userId: actor.id,
    duties,
    checks,
    grade,
  };
  const refusal = refuseGate(attempt, policy.review);
  if (refusal !== undefined) {
    const { status, message } = REFUSALS[refusal.code];
    throw new DomainError(refusal.code, status, message, refusal.params, 'gate');
  }
  if (gate === 'secrecy') refuseSecrets(statement, decision, policy, personal);
  const now = await tx.now();
  const gates = {
    ...statement.gates,
    [gate]: {
      by: actor.name,
      userId: actor.id,
      at: now.toISOString(),
      result: 'passed',
      ...(checks.length === 0 ? {} : { checks: [...checks] }),
      ...(note === undefined ? {} : { note }),
    },
  };
  const last = gate === 'approver';
  return updateStatement(tx, statement, {
    gates,
    state: last ? 'approved' : 'reviewed',
    ...(privacyException === undefined || gate !== 'secrecy'
      ? {}
      : { privacy: { ...privacyException, by: actor.name } }),
    ...(last ? { approvedBy: actor.id, approvedAt: now } : {}),
  });
}

/** Personal data are masked before they go out, but for two documented exceptions; signs of a classified origin need a stated basis. */
function refuseSecrets(
  statement: Statement,
  { note, privacyException }: GateDecision,
  { review }: ResponsePolicyData,
  personal: PersonalDataReader,
): void {
  const text = publicTextOf(statement);
  const words = secrecyWordsIn(text, review.secrecyWords);
  if (words.length > 0 && (note ?? '').trim() === '')
    throw new DomainError(
      'SECRECY_BASIS_MISSING',
      422,
      'the text carries words of a classified origin: say on which basis it may go out (YW18 五(二))',
      { clause: 'YW18 五(二)', words },
      'note',
    );
  const found = personal.find(text);
  if (found.length === 0) return;
  if (privacyException === undefined || !review.privacyExceptions.includes(privacyException.code))
    throw new DomainError(
      'PERSONAL_DATA',
      422,
      'the text names a person: mask it, or name the exception (YW18 五(二))',
      {
        clause: 'YW18 五(二)',
        exceptions: review.privacyExceptions,
        found: found.slice(0, 20).map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) })),
      },
      'privacyException',
    );
}
