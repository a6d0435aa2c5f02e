import type { ItemAnalysis, TriageItem } from './analysis.js';
import type { ClusteringConfig } from './policies.js';
import type { ItemFeatures } from './rules/cluster/features.js';
import type { HeatPolicy, HeatScore, SeenFacts } from './rules/heat/score.js';
import type { DuplicatePolicy } from './rules/duplicates/fingerprint.js';

/** When many requests for service on one matter become an incident (domain 6.3 b). */
export interface ServiceRequestPolicy {
  size: number;
  windowHours: number;
}

/** What the pipeline itself can see of an incident's spread. */
export type SeenHeat = SeenFacts;

/** What the pipeline needs besides the analyst: loaded and checked once at start. */
export abstract class TriageResources {
  abstract readonly duplicates: DuplicatePolicy;
  abstract readonly clustering: ClusteringConfig;
  abstract readonly serviceRequests: ServiceRequestPolicy;
  /** The clock pack under which new incidents run, frozen with them. */
  abstract readonly policyPack: string;
  /** The series of incident numbers, such as `云舆〔2026〕`. */
  abstract incidentSeries(now: Date): string;
  abstract featuresOf(item: TriageItem, analysis: ItemAnalysis): ItemFeatures;
  /** The numbers of heat and of its alarm. */
  abstract readonly heatPolicy: HeatPolicy;
  /** Heat from what the feeds show; counts that nobody has given are unknown, never zero (domain 4.5). */
  abstract heatOf(facts: SeenHeat): HeatScore;
  /** The title that speaks best for the items of a cluster. */
  abstract titleOf(titles: string[]): string;
}
