/** What the public must get, by kind of opinion (PB18 一(五), 国办发〔2016〕80号). */
export const DISPOSITIONS = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6'] as const;
export type DispositionKind = (typeof DISPOSITIONS)[number];

/** What was filed to close one kind. Each kind reads its own fields. */
export interface ClosingEvidence {
  /** Statements that carry the result; each must be published and proven. */
  statementIds?: readonly string[] | undefined;
  /** D1: what became of the suggestion. */
  adoption?: { result: 'adopted' | 'partly' | 'not'; reason?: string | undefined } | undefined;
  /** D2: the day by which the difficulty is solved, `YYYY-MM-DD`. */
  solutionDate?: string | undefined;
  /** D6: the hand-over of suspected illegality to police or network regulator … */
  transferId?: string | undefined;
  /** … or the finding of a named body that there is none. */
  noIllegality?: { by: string; finding: string } | undefined;
}

/** A published statement whose page was proven. */
export interface PublishedStatement {
  id: string;
  kind: string;
}

/** A hand-over of the incident, and whether its addressee has answered. */
export interface KnownTransfer {
  id: string;
  received: boolean;
}

export type MissingEvidence =
  | 'publishedStatement'
  | 'adoptionResult'
  | 'adoptionReason'
  | 'solutionDate'
  | 'refutation'
  | 'transferOrNoIllegality'
  | 'transferReceipt';

const REFUTATION = 'rumourClarification';
const isBlank = (text: string | undefined): boolean => (text ?? '').trim() === '';

/** What is still missing to close one kind (domain 3.6); empty when it is satisfied. */
export function missingEvidence(
  kind: DispositionKind,
  evidence: ClosingEvidence,
  published: readonly PublishedStatement[],
  transfers: readonly KnownTransfer[] = [],
): MissingEvidence[] {
  const named = published.filter((statement) => (evidence.statementIds ?? []).includes(statement.id));
  const missing: MissingEvidence[] = [];
  if (named.length === 0) missing.push('publishedStatement');
  if (kind === 'D1') {
    if (evidence.adoption === undefined) missing.push('adoptionResult');
    else if (evidence.adoption.result !== 'adopted' && isBlank(evidence.adoption.reason))
      missing.push('adoptionReason');
  }
  if (kind === 'D2' && isBlank(evidence.solutionDate)) missing.push('solutionDate');
  if (kind === 'D6') {
    if (named.length > 0 && !named.some((statement) => statement.kind === REFUTATION)) missing.push('refutation');
    const { transferId, noIllegality } = evidence;
    const transfer = transfers.find((known) => known.id === transferId);
    const cleared = noIllegality !== undefined && !isBlank(noIllegality.by) && !isBlank(noIllegality.finding);
    if (transfer === undefined && !cleared) missing.push('transferOrNoIllegality');
    if (transfer !== undefined && !transfer.received && !cleared) missing.push('transferReceipt');
  }
  return missing;
}
