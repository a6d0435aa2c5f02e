/** What is pictured of a demonstration: pages that need a hand, and every page that a menu or the list of reports offers. */

const tab = (name) => async (shown) => {
  await shown.getByRole('tab', { name }).click();
};
const press = (name, then) => async (shown) => {
  await shown.getByRole('button', { name }).first().click();
  if (then !== undefined) await shown.locator(then).first().waitFor();
};
const TRIED = '石渡市临港化工园区一车间发生爆燃，已造成2人死亡、3人失联，救援正在进行。';

/** Pages by hand. `incident` is the one that shows most; each entry is { name, as, at, shows, size?, language?, mode?, then? }. */
export function picturesOf(incident) {
  const spokesperson = `spokes.${incident.leadBodyId.toLowerCase()}`;
  const page = `/incidents/${incident.id}`;
  const order = { as: spokesperson, at: `/orders?incident=${incident.id}`, shows: '.rows', size: 'phone' };
  const case_ = { as: 'analyst', at: page, shows: '.rows .digits' };
  return [
    { name: 'sign-in', at: '/', shows: 'form' },
    { name: 'sign-in-phone', at: '/', shows: 'form', size: 'phone' },
    { name: 'inbox', as: 'analyst', at: '/inbox', shows: 'article .ground' },
    { name: 'inbox-en-dark', as: 'analyst', at: '/inbox', shows: 'article .ground', language: 'en', mode: 'dark' },
    { name: 'inbox-phone', as: 'analyst', at: '/inbox', shows: '.incident-card', size: 'phone' },
    { name: 'incident', ...case_ },
    { name: 'incident-why', ...case_, then: tab('判断理由') },
    { name: 'incident-statements', ...case_, then: tab('权威信息') },
    { name: 'incident-course', ...case_, then: tab('处置') },
    { name: 'incident-record', ...case_, then: tab('全程记录') },
    { name: 'computation', ...case_, then: press('计算单', '.computation li') },
    { name: 'paper', as: 'analyst', at: `${page}/papers`, shows: '.report-part' },
    { name: 'orders-phone', as: spokesperson, at: '/orders', shows: '.order-link', size: 'phone' },
    { name: 'order-phone', ...order },
    { name: 'order-phone-en-dark', ...order, language: 'en', mode: 'dark' },
    { name: 'wall', as: 'supervisor', at: '/wall', shows: '.rows .digits' },
    { name: 'screen', as: 'supervisor', at: '/screen', shows: '.screen .rows .digits', size: 'screen', mode: 'dark' },
    {
      name: 'rules',
      as: 'administrator',
      at: '/rules',
      shows: 'form',
      then: async (shown) => {
        await shown.locator('form input').first().fill('化工园区爆燃');
        await shown.locator('form textarea').first().fill(TRIED);
        await shown.locator('form button[type=submit]').click();
        await shown.locator('.ground').first().waitFor();
      },
    },
    { name: 'ledger', as: 'auditor', at: '/ledger', shows: 'tbody tr.ant-table-row' },
    { name: 'sources', as: 'administrator', at: '/sources', shows: 'tbody tr.ant-table-row' },
  ];
}

/** Whose menus are walked; a page that several are offered is taken as the first. */
export const walkersOf = (incident) => [
  'analyst',
  'supervisor',
  'administrator',
  'auditor',
  `spokes.${incident.leadBodyId.toLowerCase()}`,
];
/** Where pages are offered: the menu, and the list of reports. */
export const OFFERS = [
  { at: '/', shows: '.shell-head', links: '.shell-menu a[href]' },
  { at: '/reports', shows: '.report-cards', links: '.report-cards a[href]' },
];
