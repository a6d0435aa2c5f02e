import type { Transaction } from '#platform/database/database.js';

/** Events of this stage; the ledger keeps them, later stages follow them. */
export const TRIAGE_EVENTS = {
  proposed: 'incident.proposed',
  itemsLinked: 'incident.itemsLinked',
  confirmed: 'incident.confirmed',
  rejected: 'incident.rejected',
  snoozed: 'incident.snoozed',
  woken: 'incident.woken',
  recategorised: 'incident.recategorised',
  regraded: 'incident.regraded',
  casualtiesUpdated: 'incident.casualtiesUpdated',
  stampCorrected: 'incident.stampCorrected',
  merged: 'incident.merged',
  unmerged: 'incident.unmerged',
  split: 'incident.split',
  reopened: 'incident.reopened',
  heatChanged: 'incident.heatChanged',
  hotSpotRaised: 'incident.hotSpotRaised',
  hotSpotSeen: 'incident.hotSpotSeen',
  watchMatched: 'incident.watchMatched',
  watchOpened: 'watch.opened',
  watchChanged: 'watch.changed',
  bulkDecided: 'bulk.decided',
  bulkUndone: 'bulk.undone',
  undone: 'incident.undone',
  trainingAsked: 'model.trainingAsked',
  modelTrained: 'model.trained',
  modelActivated: 'model.activated',
  stateChanged: 'incident.stateChanged',
  itemJudged: 'item.judged',
} as const;

export const CATEGORIES = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C7-suspected', 'SR', 'NONE'] as const;
export type Category = (typeof CATEGORIES)[number];

export const GRADES = ['I', 'II', 'III', 'IV', 'none', 'unknown'] as const;
export type IncidentGrade = (typeof GRADES)[number];
export type GradeBasis = 'confirmed' | 'potential' | 'declared';
export type HeatLevel = 'I' | 'II' | 'III' | 'IV';

export type IncidentState =
  | 'proposed'
  | 'confirmed'
  | 'assigned'
  | 'responded'
  | 'rectified'
  | 'accepted'
  | 'struckOff'
  | 'rejected'
  | 'merged'
  | 'outOfArea';

/** The four stamps from which clocks start, and the instant of grading (domain 3.3); each with the source that gave it. */
export type StampName = 'occurredAt' | 'firstPublicAt' | 'detectedAt' | 'dispatchedAt';

/** What is graded and answered. */
export interface Incident {
  id: string;
  number: string;
  title: string;
  state: IncidentState;
  category: Category;
  categories: Record<string, unknown>;
  grade: IncidentGrade;
  gradeBasis: GradeBasis;
  gradeDetails: Record<string, unknown>;
  heatLevel: HeatLevel;
  heatScore: number;
  /** Components, floors and range of the score (domain 4.5). */
  heatDetails: Record<string, unknown>;
  jurisdiction: string;
  bodyIds: string[];
  leadBodyId: string | null;
  drill: boolean;
  policyPack: string;
  occurredAt: Date | null;
  firstPublicAt: Date | null;
  detectedAt: Date;
  gradedAt: Date | null;
  dispatchedAt: Date | null;
  stampSources: Record<string, string>;
  itemCount: number;
  lastItemAt: Date | null;
  representativeItemId: string | null;
  snoozedUntil: Date | null;
  mergedInto: string | null;
  /** The struck-off incident whose second wave this is. */
  follows: string | null;
  disposition: string[];
  version: number;
}

/** Columns that later stages set through the port below. */
export type IncidentPatch = Partial<
  Pick<Incident, 'state' | 'bodyIds' | 'leadBodyId' | 'dispatchedAt' | 'jurisdiction' | 'disposition'> & {
    closedAt: Date | null;
  }
>;

/**
 * The door through which later stages lock and move an incident; this stage owns the table. `lock` answers 404 for an
 * incident outside the transaction's scope and 412 for a stale version.
 */
export abstract class Incidents {
  abstract lock(tx: Transaction, id: string, expectedVersion?: number): Promise<Incident>;
  /** Applies the patch and returns the new version. Moves that the transition table does not allow are refused. */
  abstract move(tx: Transaction, incident: Incident, patch: IncidentPatch): Promise<number>;
}
