import type { ItemAnalysis } from '../../analysis.js';
import type { Category } from '../../contract.js';

/** Why an item is before the office, or is not. */
export type ItemDecision = ItemAnalysis['decision'];

/** Kinds of text that look like an emergency and are none of ours to answer (domain 2.3, near-misses of C5). */
const NOT_REAL: ReadonlySet<string> = new Set([
  'drill',
  'fiction',
  'metaphor',
  'anniversary',
  'statistics',
  'ruleText',
  'advert',
  'prevention',
  'past',
]);

/** Proposed even when the rules are unsure: these can't wait until somebody reads the list of the unsure (domain 2.2.7). */
const AT_ONCE: ReadonlySet<Category> = new Set(['C5', 'C6', 'C7', 'C7-suspected']);

export interface RelevanceFacts {
  primary: Category;
  /** No category reached the score from which the rules speak. */
  abstained: boolean;
  official: boolean;
  event: { kind: string; real: boolean; current: boolean; hasConsequence: boolean };
  /** Another place's business, by its words or for want of any that name ours. */
  outside: boolean;
}

/**
 * What becomes of an item. What is unsure and may be ours is left to a person (`unsure`), never to silence; what is unsure
 * and grave becomes a proposal at once.
 */
export function decideRelevance({ primary, abstained, official, event, outside }: RelevanceFacts): ItemDecision {
  if (primary === 'NONE') {
    // The words say nothing and the figures tell of harm: a missed emergency is the worst error.
    const alarming = event.real && event.current && event.hasConsequence;
    return (abstained || alarming) && !outside && !official ? 'unsure' : 'noCategory';
  }
  // What the authority itself says is a response or a routine notice; only its first notice of an emergency is an incident (domain 2.2.2).
  const firstNotice = primary === 'C5' && event.real && !NOT_REAL.has(event.kind);
  if (official && !firstNotice) return 'officialVoice';
  if (primary === 'C5' && NOT_REAL.has(event.kind)) return 'notReal';
  if (outside) return 'notOurs';
  if (primary === 'SR') return 'serviceRequest';
  return abstained && !AT_ONCE.has(primary) ? 'unsure' : 'incident';
}
