import { expect } from '@jest/globals';
import { DESKTOP, PHONE, pictured, seriousFindings, sideways, signIn } from '../../support/browser.js';
import { type Case, handOf, openCase, readCase } from '../../support/case.js';
import { inOrder, type Stage } from './stage.js';

const BODY = '990181-FIRE';
const NEGLECTED = [
  '石渡市港口仓库起火',
  '石渡市港口区一危险品仓库今晨起火，已造成4人死亡、12人受伤，浓烟影响周边居民，网友质疑为何迟迟没有通报。',
] as const;
const FRESH = [
  '青禾县山体滑坡',
  '青禾县岭头镇突发山体滑坡，已造成3人死亡、5人失联，多户民房被埋，村民质疑为何没有预警。',
] as const;

/** A case that nobody signs for: opened first, since its ladder takes minutes of the drill. */
export const neglect = (stage: Stage): Promise<Case> =>
  openCase(stage.product, { title: NEGLECTED[0], text: NEGLECTED[1], bodies: [BODY], category: 'C5', grade: 'II' });

/** Sees what is late, and takes the steps that only a person takes (NT19 Art.20, Art.22). */
export function supervisorJourney(stage: () => Stage, answered: string): void {
  const step = inOrder();
  const desk = async (path: string, viewport = DESKTOP) => {
    const page = await signIn(stage().browser, stage().product, { username: 'supervisor', viewport });
    await page.goto(path);
    return page;
  };

  step('a limit of a new case is seen running on the open wall, and seen to expire', async () => {
    const page = await desk('/wall');
    await page.getByText('超时清单').waitFor();
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    await openCase(stage().product, { title: FRESH[0], text: FRESH[1], bodies: [BODY], category: 'C5', grade: 'II' });
    const signing = page.getByRole('listitem').filter({ hasText: FRESH[0] }).filter({ hasText: '15分钟内签收' });
    await signing.first().waitFor();
    const late = page.locator('.ant-card').filter({ hasText: '超时清单' }).locator(signing);
    await late.getByRole('timer').filter({ hasText: '超' }).waitFor();
    expect(await page.evaluate(() => 'sameDocument' in globalThis)).toBe(true);
    await pictured(page, 'supervisor-wall');
    expect(await seriousFindings(page)).toEqual([]);
    const phone = await desk('/wall', PHONE);
    await phone.getByText('超时清单').waitFor();
    await phone.getByText(FRESH[0]).first().waitFor();
    await pictured(phone, 'supervisor-wall-phone');
    expect(await sideways(phone)).toBe(0);
  });

  step('the supervision that the system proposes is issued by hand, with its printed sheet', async () => {
    const page = await desk('/wall');
    const row = page.getByRole('listitem').filter({ hasText: NEGLECTED[0] });
    await row.getByRole('button', { name: '发出督办' }).waitFor({ timeout: 280_000 });
    await pictured(page, 'supervisor-proposal');
    await row.getByRole('button', { name: '发出督办' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(NEGLECTED[0]).waitFor();
    await pictured(page, 'supervisor-issue');
    await dialog.getByRole('button', { name: '发出督办' }).click();
    await page.getByText('已发出').first().waitFor();
    await page.getByRole('link', { name: NEGLECTED[0] }).first().click();
    const sheet = page.getByRole('link', { name: '打印督办单' });
    await sheet.waitFor();
    await pictured(page, 'supervisor-ladder');
    const answer = await page.request.get((await sheet.getAttribute('href'))!);
    expect(answer.status()).toBe(200);
    const paper = await answer.text();
    expect(paper).toContain('督办');
    expect(paper).toContain(NEGLECTED[0]);
  });

  step('a case that was answered, fixed and accepted is struck off', async () => {
    const { id, leadBodyId } = await fixAndAccept(stage(), answered);
    expect(leadBodyId).not.toBeNull();
    const page = await desk(`/incidents/${id}`);
    await page.getByRole('tab', { name: '处置' }).click();
    await page.getByRole('button', { name: '销号' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('情况说明').fill('整改到位，予以销号。');
    await pictured(page, 'supervisor-strike-off');
    await dialog.getByRole('button', { name: '销号' }).click();
    await page.getByRole('link', { name: '下载案卷' }).waitFor();
    await page.getByText('已销号').first().waitFor();
    await pictured(page, 'supervisor-struck-off');
    expect(await seriousFindings(page)).toEqual([]);
  });
}

/** What the other two roles do before a case can be struck off: its kind and evidence, the fix, the acceptance. */
async function fixAndAccept({ product }: Stage, title: string): Promise<Case> {
  const analyst = handOf(product, 'analyst');
  const query = `/incidents?limit=5&state=responded&q=${encodeURIComponent(title)}`;
  const { items } = await analyst.get<{ items: Case[] }>(query);
  const { id, leadBodyId } = items[0]!;
  const version = async () => (await readCase(product, id)).version;
  const { statements } = await analyst.get<{ statements: { id: string; state: string }[] }>(`/incidents/${id}`);
  const statementIds = statements.filter(({ state }) => state === 'published').map((statement) => statement.id);
  await analyst.post(`/incidents/${id}/dispose`, { kinds: ['D4'], reason: '市民对方案有误解' }, await version());
  const evidence = { kind: 'D4', evidence: { statementIds } };
  await analyst.post(`/incidents/${id}/disposition-evidence`, evidence, await version());
  const head = handOf(product, `head.${leadBodyId!.toLowerCase()}`);
  await head.post(`/incidents/${id}/close-out`, { step: 'rectified', note: '公示已更正' }, await version());
  await analyst.post(`/incidents/${id}/close-out`, { step: 'accepted', note: '验收通过' }, await version());
  return readCase(product, id);
}
