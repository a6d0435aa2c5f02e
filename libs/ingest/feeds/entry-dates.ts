import { type FeedDate, readFeedDate } from '../rules/dates.js';
import type { FeedEntry } from './feed-document.js';
import { children, textOf } from './markup.js';
import type { XmlElement } from './xml-tree.js';

/** The first readable date among the children of these names, in the order of the names. */
export function firstDate(element: XmlElement, ...names: string[]): FeedDate | undefined {
  for (const name of names)
    for (const found of children(element, name)) {
      const date = readFeedDate(textOf(found));
      if (date !== undefined) return date;
    }
  return undefined;
}

export function datesOf(
  published: FeedDate | undefined,
  updated: FeedDate | undefined,
): Pick<FeedEntry, 'published' | 'updated' | 'zoneMissing'> {
  return {
    ...(published === undefined ? {} : { published: published.instant }),
    ...(updated === undefined ? {} : { updated: updated.instant }),
    ...(published?.zoneMissing === true || updated?.zoneMissing === true ? { zoneMissing: true } : {}),
  };
}
