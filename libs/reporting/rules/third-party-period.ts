import { type Period, quarterPeriod, spanPeriod } from './period.js';

/** What an evaluation is of: a quarter (`2026Q3`) or a whole year (`2026`), as institutes evaluate. */
export const assessedPeriod = (name: string): Period =>
  name.includes('Q') ? quarterPeriod(name) : { ...spanPeriod(`${name}-01-01`, `${name}-12-31`), name };
