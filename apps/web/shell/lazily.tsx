import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from 'react';

/** A part that most visits never show: it is fetched when it is drawn for the first time. */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return (props) => <Suspense fallback={waiting}>{createElement(Part, props)}</Suspense>;
}
