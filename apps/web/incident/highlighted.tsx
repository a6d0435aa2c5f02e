import type { ReactNode } from 'react';

export interface ReasonSpan {
  start: number;
  end: number;
  why: string;
}

/** A text with the spans that a rule matched; overlapping spans are shown once. */
export function Highlighted({ text, spans }: { text: string; spans: ReasonSpan[] }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < at || span.end > text.length) continue;
    parts.push(text.slice(at, span.start));
    parts.push(
      <mark key={span.start} className="cue" title={span.why}>
        {text.slice(span.start, span.end)}
      </mark>,
    );
    at = span.end;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}
