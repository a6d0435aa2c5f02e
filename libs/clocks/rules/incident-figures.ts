import type { ClockComputation, ClockFlag, IncidentHistory } from '../contract.js';
import { earliestStamps, type IncidentState, rulesOfRing } from './incident-state.js';

/** Legal time from the event, assessment time from detection, to the first public answer (domain 3.3); both are kept. */
export function figuresOf(state: IncidentState, now: number): ClockComputation['figures'] {
  const kinds = new Set(
    rulesOfRing(state, 'public')
      .filter((rule) => rule.act !== 'pressConference')
      .flatMap((rule) => rule.stopEvidence),
  );
  const answer = state.evidence.find((proof) => kinds.has(proof.evidence.kind) && proof.at <= now);
  const stamps = earliestStamps(state);
  const since = (start: number | undefined) =>
    answer === undefined || start === undefined ? null : Math.max(0, (answer.at - start) / 1000);
  const legalStartAt = (stamps.eventOccurredAt ?? stamps.firstPublicAt)?.at ?? null;
  return {
    legalStartAt,
    assessmentStartAt: stamps.detectedAt?.at ?? null,
    legalSeconds: since(legalStartAt ?? undefined),
    assessmentSeconds: since(stamps.detectedAt?.at),
    lostWithWrongBodySeconds: state.lostWithWrongBodyMs / 1000,
  };
}

/** Who must speak: the top leader in a fast case (NT19 Art.21), head or spokesperson at a conference (61号). */
export function speakerFlags(state: IncidentState, now: number): ClockFlag[] {
  if (state.fast !== true) return [];
  const { topLeader, notTopLeader, attendance } = state.pack.terms.speakers;
  const spoken = state.evidence.filter((proof) => proof.at <= now && (proof.evidence.speakers?.length ?? 0) > 0);
  const ranks = (proof: (typeof spoken)[number]) =>
    proof.evidence.speakers!.map((speaker) => speaker.rank ?? speaker.post ?? '');
  const isTop = (rank: string) =>
    topLeader.some((word) => rank.includes(word)) && !notTopLeader.some((word) => rank.includes(word));
  const conferences = spoken.filter((proof) => proof.evidence.kind === 'pressConference');
  const flags: ClockFlag[] = conferences
    .filter((proof) => !ranks(proof).some((rank) => attendance.some((word) => rank.includes(word))))
    .map((proof) => ({ code: 'attendanceRule', at: proof.at, subject: proof.evidence.evidenceId }));
  const first = conferences[0];
  if (first !== undefined && !spoken.some((proof) => ranks(proof).some(isTop)))
    flags.push({ code: 'topLeaderOpen', at: first.at, subject: null });
  return flags;
}

/** Pages that vanished or were edited after their snapshot was kept: they still count, and are told (E-05). */
export function pageFlags(history: IncidentHistory, now: number): ClockFlag[] {
  return history.entries.flatMap((entry) =>
    (entry.type === 'evidencePageGone' || entry.type === 'evidencePageChanged') && entry.at <= now
      ? [{ code: entry.type, at: entry.at, subject: entry.evidenceId }]
      : [],
  );
}
