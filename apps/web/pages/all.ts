import { ADMINISTRATION } from './administration';
import { type Group, GROUPS, type May, type Page } from './page';
import { REPORTS } from './reports';
import { SUPERVISE } from './supervise';
import { TRIAGE_ADMINISTRATION, TRIAGE_WORK } from './triage';
import { WORK } from './work';

/** Every page of the client, by group. */
export const PAGES: Record<Group, Page[]> = {
  work: [...WORK, ...TRIAGE_WORK],
  supervise: SUPERVISE,
  reports: REPORTS,
  administration: [...ADMINISTRATION, ...TRIAGE_ADMINISTRATION],
};

/** Whoever may open one of these begins there; anybody else at the first page that is theirs. */
const FIRST = ['inbox', 'orders', 'wall'];

export type MenuPage = Page & { menu: NonNullable<Page['menu']> };

/** The pages that a person is offered, by group, without empty groups. */
export function menuOf(may: May): { group: Group; pages: MenuPage[] }[] {
  return GROUPS.map((group) => ({
    group,
    pages: PAGES[group].filter((page): page is MenuPage => page.menu?.open(may) === true),
  })).filter(({ pages }) => pages.length > 0);
}

/** The address where a person begins. */
export function startOf(may: May): string {
  const offered = menuOf(may).flatMap(({ pages }) => pages.map(({ path }) => path));
  return `/${FIRST.find((path) => offered.includes(path)) ?? offered[0] ?? 'none'}`;
}
