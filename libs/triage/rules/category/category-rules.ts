import type { CategoryDraft } from './classify.js';
import { SCORED, type Scored } from './cue-tables.js';

type Rule = (draft: CategoryDraft) => void;

const found = (draft: CategoryDraft, group: string) => draft.hits.get(`group:${group}`) ?? [];
const has = (draft: CategoryDraft, group: string) => found(draft, group).length > 0;

/** Changes a score and says why, with the cue that was found or missing. */
function shift(draft: CategoryDraft, label: Scored, by: number, reason: { rule: string; cue: string }): void {
  draft.scores[label] += by;
  draft.reasons.push({ rule: reason.rule, cue: reason.cue, start: 0, end: 0 });
}

/** No letters at all: nothing to judge. */
const emptyText: Rule = (draft) => {
  if (/\p{L}/u.test(draft.input.text.slice(0, 20_000))) return;
  shift(draft, 'NONE', 3, { rule: 'text.empty', cue: 'no words' });
};

/** An exercise is never an emergency, whatever it simulates (domain rule 2.2 no. 6). */
const drill: Rule = (draft) => {
  if (draft.input.event?.drill !== true) return;
  shift(draft, 'C5', -2, { rule: 'event.drill', cue: 'declared' });
  draft.relevant = false;
};

const EVIDENCE_RULES = Object.fromEntries(SCORED.map((label) => [label, `${label.toLowerCase()}.evidence`])) as Record<
  Scored,
  string
>;

/** What a category must show at least; the reason names the first kind of cue that is missing (domain rules 2.2 no. 2, 3, 5): C5 an event, C4 a public actor, C7 a claim … */
const evidence: Rule = (draft) => {
  for (const need of draft.evidence) {
    if (need.anyOf.some((group) => has(draft, group))) continue;
    shift(draft, need.category, -need.otherwise, { rule: EVIDENCE_RULES[need.category], cue: need.anyOf[0] ?? '' });
  }
};

/** C5 needs beside the event what it did, or the first notice of an authority (domain rule 2.2 no. 2). */
const consequence: Rule = (draft) => {
  const official = draft.input.sourceRank === 'official' || has(draft, 'officialNotice');
  if (!has(draft, 'event') || has(draft, 'consequence') || has(draft, 'casualtyFigure') || official) return;
  shift(draft, 'C5', -draft.thresholds.withoutConsequence, { rule: 'c5.consequence', cue: 'none' });
};

/** C7 is a finding, not a style: hearsay alone is never enough (domain rule 2.2 no. 3). */
const hearsay: Rule = (draft) => {
  const claim = has(draft, 'dangerousClaim') || has(draft, 'event') || has(draft, 'refutation');
  if (claim || !has(draft, 'hearsay')) return;
  shift(draft, 'C7', -draft.thresholds.hearsayAlone, { rule: 'c7.hearsayAlone', cue: found(draft, 'hearsay')[0]!.cue });
};

/** What a body found decides: a true report is no false information. */
const finding: Rule = (draft) => {
  const result = draft.input.event?.finding;
  if (result === 'false') shift(draft, 'C7', 3, { rule: 'c7.finding', cue: 'false' });
  if (result === 'true') shift(draft, 'C7', -3, { rule: 'c7.finding', cue: 'true' });
};

/** An authority's own refutation is a response, not an item to be answered (domain 2.3, C7 near-miss 1). */
const officialRefutation: Rule = (draft) => {
  if (draft.input.sourceRank !== 'official' || !has(draft, 'refutation')) return;
  shift(draft, 'NONE', 3, { rule: 'c7.officialRefutation', cue: found(draft, 'refutation')[0]!.cue });
  draft.relevant = false;
};

/** One caller's request stays a request until a medium reports it or many send it (domain rule 2.2 no. 4). */
const singleRequest: Rule = (draft) => {
  const { input, thresholds } = draft;
  if ((input.event?.clusterSize ?? 1) >= thresholds.clusterSize) {
    shift(draft, 'C3', thresholds.singleRequest, { rule: 'c3.cluster', cue: String(input.event!.clusterSize) });
    shift(draft, 'SR', -2, { rule: 'c3.cluster', cue: String(input.event!.clusterSize) });
    return;
  }
  if (input.sourceKind !== 'hotline' || has(draft, 'medium') || has(draft, 'many')) return;
  shift(draft, 'C3', -thresholds.singleRequest, { rule: 'c3.singleRequest', cue: input.sourceKind });
  shift(draft, 'SR', thresholds.singleRequest, { rule: 'c3.singleRequest', cue: input.sourceKind });
};

/** What happens elsewhere keeps its category, but is only watched (domain rule 2.2 no. 6). */
const elsewhere: Rule = (draft) => {
  if (draft.input.place?.ours !== false) return;
  draft.relevant = false;
  draft.reasons.push({ rule: 'place.elsewhere', cue: draft.input.place.name ?? 'other place', start: 0, end: 0 });
};

const RULES: readonly Rule[] = [
  emptyText,
  drill,
  evidence,
  consequence,
  hearsay,
  finding,
  officialRefutation,
  singleRequest,
  elsewhere,
];

/** Applies the rules of choosing in their order. */
export function applyCategoryRules(draft: CategoryDraft): void {
  for (const rule of RULES) rule(draft);
}
