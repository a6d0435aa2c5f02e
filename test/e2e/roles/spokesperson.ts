import { beforeAll, expect } from '@jest/globals';
import { DESKTOP, PHONE, pictured, seriousFindings, sideways, signIn, smallTargets } from '../../support/browser.js';
import { type Case, handOf, openCase } from '../../support/case.js';
import { inOrder, type Stage } from './stage.js';

const LEAD = '990100-DRC';
const OTHER = '990100-PUBL';
/** The case that it answers. */
export const FARES = '云江市公交票价要涨一倍？';
const TEXT = [
  FARES,
  '网友发帖称云江市公交票价下月起上涨一倍，公示只有三天，质疑为什么没有开听证会，老年卡是否还能免费乘车。',
] as const;
const RELEASE =
  '云江市发展和改革委员会回应：公交票价调整方案目前处于征求意见阶段，尚未作出决定，老年卡免费乘车政策不变。听证会将于下月举行，时间和参加办法将另行公告。受运营成本测算进度影响，方案完善尚需时日。';
/** One red dot: the smallest photo there is. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** From the order on the phone to the page that proves the answer (PB18 二(八), NT19 Art.20). */
export function spokespersonJourney(stage: () => Stage): void {
  const step = inOrder();
  let opened: Case;
  beforeAll(async () => {
    opened = await openCase(stage().product, { title: TEXT[0], text: TEXT[1], bodies: [LEAD, OTHER], grade: 'III' });
  });
  const phoneOf = async (kind: 'spokes' | 'review' | 'secrecy' | 'head') => {
    const { browser, product } = stage();
    const phone = await signIn(browser, product, { username: `${kind}.${LEAD.toLowerCase()}`, viewport: PHONE });
    await phone.getByRole('link', { name: opened.title }).click();
    await phone.getByRole('heading', { name: opened.title }).waitFor();
    return phone;
  };

  step(
    'an order on the phone says what, how grave, how long and who else; it is signed for, verified and reported',
    async () => {
      const phone = await phoneOf('spokes');
      await phone.getByText('III 较大').first().waitFor();
      await phone.getByText('48小时内予以回应').first().waitFor();
      await phone.getByRole('timer').first().waitFor();
      await phone.getByText('网友发帖称').waitFor();
      await phone.getByRole('button', { name: '还有谁知道' }).click();
      await phone.getByRole('listitem').filter({ hasText: '协办' }).waitFor();
      await pictured(phone, 'spokes-1-order');
      expect(await seriousFindings(phone)).toEqual([]);
      expect(await smallTargets(phone)).toEqual([]);

      await phone.getByRole('button', { name: /^签收/ }).click();
      await phone.getByLabel('核实的事实').fill('方案处于征求意见阶段，公示期为三十天；老年卡政策没有变动。');
      await phone.getByLabel('事实来源').fill('价格科会议纪要');
      await pictured(phone, 'spokes-2-verify');
      expect(await smallTargets(phone)).toEqual([]);
      await phone.getByRole('button', { name: '核实反馈' }).click();
      await phone.getByLabel('处置措施').fill('延长公示，补充听证安排');
      await phone.getByLabel('处置结果').fill('公示已更正，听证会公告已拟定');
      await phone.getByRole('button', { name: '处置反馈' }).click();
      await phone.getByRole('button', { name: '处置反馈' }).waitFor({ state: 'hidden' });
      await pictured(phone, 'spokes-3-reported');
      expect(await sideways(phone)).toBe(0);
    },
  );

  step('a statement is drafted on the phone with a photo and handed in for review', async () => {
    const phone = await phoneOf('spokes');
    await phone.getByRole('button', { name: '附件' }).click();
    await phone
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '公示栏.png', mimeType: 'image/png', buffer: PHOTO });
    await phone.getByRole('link', { name: '公示栏.png' }).first().waitFor();
    await phone.getByRole('button', { name: '起草权威信息' }).click();
    await phone.getByLabel('标题').fill('关于公交票价调整方案的回应');
    await phone.getByLabel('正文').fill(RELEASE);
    await phone.getByLabel('成因', { exact: true }).fill('公示栏误写为三天');
    await phone.getByLabel('解决方案', { exact: true }).fill('更正公示并举行听证会');
    await phone.getByLabel('制约因素', { exact: true }).fill('运营成本测算尚未完成');
    await pictured(phone, 'spokes-4-draft');
    expect(await seriousFindings(phone)).toEqual([]);
    expect(await smallTargets(phone)).toEqual([]);
    expect(await sideways(phone)).toBe(0);
    await phone.getByRole('button', { name: '保存为草稿' }).click();
    await phone.getByRole('button', { name: '提交审核' }).click();
    await phone.getByText('等待主管审核').waitFor();
    await pictured(phone, 'spokes-5-submitted');
  });

  step('three other named persons pass it: review, secrecy, approval', async () => {
    const reviewer = await phoneOf('review');
    for (const mark of ['政治关', '政策关', '文字关']) await reviewer.getByLabel(mark).check();
    await pictured(reviewer, 'spokes-6-review');
    expect(await seriousFindings(reviewer)).toEqual([]);
    expect(await smallTargets(reviewer)).toEqual([]);
    await reviewer.getByRole('button', { name: '通过：主管审核' }).click();
    await reviewer
      .getByText('等待保密与隐私审查')
      .or(reviewer.getByRole('button', { name: '通过：保密与隐私审查' }))
      .first()
      .waitFor();

    const secrecy = await phoneOf('secrecy');
    for (const mark of ['不涉及国家秘密、工作秘密', '已去标识化']) await secrecy.getByLabel(mark).check();
    await pictured(secrecy, 'spokes-7-secrecy');
    await secrecy.getByRole('button', { name: '通过：保密与隐私审查' }).click();
    await secrecy
      .getByText('等待签批')
      .or(secrecy.getByRole('button', { name: '通过：签批' }))
      .first()
      .waitFor();

    const head = await phoneOf('head');
    await pictured(head, 'spokes-8-approval');
    await head.getByRole('button', { name: '通过：签批' }).click();
    await head.getByText('已批准').first().waitFor();
  });

  step(
    'published on a registered official channel it is fetched, the clock stops, and the analyst sees it',
    async () => {
      const { browser, product, site } = stage();
      await registerChannel(stage());
      const analyst = await signIn(browser, product, { username: 'analyst', viewport: DESKTOP });
      await analyst.goto(`/incidents/${opened.id}`);
      await analyst.getByText('48小时内予以回应').first().waitFor();
      const phone = await phoneOf('spokes');
      site.pages.set('/gov/fares.html', pageOf('关于公交票价调整方案的回应', RELEASE));
      await phone.getByLabel('发布网址').fill(`http://${site.host}/gov/fares.html`);
      await pictured(phone, 'spokes-9-publish');
      expect(await smallTargets(phone)).toEqual([]);
      await phone.getByRole('button', { name: '提交发布证据' }).click();
      await phone.getByText('已核验').first().waitFor();
      await phone.getByText('已发布').first().waitFor();
      // What is public is corrected, never taken back (NT19 Art.7).
      expect(await phone.getByRole('button', { name: '撤回稿件' }).count()).toBe(0);
      await pictured(phone, 'spokes-10-published');
      // On the page that was open all the while.
      const response = analyst.locator('tr, li').filter({ hasText: '48小时内予以回应' });
      await response.getByText('按时').first().waitFor();
      await pictured(analyst, 'spokes-11-analyst');
      await analyst.getByRole('tab', { name: /1$/ }).last().click();
      await analyst.getByText('已核验').waitFor();
      await pictured(analyst, 'spokes-12-analyst-statement');
      expect(await seriousFindings(analyst)).toEqual([]);
    },
  );
}

/** Registered by one and confirmed by another; only what stands there proves anything. */
async function registerChannel({ product, site }: Stage): Promise<void> {
  const channel = {
    bodyId: LEAD,
    kind: 'webRelease',
    name: '云江市发展改革委网站',
    urlPrefix: `http://${site.host}/gov/`,
  };
  const { id } = await handOf(product, 'administrator').post<{ id: string }>('/channels', channel);
  await handOf(product, 'analyst2').post(`/channels/${id}/confirm`, {});
}

function pageOf(title: string, text: string): string {
  const shown = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  return `<!doctype html><html lang="zh-CN"><title>${title}</title><h1>${title}</h1><p>发布时间：${shown}</p><p>${text}</p></html>`;
}
