import { cloneElement, type ReactElement, Suspense, useState } from 'react';
import { onDemand } from './lazily';

const Tooltip = onDemand(async () => (await import('antd/es/tooltip')).default);

interface HintProps {
  /** Made when it is asked for. */
  words: () => string;
  /** Nothing that takes the focus: it is made anew when it gets its tooltip. */
  children: ReactElement<{ onPointerEnter?: () => void; onPointerLeave?: () => void }>;
}

/** A tooltip that costs nothing until somebody points at what it explains: a list is full of them, and few are ever read. */
export function Hint({ words, children }: HintProps) {
  const [asked, setAsked] = useState(false);
  const bare = cloneElement(children, {
    onPointerEnter: () => setAsked(true),
    onPointerLeave: () => setAsked(false),
  });
  if (!asked) return bare;
  return (
    <Suspense fallback={bare}>
      <Tooltip title={words()} defaultOpen>
        {children}
      </Tooltip>
    </Suspense>
  );
}
