import { type CueTables, SCORED, type Scored } from './cue-tables.js';
import { countedHits, type CueHit } from './match-cues.js';

/**
 * What an office's own labelled history says about the cues: a correction of the score of each category for each cue
 * group. `weights[label]` has one number for "always", then two for each group: its first word, and each further one.
 */
export interface CueAdjustment {
  weights: Record<Scored, number[]>;
}

/** The numbers that the weights of an adjustment are multiplied with. */
export function adjustmentInputs(tables: CueTables, hits: Map<string, CueHit[]>): number[] {
  const inputs = [1];
  for (const group of tables.groups) {
    const count = countedHits(group, hits.get(`group:${group.id}`) ?? []).length;
    inputs.push(Math.min(1, count), Math.max(0, count - 1));
  }
  return inputs;
}

/** Adds the corrections to the scores. */
export function applyAdjustment(scores: Record<Scored, number>, adjustment: CueAdjustment, inputs: number[]): void {
  for (const label of SCORED) {
    const weights = adjustment.weights[label];
    inputs.forEach((input, index) => (scores[label] += input * (weights[index] ?? 0)));
  }
}
