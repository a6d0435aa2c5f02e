import { expect } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { everything, office, type Office, person } from './office.js';
import type { PublicSite } from './public-site.js';

export const ANALYST = person('网信办 周敏');
export const SPOKESPERSON = person('应急局 陈立');
export const SUPERVISOR = person('督查室 何平');
const REVIEWERS = {
  competentBody: person('应急局 王强'),
  secrecy: person('保密办 吴静'),
  approver: person('局长 孙涛'),
};
/** By which duty each gate is passed, with its marks. */
export const PASSES = {
  competentBody: { duties: ['competent_reviewer'], checks: ['political', 'policy', 'wording'] },
  secrecy: { duties: ['secrecy_reviewer'], checks: ['stateSecrets', 'personalData'] },
  approver: { duties: ['body_head'], checks: [] },
};
export const EMER = '320623-EMER';
const BLAST = [
  '如东一化工企业发生爆炸',
  '2026年11月20日14时05分许，如东县洋口镇一化工企业车间发生爆炸，已造成5人死亡，另有6人失联，救援正在进行。',
] as const;
const RELEASE =
  '如东县应急管理局通报：11月20日14时05分，洋口镇一化工企业发生爆炸，5人死亡，6人失联，搜救仍在进行，原因正在调查。';
export const WATER = [
  '如皋小区连续停水三天无人答复',
  '如皋市城北街道多个小区居民反映，自来水连续停水三天，多次拨打热线无人答复，上百户居民生活困难。',
] as const;

/** Only what stands on a registered channel proves anything. */
export async function registerSite({ db }: Office, { host }: PublicSite): Promise<void> {
  await db.asOwner(
    `INSERT INTO channels (id, kind, name, url_prefix) VALUES ($1, 'webRelease', '如东县人民政府网站', $2)`,
    [newId(), `http://${host}/gov/`],
  );
}

export interface Release {
  incidentId: string;
  bodyId: string;
  /** The time that the page shows. */
  shown: string;
  /** When the address is filed. */
  filed: string;
  text?: string;
}

/** A text goes through every gate and onto the site, its address is filed, and the page is fetched. */
export async function release(
  o: Office,
  site: PublicSite,
  { incidentId, bodyId, shown, filed, text = RELEASE }: Release,
): Promise<void> {
  await o.db.setNow(office(filed));
  const filled = { text: '见正文' };
  const elements = { cause: filled, solution: filled, constraints: filled };
  const speaker = { name: '孙涛', post: '局长', rank: '主要负责人' };
  const names = { bodyId, kind: 'authoritative', title: '情况通报', competentBodyId: bodyId };
  await o.act(async (tx) => {
    const draft = { ...names, ...elements, speaker, body: text };
    const { id: statementId } = await o.statements.draft(tx, incidentId, draft, SPOKESPERSON);
    await o.statements.submit(tx, { statementId, actor: SPOKESPERSON });
    for (const gate of ['competentBody', 'secrecy', 'approver'] as const)
      await o.statements.approve(tx, { statementId, gate, actor: REVIEWERS[gate], ...PASSES[gate] });
    const address = `/gov/${statementId}.html`;
    site.pages.set(address, `<h1>情况通报</h1><p>发布时间：${shown}</p><script>x</script><p>${text}</p>`);
    await o.statements.publish(tx, { statementId, actor: SPOKESPERSON, url: `http://${site.host}${address}` });
  });
  await o.settle();
}

/** S-02 up to the dispatch: an explosion with 5 dead and 6 missing is heard of, confirmed at 14:12 and handed over at 14:20. */
export async function blast(o: Office): Promise<string> {
  const incidentId = await o.hear('2026-11-20 14:12', ...BLAST, '2026-11-20 14:10');
  const occurred = { stamp: 'occurredAt' as const, value: office('2026-11-20 14:05'), source: 'notice' };
  await o.act(async (tx) => {
    await o.decisions.correctStamp(tx, { incidentId, ...occurred, actor: ANALYST });
    await o.decisions.confirm(tx, { incidentId, actor: ANALYST });
  });
  await o.settle();
  await o.db.setNow(office('2026-11-20 14:20'));
  const order = { incidentId, actor: ANALYST, addressees: [{ bodyId: EMER, role: 'lead' as const }] };
  await o.act((tx) => o.assignment.assign(tx, order));
  await o.settle();
  return incidentId;
}

/** Whatever ran, runs again: at once, and from the first entry of the ledger. */
export async function expectNothingToChangeWhenRunAgain(o: Office): Promise<void> {
  const before = await everything(o.db);
  await o.settle();
  expect(await everything(o.db)).toEqual(before);
  await o.db.asOwner('UPDATE ledger_cursors SET seq = 0');
  await o.settle();
  expect(await everything(o.db)).toEqual(before);
}
