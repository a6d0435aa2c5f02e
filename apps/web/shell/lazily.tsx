import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from 'react';

const AGAIN_MS = 3_000;
/** A server that restarts is back by then; what is missing for longer is no longer there, such as a part of an older build. */
const TRIES = 40;

/** Fetches a part, again and again while the server is away: what is on the screen must not go because something more can't come. */
async function patiently<Part>(load: () => Promise<Part>, tries = TRIES): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    if (tries <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    return patiently(load, tries - 1);
  }
}

/** A part that most visits never show: it is fetched when it is drawn for the first time. What stands for it meanwhile is for a `Suspense` around it. */
export const onDemand = <Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> =>
  lazy(async () => ({ default: await patiently(load) })) as unknown as ComponentType<Props>;

/** The same where the same thing always stands for it. */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): ComponentType<Props> {
  const Part = onDemand(load);
  return (props) => <Suspense fallback={waiting}>{createElement(Part, props)}</Suspense>;
}
