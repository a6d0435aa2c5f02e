import { endDraft } from './clock-draft.js';
import { type IncidentState, rulesOfRing } from './incident-state.js';
import { startClock } from './start-clock.js';

/** A stretch of time in which the incident was fast, open and not merged away. `to` is null while it lasts. */
export interface FastSpan {
  from: number;
  to: number | null;
}

/** Each release of a fast case asks for the next one within the interval, until the case is closed (持续发布, 61号). */
export function startContinuingReleases(state: IncidentState, spans: readonly FastSpan[], now: number): void {
  const rule = rulesOfRing(state, 'public').find((candidate) => candidate.act === 'continuingRelease');
  if (rule === undefined) return;
  const releases = state.evidence
    .filter(({ evidence }) => rule.stopEvidence.includes(evidence.kind) && evidence.repeats !== true)
    .map((proof) => proof.at);
  for (const span of spans) {
    const end = span.to ?? Infinity;
    releases.forEach((release, index) => {
      const at = Math.max(release, span.from);
      const next = releases[index + 1];
      // Of several releases before the span only the last one counts; two at one instant are one.
      if (release > now || at >= end || (next !== undefined && next <= at)) return;
      const draft = startClock(state, {
        rule,
        start: { at, stamp: 'firstRelease', source: 'evidence', notBeforeGrade: null },
        createdAt: at,
        evidenceAfter: at,
      });
      if (end <= now && (next === undefined || next > end) && draft.dueAt >= end)
        endDraft(draft, 'cancelled', end, 'fastCaseEnded');
    });
  }
}
