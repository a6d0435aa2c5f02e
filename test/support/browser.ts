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

/** A page of its own session, signed in through the form. */
export async function signIn(
  browser: Browser,
  product: Product,
  who: { username: string; viewport?: typeof DESKTOP },
): Promise<Page> {
  const account = accountOf(product, who.username);
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
  await page.getByLabel('用户名').fill(account.username);
  await page.getByLabel('密码').fill(account.password);
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
  await Promise.all(browser.contexts().map((context) => context.close()));
  return heard;
}

function accountOf(product: Product, username: string): DemoAccount {
  const account = product.accounts.find((candidate) => candidate.username === username);
  if (account === undefined) throw new Error(`the demonstration has no account ${username}`);
  return account;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds serious or critical on the page, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const axe = (
      globalThis as unknown as {
        axe: {
          run(): Promise<{
            violations: { id: string; impact?: string; nodes: { html: string; failureSummary?: string }[] }[];
          }>;
        };
      }
    ).axe;
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(
          ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${(failureSummary ?? '').split('\n')[1] ?? ''}`,
        ),
      );
  });
}
