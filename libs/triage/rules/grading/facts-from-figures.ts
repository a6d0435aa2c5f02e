import type { Figures } from '../figures/extract-figures.js';
import type { GradeFacts } from './grade-model.js';

/** What the text says beside the figures: types, circumstances and a grade that an authority named. */
export type Circumstances = Pick<
  GradeFacts,
  'eventTypes' | 'school' | 'majorEvent' | 'publicPlace' | 'hours' | 'declared'
>;

/** Figures of a text as facts for a grade: confirmed = lower bound, potential = upper bound (domain 4.6). */
export function factsFromFigures(figures: Figures, circumstances: Circumstances): GradeFacts {
  const {
    deaths,
    injured,
    seriousInjured,
    missing,
    trapped,
    evacuated,
    ill,
    crowd,
    households,
    directLossWan,
    casualties,
  } = figures;
  return {
    ...circumstances,
    deaths,
    injured,
    seriousInjured,
    missing,
    trapped,
    evacuated,
    ill,
    crowd,
    households,
    lossWan: directLossWan,
    casualties,
  };
}
