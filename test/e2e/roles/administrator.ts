import { beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESKTOP, pictured, seriousFindings, sideways, signIn, signInAs } from '../../support/browser.js';
import { choose, inOrder, type Stage } from './stage.js';

const ACCOUNT = { username: 'li.wen', password: '演练-初始-口令-4417' };
const FEED = `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>河岸报</title><item><guid>1</guid><title>河岸公园开放夜场</title><description>云江市河岸公园本周起开放夜场。</description></item></channel></rss>`;
const BLAST =
  '今日14时05分，云江市石渡市临港化工园区一仓库发生爆炸，已造成5人死亡、6人失联，消防救援力量正在现场搜救。';

/** Sets the installation up and keeps it well; decides no case. */
export function administratorJourney(stage: () => Stage): void {
  const step = inOrder();
  let page: Page;
  const open = async (menu: string) => {
    page = await signIn(stage().browser, stage().product, { username: 'administrator', viewport: DESKTOP });
    await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: menu, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const sound = async (name: string) => {
    await pictured(page, `admin-${name}`);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
  };
  beforeAll(() => void stage().site.pages.set('/feed.xml', FEED));

  step('a new account with its duty can sign in', async () => {
    await open('账号');
    await page.getByRole('button', { name: '新建账号' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('用户名').fill(ACCOUNT.username);
    await dialog.getByLabel('姓名').fill('李文');
    await dialog.getByLabel('初始密码').fill(ACCOUNT.password);
    await choose(page, '单位', '云江市水利局');
    await pictured(page, 'admin-account-dialog');
    await dialog.getByRole('button', { name: '新建账号' }).click();
    await page.getByText('账号已建立').waitFor();
    await page.getByRole('searchbox', { name: '用户名' }).fill(ACCOUNT.username);
    await page.keyboard.press('Enter');
    const row = page.getByRole('row').filter({ hasText: ACCOUNT.username });
    await row.getByText('新闻发言人').waitFor();
    await sound('accounts');
    await signInAs(stage().browser, stage().product, ACCOUNT);
  });

  step('a new source is asked at once, and its health is seen', async () => {
    const { site } = stage();
    await open('信源');
    await page.getByRole('button', { name: '添加信源' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill('河岸报');
    await dialog.getByLabel('订阅地址').fill(`http://${site.host}/feed.xml`);
    await dialog.getByLabel('渠道').fill('媒体');
    await pictured(page, 'admin-source-dialog');
    await dialog.getByRole('button', { name: '添加信源' }).click();
    const row = page.getByRole('row').filter({ hasText: '河岸报' });
    await row.waitFor();
    await sound('sources');
    await row.getByRole('link', { name: '河岸报' }).click();
    await page.getByRole('heading', { name: '河岸报' }).waitFor();
    await sound('source');
  });

  step('the health of processes, queues and dead letters stands in words', async () => {
    await open('运行状况');
    await page.getByText('没有死信').waitFor();
    await page.getByRole('row').filter({ hasText: '等待' }).first().waitFor();
    await sound('operations');
  });

  step('a text is tried on the rules: category, figures, grade, body, each with its reason', async () => {
    await open('规则试验');
    await page.getByLabel('标题').fill('石渡市化工园区仓库爆炸');
    await page.getByLabel('正文').fill(BLAST);
    await page.getByRole('button', { name: '判断' }).click();
    const result = page.getByRole('region', { name: '规则试验' });
    await result.getByText('立为事件').waitFor();
    await result.getByText('C5').first().waitFor();
    await result
      .getByText(/死亡 5/)
      .first()
      .waitFor();
    await result
      .getByText(/II 重大|III 较大/)
      .first()
      .waitFor();
    await result.getByText('石渡市').first().waitFor();
    await sound('trial');
  });

  step('a pack is read with its legal basis, and its preflight is sound', async () => {
    await open('政策包');
    await page.getByText('最迟5小时发布权威信息').first().waitFor();
    await page
      .getByText(/国办发〔2016〕61号/)
      .first()
      .waitFor();
    await page.getByRole('alert').first().waitFor();
    await sound('packs');
  });
}
