import type { Page } from './page';

/** Figures and papers: statistics, sheets, periodicals. */
export const REPORTS: Page[] = [];
