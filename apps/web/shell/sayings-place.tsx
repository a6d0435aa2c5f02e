import { lazy, Suspense, useSyncExternalStore } from 'react';
import { patiently } from './lazily';
import { onSayingsAsked, sayingsAsked } from './say';

const Sayings = lazy(async () => ({ default: await patiently(async () => (await import('./sayings')).Sayings) }));

/** Where sayings appear; nothing until there is something to say. */
export function SayingsPlace() {
  const needed = useSyncExternalStore(onSayingsAsked, sayingsAsked);
  return needed ? (
    <Suspense fallback={null}>
      <Sayings />
    </Suspense>
  ) : null;
}
