import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { DemoAccount, Product } from './product.js';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 60_000;

/** A headless Chromium at `TEST_CHROMIUM`; it fetches nothing from outside. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env['TEST_CHROMIUM'];
  if (executablePath === undefined) throw new Error('set TEST_CHROMIUM to the path of a Chromium');
  return chromium.launch({ executablePath, args: ARGS });
}

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A page of its own session, signed in through the form as an account of the demonstration. */
export const signIn = (
  browser: Browser,
  product: Product,
  { username, viewport }: { username: string; viewport?: typeof DESKTOP },
): Promise<Page> => {
  const { password } = accountOf(product, username);
  return signInAs(browser, product, { username, password, ...(viewport === undefined ? {} : { viewport }) });
};

/** The same as any account. */
export async function signInAs(
  browser: Browser,
  product: Product,
  who: { username: string; password: string; viewport?: typeof DESKTOP },
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: who.viewport ?? DESKTOP,
    locale: 'zh-CN',
    colorScheme: 'light',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  listenTo(page);
  await page.goto('/');
  await page.getByLabel('用户名').fill(who.username);
  await page.getByLabel('密码').fill(who.password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('button', { name: '退出登录' }).waitFor();
  return page;
}

/** Refusals are part of the story and are asserted where they matter; the browser reports each as a failed load. */
const REFUSED = /^Failed to load resource/;
const complaints = new WeakMap<Page, string[]>();

function listenTo(page: Page): void {
  const heard: string[] = [];
  complaints.set(page, heard);
  page.on('pageerror', (error) => heard.push(`${page.url()} threw ${error.message}`));
  page.on('console', (line) => {
    if (line.type() === 'error' && !REFUSED.test(line.text())) heard.push(`${page.url()} said ${line.text()}`);
  });
}

/** Closes every page that is open, and says what they threw or wrote as errors. A render loop says so nowhere else. */
export async function closePages(browser: Browser): Promise<string[]> {
  const heard = browser.contexts().flatMap((context) => context.pages().flatMap((page) => complaints.get(page) ?? []));
  const open = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of open.entries()) await pictured(page, `left-open-${index}`);
  await Promise.all(browser.contexts().map((context) => context.close()));
  return heard;
}

function accountOf(product: Product, username: string): DemoAccount {
  const account = product.accounts.find((candidate) => candidate.username === username);
  if (account === undefined) throw new Error(`the demonstration has no account ${username}`);
  return account;
}

/** Whether the page can be pushed sideways: on a phone half of it would be out of sight. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const TARGETS = 'button, a[role=button], select, summary, textarea, input, [role=combobox], .ant-collapse-header';
/** What one sees and touches is the box around the input. */
const BOXES = '.ant-select, .ant-input-affix-wrapper, .ant-checkbox-wrapper, .ant-picker';

/** What a thumb misses: buttons and fields in sight that are lower than 44 px. A link within a sentence is as high as its line. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.locator(TARGETS).evaluateAll(
    (all, boxes) =>
      all.flatMap((element) => {
        const { width, height } = (element.closest(boxes) ?? element).getBoundingClientRect();
        const seen = element.matches(':not([aria-hidden=true], :disabled)') && width > 1 && height > 1;
        return seen && height < 44 ? [`${Math.round(height)} px: ${element.outerHTML.slice(0, 120)}`] : [];
      }),
    BOXES,
  );

/** Keeps a picture of the page where `TEST_PICTURES` names a folder, for whoever wants to look at what a journey passes. */
export async function pictured(page: Page, name: string): Promise<void> {
  const folder = process.env['TEST_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** antd's Select keeps a second list of no size, for what the eye does not see; it takes no label. */
const HIDDEN_LIST = '.ant-select-dropdown [role="listbox"]';

/** What axe-core finds serious or critical on the page, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (hiddenList) => {
    const axe = (
      globalThis as unknown as {
        axe: {
          run(where: object): Promise<{
            violations: { id: string; impact?: string; nodes: { html: string; failureSummary?: string }[] }[];
          }>;
        };
      }
    ).axe;
    const { violations } = await axe.run({ exclude: [[hiddenList]] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(
          ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${(failureSummary ?? '').split('\n')[1] ?? ''}`,
        ),
      );
  }, HIDDEN_LIST);
}
