/** The gates through which a draft goes before it may be published, in this order (R40–R44, PB18 二(八)). */
export const REVIEW_GATES = ['competentBody', 'secrecy', 'approver'] as const;
export type ReviewGate = (typeof REVIEW_GATES)[number];

/** How a gate was passed. `userId` tells persons apart; names may be alike. */
export interface PassedGate {
  by: string;
  userId?: string | undefined;
  at: string;
  result: string;
  note?: string | undefined;
  checks?: string[] | undefined;
}

export interface GateRules {
  gateDuties: Readonly<Record<ReviewGate, readonly string[]>>;
  mayCoincide: readonly (readonly ReviewGate[])[];
  checks: Readonly<Record<ReviewGate, readonly string[]>>;
  important: { grades: readonly string[]; duties: readonly string[] };
}

export interface GateAttempt {
  gate: ReviewGate;
  passed: Readonly<Record<string, PassedGate>>;
  author: string;
  /** Who asks, with the duties that are held in the body of the statement. */
  userId: string;
  duties: readonly string[];
  /** The marks that were set: 政治关、政策关、文字关, secrecy, personal data. */
  checks: readonly string[];
  grade: string;
}

export type GateRefusal =
  | { code: 'GATE_ORDER'; params: { next: ReviewGate | 'none'; asked: ReviewGate } }
  | { code: 'OWN_DRAFT'; params: { gate: ReviewGate } }
  | { code: 'GATE_DUTY'; params: { gate: ReviewGate; duties: readonly string[] } }
  | { code: 'LEADER_SIGNS'; params: { clause: string; duties: readonly string[] } }
  | { code: 'SAME_REVIEWER'; params: { gate: ReviewGate; earlier: ReviewGate } }
  | { code: 'GATE_CHECKS_MISSING'; params: { clause: string; missing: readonly string[] } };

/** Why a person may not pass a gate now; undefined when it may. No role passes a gate for another (R40). */
export function refuseGate(attempt: GateAttempt, rules: GateRules): GateRefusal | undefined {
  const { gate, passed, userId } = attempt;
  const next = REVIEW_GATES.find((candidate) => passed[candidate] === undefined) ?? 'none';
  if (gate !== next) return { code: 'GATE_ORDER', params: { next, asked: gate } };
  if (attempt.author === userId && gate !== 'competentBody') return { code: 'OWN_DRAFT', params: { gate } };
  if (!rules.gateDuties[gate].some((duty) => attempt.duties.includes(duty)))
    return { code: 'GATE_DUTY', params: { gate, duties: rules.gateDuties[gate] } };
  const { grades, duties } = rules.important;
  if (gate === 'approver' && grades.includes(attempt.grade) && !duties.some((duty) => attempt.duties.includes(duty)))
    return { code: 'LEADER_SIGNS', params: { clause: 'PB18 二(八)', duties } };
  const earlier = REVIEW_GATES.find(
    (candidate) =>
      passed[candidate]?.userId === userId &&
      !rules.mayCoincide.some((together) => together.includes(gate) && together.includes(candidate)),
  );
  if (earlier !== undefined) return { code: 'SAME_REVIEWER', params: { gate, earlier } };
  const missing = rules.checks[gate].filter((check) => !attempt.checks.includes(check));
  if (missing.length > 0) return { code: 'GATE_CHECKS_MISSING', params: { clause: 'JS19 三(一)', missing } };
  return undefined;
}
