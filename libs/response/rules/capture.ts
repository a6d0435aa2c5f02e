/** What is known when a page that was filed as evidence has been fetched. */
export interface CaptureFacts {
  approvedText: string;
  pageText: string;
  filedAt: Date;
  /** The time of publication that the filer named, if any. */
  claimedAt: Date | null;
  /** When what it answers began; null where that is unknown. */
  begunAt: Date | null;
}

export interface Comparison {
  /** Share of the approved text's shingles that stand on the page, 0–1. */
  coverage: number;
}

export type CaptureVerdict =
  | {
      result: 'proven';
      publishedAt: Date;
      timeSource: 'page' | 'filing';
      comparison: Comparison & Record<string, unknown>;
    }
  | {
      result: 'refused';
      refusal: { code: string; clause: string; reason: string };
      comparison: Comparison & Record<string, unknown>;
    };

const SHINGLE = 4;
/** Below this share of the approved text the page is another text. */
const LEAST_COVERAGE = 0.8;

const compact = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}]+/gu, '');

/** Share of the approved text's shingles that the page contains. An empty approved text is contained in every page. */
export function coverage(approvedText: string, pageText: string): number {
  const approved = compact(approvedText);
  const page = compact(pageText);
  if (approved.length < SHINGLE) return page.includes(approved) ? 1 : 0;
  let found = 0;
  const total = approved.length - SHINGLE + 1;
  for (let start = 0; start < total; start += 1) if (page.includes(approved.slice(start, start + SHINGLE))) found += 1;
  return found / total;
}

const PAGE_TIME =
  /(20\d{2})[-/年.](\d{1,2})[-/月.](\d{1,2})日?\s*(?:T|\s)?\s*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?/gu;

/**
 * The first full date and time of a page, read as +08:00 (domain 3.8), that lies not before what it answers began and is none
 * of the times that the approved text tells: headings and texts carry dates too. Undefined when that one lies after the
 * filing: whatever else stands on the page is not its publication.
 */
export function timeShownOn(
  pageText: string,
  { begunAt, filedAt, approvedText }: Pick<CaptureFacts, 'begunAt' | 'filedAt' | 'approvedText'>,
): Date | undefined {
  const told = new Set([...approvedText.matchAll(PAGE_TIME)].map(([written]) => written));
  for (const [written, year, month, day, hour, minute, second] of pageText.slice(0, 20_000).matchAll(PAGE_TIME)) {
    if (told.has(written)) continue;
    const two = (part: string | undefined) => (part ?? '0').padStart(2, '0');
    const instant = new Date(`${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}+08:00`);
    if (Number.isNaN(instant.getTime()) || (begunAt !== null && instant < begunAt)) continue;
    return instant > filedAt ? undefined : instant;
  }
  return undefined;
}

/**
 * A fetched page proves the statement when it carries the approved text. The proven time is the one that the page shows,
 * if it can be true; otherwise only the filing itself is proven (design, invariant 7).
 */
export function judgeCapture(facts: CaptureFacts): CaptureVerdict {
  const comparison = { coverage: Math.round(coverage(facts.approvedText, facts.pageText) * 1000) / 1000 };
  if (comparison.coverage < LEAST_COVERAGE)
    return {
      result: 'refused',
      comparison,
      refusal: { code: 'TEXT_DIFFERS', clause: 'NT19 Art.7', reason: 'the page does not carry the approved text' },
    };
  const shown = timeShownOn(facts.pageText, facts);
  if (shown !== undefined)
    return {
      result: 'proven',
      publishedAt: shown,
      timeSource: 'page',
      comparison: { ...comparison, claimedAt: facts.claimedAt?.toISOString() ?? null },
    };
  return {
    result: 'proven',
    publishedAt: facts.filedAt,
    timeSource: 'filing',
    comparison: { ...comparison, claimedAt: facts.claimedAt?.toISOString() ?? null },
  };
}
