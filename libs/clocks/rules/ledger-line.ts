import type { Evidence, HistoryEntry } from '../contract.js';

/** One entry of the ledger of an incident, in the order of sealing. */
export interface LedgerLine {
  id: string;
  at: Date;
  type: string;
  subjectId: string | null;
  actorName: string;
  reason: string | null;
  payload: Record<string, unknown>;
}

export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
export const instant = (value: unknown): number | null => (typeof value === 'string' ? Date.parse(value) : null);
export const base = (line: LedgerLine) => ({ at: line.at.getTime(), entryId: line.id, by: line.actorName });

export const proof = (
  line: LedgerLine,
  evidence: Partial<Evidence> & { kind: string },
  assignmentId: string | null,
  at = line.at.getTime(),
): HistoryEntry => ({
  ...base(line),
  at,
  type: 'evidenceFiled',
  evidence: { evidenceId: line.subjectId ?? line.id, effectiveAt: null, ...evidence },
  ...(assignmentId === null ? {} : { assignmentId }),
});

/** What an order's dispatch says. */
export interface Dispatch {
  bodyId: string;
  role: string;
  replaces?: string;
  since?: string;
  keepsDues?: boolean;
}

/** What the body had done with an order before it came over from a merged incident. */
export function carriedProofs(line: LedgerLine, assignmentId: string): HistoryEntry[] {
  const proofs: [string, string, { person?: string }][] = [
    ['acknowledgedAt', 'signature', { person: 'carried' }],
    ['verifiedAt', 'verificationReport', {}],
    ['reportedAt', 'handlingReport', {}],
  ];
  return proofs.flatMap(([field, kind, more]) => {
    const effectiveAt = instant(line.payload[field]);
    return effectiveAt === null ? [] : [proof(line, { kind, effectiveAt, ...more }, assignmentId)];
  });
}
