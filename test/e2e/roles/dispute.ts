import { beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESKTOP, PHONE, pictured, seriousFindings, sideways, signIn, smallTargets } from '../../support/browser.js';
import { type Case, handOf, openCase } from '../../support/case.js';
import { choose, inOrder, type Stage } from './stage.js';

const SUPPLY = '990100-WSUP';
const WATER = '990100-WATER';
const TEXT = [
  '云州区东湖花园水压不足',
  '居民反映云州区东湖花园小区连续一周水压不足，高层住户家中无水可用，供水公司和水务部门互相推诿，多次投诉无人处理。',
] as const;
const BASIS = '《云江市城市供水条例》（虚构）第二十条';

/** An order goes to and fro until the government office names the lead (NT19 Art.19). */
export function disputeJourney(stage: () => Stage): void {
  const step = inOrder();
  let opened: Case;
  let names: Map<string, string>;
  beforeAll(async () => {
    opened = await openCase(stage().product, { title: TEXT[0], text: TEXT[1], bodies: [SUPPLY], grade: 'IV' });
    const { items } = await handOf(stage().product, 'analyst').get<{ items: { id: string; name: string }[] }>(
      '/bodies',
    );
    names = new Map(items.map(({ id, name }) => [id, name]));
  });
  const phoneOf = async (bodyId: string) => {
    const { browser, product } = stage();
    const phone = await signIn(browser, product, { username: `spokes.${bodyId.toLowerCase()}`, viewport: PHONE });
    await phone.getByRole('link', { name: opened.title }).click();
    await phone.getByRole('heading', { name: opened.title }).waitFor();
    return phone;
  };
  const deskOf = async (username: string) => {
    const { browser, product } = stage();
    const desk = await signIn(browser, product, { username, viewport: DESKTOP });
    await desk.goto(`/incidents/${opened.id}`);
    await desk.getByRole('heading', { name: opened.title }).waitFor();
    return desk;
  };
  const giveBack = async (phone: Page, proposed: string) => {
    await phone.getByRole('button', { name: '申请退回' }).click();
    await choose(phone, '退回理由', 'R3 非本单位职责');
    await phone.getByLabel('依据').fill(BASIS);
    await choose(phone, '建议承办单位', names.get(proposed)!);
    await pictured(phone, `dispute-return-${proposed}`);
    expect(await smallTargets(phone)).toEqual([]);
    expect(await seriousFindings(phone)).toEqual([]);
    expect(await sideways(phone)).toBe(0);
    await phone.getByRole('button', { name: '提交退回申请' }).click();
    await phone.getByText('退回申请待判定').waitFor();
  };

  step('a spokesperson gives the order back; the analyst agrees and hands it to the body that was named', async () => {
    await giveBack(await phoneOf(SUPPLY), WATER);
    const desk = await deskOf('analyst');
    await desk.getByText(`建议由 ${names.get(WATER)} 承办`).waitFor();
    await pictured(desk, 'dispute-pending');
    await desk.getByLabel('判定理由').fill('管网产权已移交水务部门');
    await desk.getByRole('button', { name: '同意退回' }).click();
    await desk.getByText(`建议由 ${names.get(WATER)} 承办`).waitFor({ state: 'hidden' });
    await choose(desk, '牵头', names.get(WATER)!);
    await pictured(desk, 'dispute-reassign');
    await desk.getByRole('button', { name: '交办', exact: true }).click();
    await desk.getByText('待签收').first().waitFor();
  });

  step('the second return makes it a dispute, in which meeting and opinions are written down', async () => {
    await giveBack(await phoneOf(WATER), SUPPLY);
    const desk = await deskOf('analyst');
    await desk.getByText('争议件').waitFor();
    await pictured(desk, 'dispute-open');
    expect(await seriousFindings(desk)).toEqual([]);
    await choose(desk, '单位', names.get(WATER)!);
    await desk.getByLabel('内容').fill('现场会商：泵房由供水公司运行，管网由水务部门管理。');
    await desk.getByRole('button', { name: /^记录/ }).click();
    await desk.getByText('现场会商：泵房由供水公司运行').waitFor();
    await pictured(desk, 'dispute-recorded');
  });

  step('the government office names the lead with its ground, and the body has the order again', async () => {
    const office = await deskOf('gov-office');
    await office.getByText('现场会商：泵房由供水公司运行').waitFor();
    await pictured(office, 'dispute-office');
    expect(await seriousFindings(office)).toEqual([]);
    await choose(office, '牵头单位', names.get(SUPPLY)!);
    await choose(office, '协办单位', names.get(WATER)!);
    await office.keyboard.press('Escape');
    await office.getByLabel('裁定理由').fill('泵房由供水公司运行，由其牵头恢复供水。');
    await pictured(office, 'dispute-decide');
    await office.getByRole('button', { name: '确定牵头单位' }).click();
    await office.getByText('已确定牵头单位').waitFor();
    await pictured(office, 'dispute-decided');
    const phone = await phoneOf(SUPPLY);
    await phone.getByRole('button', { name: /^签收/ }).waitFor();
    await pictured(phone, 'dispute-phone-after');
    expect(await smallTargets(phone)).toEqual([]);
  });
}
