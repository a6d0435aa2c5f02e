import type { ReactNode } from 'react';

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

/** Called by the part that shows them, once it stands. */
export function speakWith(next: Speaker): void {
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

/** Whether there was anything to say yet; for the place where it appears. */
export const sayingsAsked = (): boolean => asked;
export const onSayingsAsked = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** So that the first one needn't wait when it comes. */
export const prepareSayings = askForIt;
