import type { CueAdjustment } from '../rules/category/adjustment.js';
import { SCORED, type Scored } from '../rules/category/cue-tables.js';

/** One labelled item: the scores that it got without an adjustment and the inputs of `adjustmentInputs`. */
export interface AdjustmentRow {
  scores: Record<Scored, number>;
  inputs: number[];
  label: Scored;
}

/** Margins are multiplied with this before they are read as logits (judgement). */
const SHARPNESS = 4;
/** Pull of every correction towards 0: a cue that few rows show keeps the weight of the table (judgement). */
const PULL = 0.01;
const STEPS = 400;
const STEP_SIZE = 0.8;

/**
 * Learns corrections of the cue weights by softmax regression on top of the given scores. The scores must come from
 * models that did not see the row, else the corrections learn to trust them too much.
 */
export function learnAdjustment(rows: readonly AdjustmentRow[]): CueAdjustment {
  const width = rows[0]?.inputs.length ?? 0;
  const weights = SCORED.map(() => new Float64Array(width));
  for (let step = 0; step < STEPS; step++) {
    const gradients = SCORED.map(() => new Float64Array(width));
    for (const row of rows) addGradients(row, weights, gradients);
    weights.forEach((values, index) => {
      for (let at = 0; at < width; at++)
        values[at]! -= STEP_SIZE * (gradients[index]![at]! / rows.length + PULL * values[at]!);
    });
  }
  const scaled = SCORED.map((label, index) => [label, [...weights[index]!].map((value) => value / SHARPNESS)]);
  return { weights: Object.fromEntries(scaled) as Record<Scored, number[]> };
}

function addGradients(row: AdjustmentRow, weights: Float64Array[], gradients: Float64Array[]): void {
  const logits = SCORED.map((label, index) =>
    row.inputs.reduce((sum, input, at) => sum + input * weights[index]![at]!, row.scores[label] * SHARPNESS),
  );
  const highest = Math.max(...logits);
  const odds = logits.map((logit) => Math.exp(logit - highest));
  const total = odds.reduce((sum, value) => sum + value, 0);
  SCORED.forEach((label, index) => {
    const error = odds[index]! / total - (label === row.label ? 1 : 0);
    row.inputs.forEach((input, at) => (gradients[index]![at]! += error * input));
  });
}
