import type { EntryOf, Evidence, HistoryEntry, IncidentHistory, Refusal } from '../contract.js';

/** A proof that counts: its stop instant is the proven publication, never later than the filing (design, invariant 7). */
export interface AcceptedEvidence {
  evidence: Evidence;
  at: number;
  filedAt: number;
  assignmentId: string | null;
}

/** Proofs of work inside the administration; they need no registered channel and no snapshot. */
const INNER_KINDS = new Set([
  'signature',
  'verificationReport',
  'handlingReport',
  'dutyOfficeReceipt',
  'dailyBulletin',
  'instructionAnswer',
  'internalReport',
  'citizenReply',
  'acknowledgement',
  'conferenceAnnouncement',
  'conferenceStep',
]);

/** Why a filed proof is not accepted; undefined when it is. Future times are refused, never clamped (domain 3.8). */
export function refusalOf(entry: EntryOf<'evidenceFiled'>): string | undefined {
  const { evidence } = entry;
  if (evidence.effectiveAt !== null && evidence.effectiveAt > entry.at) return 'publicationInFuture';
  // A signature is a named person's (domain 3.4); a read receipt signs nothing.
  if (evidence.kind === 'signature' && evidence.person === null) return 'unnamedPerson';
  // The answer to one of several instructions names it after a `#`.
  if (INNER_KINDS.has(evidence.kind.split('#')[0]!)) return undefined;
  if (evidence.kind === 'unsourcedQuote') return 'noOfficialSource';
  if (evidence.channelRegistered === false) return 'unregisteredChannel';
  if (evidence.snapshot === false) return 'noSnapshot';
  return undefined;
}

const isFiled = (entry: HistoryEntry): entry is EntryOf<'evidenceFiled'> => entry.type === 'evidenceFiled';

/** Sorts the proofs of a history into accepted ones, in order of their stop instant, and refusals. */
export function judgeEvidence(
  history: IncidentHistory,
  from: number,
  to: number,
): { accepted: AcceptedEvidence[]; refusals: Refusal[] } {
  const accepted: AcceptedEvidence[] = [];
  const refusals: Refusal[] = [];
  for (const entry of history.entries) {
    if (!isFiled(entry) || entry.at < from || entry.at > to) continue;
    const reason = refusalOf(entry);
    if (reason === undefined)
      accepted.push({
        evidence: entry.evidence,
        at: entry.evidence.effectiveAt ?? entry.at,
        filedAt: entry.at,
        assignmentId: entry.assignmentId ?? null,
      });
    else refusals.push({ at: entry.at, entryId: entry.entryId, action: 'acceptEvidence', reason });
  }
  return { accepted, refusals };
}

/**
 * All proofs that count for an incident up to `now`: its own, those of incidents merged into it while they were (one release
 * counts for all), and those of the incident that it was merged into, while it was (domain 3.8).
 */
export function evidenceFor(
  history: IncidentHistory,
  now: number,
): { accepted: AcceptedEvidence[]; refusals: Refusal[] } {
  const own = judgeEvidence(history, -Infinity, now);
  const accepted = [...own.accepted];
  for (const entry of history.entries) {
    if (entry.at > now) continue;
    const end = Math.min(now, unmergedAfter(history, entry));
    if (entry.type === 'merged')
      for (const child of entry.from) accepted.push(...judgeEvidence(child, -Infinity, end).accepted);
    if (entry.type === 'mergedInto' && entry.history !== undefined)
      accepted.push(...judgeEvidence(entry.history, entry.at, end).accepted);
  }
  accepted.sort((a, b) => a.at - b.at);
  return { accepted, refusals: own.refusals };
}

function unmergedAfter(history: IncidentHistory, merge: HistoryEntry): number {
  const ids =
    merge.type === 'merged'
      ? merge.from.map((child) => child.incidentId)
      : merge.type === 'mergedInto'
        ? [merge.into]
        : [];
  const end = history.entries.find(
    (entry) => entry.type === 'unmerged' && entry.at >= merge.at && entry.with.some((id) => ids.includes(id)),
  );
  return end?.at ?? Infinity;
}
