import type { Page } from 'playwright-core';

/** The rows of the list, as buttons; checkboxes and the panel beside it are not among them. */
export const rowsOf = (page: Page) => page.locator('.incident-list .incident-card');

/** Takes in what waits behind the banner until at least `count` rows stand in the list. */
export async function gather(page: Page, count: number): Promise<void> {
  const banner = page.getByRole('button', { name: /有 \d+ 条新事件/ });
  const enough = rowsOf(page).nth(count - 1);
  while (!(await enough.isVisible())) {
    await banner.or(enough).first().waitFor();
    if (await banner.isVisible()) await banner.click().catch(() => undefined);
  }
}

/** Every address of the menu that the signed-in person is offered. */
export async function menuAddresses(page: Page): Promise<string[]> {
  const links = page.getByRole('navigation', { name: '主菜单' }).getByRole('link');
  return links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
}
