import { useRef, useState } from 'react';

/** The latest of a function that is made at every drawing, under one identity: what is given it needn't be drawn again for it. */
export function useSteady<Given extends unknown[], Answer>(work: (...given: Given) => Answer): typeof work {
  const latest = useRef(work);
  latest.current = work;
  const [steady] = useState(
    () =>
      (...given: Given) =>
        latest.current(...given),
  );
  return steady;
}
