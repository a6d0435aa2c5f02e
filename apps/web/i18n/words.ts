import type { i18n } from 'i18next';

/**
 * The words of one group as they stand, by key. `t(…, { returnObjects: true })` copies and interpolates the whole group at each
 * call, which a list with ten labels a row can't afford; a group of labels has nothing to interpolate.
 */
export const wordsOf = ({ language, getResource }: i18n, group: string): Readonly<Record<string, string>> =>
  (getResource(language, 'translation', group) as Record<string, string> | undefined) ?? {};
