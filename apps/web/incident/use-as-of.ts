import { useSearchParams } from 'react-router';

/** The instant of the past that the page shows, kept in its address; null is now. */
export function useAsOf(): [asOf: string | null, show: (instant: string | null) => void] {
  const [parameters, setParameters] = useSearchParams();
  const show = (instant: string | null) =>
    setParameters(
      (before) => {
        const next = new URLSearchParams(before);
        if (instant === null) next.delete('asOf');
        else next.set('asOf', instant);
        return next;
      },
      { replace: true },
    );
  return [parameters.get('asOf'), show];
}
