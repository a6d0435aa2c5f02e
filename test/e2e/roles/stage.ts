import { test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Product } from '../../support/product.js';
import type { PublicSite } from '../../support/public-site.js';

/** What the journeys of all roles share: one product, one browser, one site on which bodies publish. */
export interface Stage {
  product: Product;
  browser: Browser;
  site: PublicSite;
}

/** A list that is still being narrowed moves between press and release; the click then chooses nothing and is made again. */
const CHOSEN_MS = 3_000;
const ATTEMPTS = 10;

/** Chooses from the drop-down list of a field, by the words that stand there; a long list is searched first. */
export async function choose(page: Page, field: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name: field });
  const chosen = page.locator('.ant-select').filter({ has: box }).filter({ hasText: option });
  await box.click();
  if (await box.isEditable()) await box.fill(option);
  const row = page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    await row.click({ timeout: CHOSEN_MS }).catch(() => undefined);
    const seen = await chosen.waitFor({ timeout: CHOSEN_MS }).then(
      () => true,
      () => false,
    );
    if (seen) return;
  }
  throw new Error(`“${option}” can't be chosen in “${field}”`);
}

/** A step passes several people's pages; the limit only ends one that hangs. */
const STEP_MS = 300_000;

/** Tests of which each goes on where the one before ended; after one that failed the others don't wait in vain. */
export function inOrder(): (name: string, work: () => Promise<void>) => void {
  let failed: string | null = null;
  return (name, work) =>
    test(
      name,
      async () => {
        if (failed !== null) throw new Error(`not reached: “${failed}” failed`);
        failed = name;
        await work();
        failed = null;
      },
      STEP_MS,
    );
}
