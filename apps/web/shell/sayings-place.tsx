import { useSyncExternalStore } from 'react';
import { lazily } from './lazily';
import { onSayingsAsked, sayingsAsked } from './say';

const Sayings = lazily(async () => (await import('./sayings')).Sayings);

/** Where sayings appear; nothing until there is something to say. */
export function SayingsPlace() {
  const needed = useSyncExternalStore(onSayingsAsked, sayingsAsked);
  return needed ? <Sayings /> : null;
}
