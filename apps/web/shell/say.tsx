import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { patiently } from './lazily';

type Content = ReactNode;
type Tone = 'success' | 'info' | 'warning' | 'error';
interface Saying {
  key?: string;
  type: Tone;
  /** Seconds. */
  duration: number;
  content: Content;
}
interface Speaker {
  open(saying: Saying): unknown;
  destroy(key: string): void;
}

const SECONDS = 3;
let speaker: Speaker | undefined;
let asked = false;
let before: ((speaker: Speaker) => void)[] = [];
const listeners = new Set<() => void>();

/** What shows them is fetched with the first thing that is to be said, which waits for it. */
function withSpeaker(say: (speaker: Speaker) => void): void {
  if (speaker !== undefined) return say(speaker);
  before.push(say);
  askForIt();
}

function askForIt(): void {
  if (asked) return;
  asked = true;
  for (const listener of listeners) listener();
}

/** The part that shows them stands. */
function speakWith(next: Speaker): void {
  speaker = next;
  for (const say of before) say(next);
  before = [];
}

const open = (saying: Saying) => withSpeaker((one) => void one.open(saying));
const say =
  (type: Tone) =>
  (content: Content, duration = SECONDS) =>
    open({ type, content, duration });
const SAY = {
  success: say('success'),
  info: say('info'),
  warning: say('warning'),
  error: say('error'),
  open,
  destroy: (key: string) => withSpeaker((one) => one.destroy(key)),
};

/** Short sayings over the page: done, not done and why. */
export const useSay = (): typeof SAY => SAY;

const Sayings = lazy(async () => ({ default: await patiently(async () => (await import('./sayings')).Sayings) }));
const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Where they appear; nothing until there is something to say. */
export function SayingsPlace() {
  const needed = useSyncExternalStore(listen, () => asked);
  return needed ? (
    <Suspense fallback={null}>
      <Sayings onReady={speakWith} />
    </Suspense>
  ) : null;
}

/** So that the first one needn't wait when it comes. */
export const prepareSayings = askForIt;
