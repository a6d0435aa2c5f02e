import { coverage } from './capture.js';

export interface RecheckFacts {
  approvedText: string;
  /** What the capture found. */
  sha256: string | null;
  coverage: number;
  page: { sha256: string; text: string };
}

/** Below this loss of the approved text a page only looks different. */
const TOLERATED_LOSS = 0.02;

/**
 * Whether a proven page still says what was approved. Counters and banners change bytes; only a loss of the approved
 * text is an edit. What was proven stays proven (E-05).
 */
export function judgeRecheck({ approvedText, sha256, coverage: before, page }: RecheckFacts): {
  result: 'unchanged' | 'changed';
  coverage: number;
} {
  if (page.sha256 === sha256) return { result: 'unchanged', coverage: before };
  const now = Math.round(coverage(approvedText, page.text) * 1000) / 1000;
  return { result: now + TOLERATED_LOSS < before ? 'changed' : 'unchanged', coverage: now };
}

/** When the next look is due, counted from the capture; null after the last one. */
export function nextCheckAt(capturedAt: Date, done: number, afterMinutes: readonly number[]): Date | null {
  const minutes = afterMinutes[done];
  return minutes === undefined ? null : new Date(capturedAt.getTime() + minutes * 60_000);
}
