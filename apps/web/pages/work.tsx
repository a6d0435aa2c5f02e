import { InboxOutlined, ProfileOutlined, UnorderedListOutlined } from '@ant-design/icons';
import type { Page } from './page';

const inbox = async () => (await import('../inbox/inbox-page')).InboxPage;

/** Daily work: triage, one's assignments, incidents. */
export const WORK: Page[] = [
  {
    path: 'inbox',
    load: inbox,
    menu: { label: 'nav.inbox', icon: <InboxOutlined />, open: (may) => may('incident.decide') },
  },
  {
    path: 'orders',
    load: async () => (await import('../orders/orders-page')).OrdersPage,
    menu: {
      label: 'nav.orders',
      icon: <ProfileOutlined />,
      open: (may) => may('assignment.acknowledge') || may('statement.review'),
    },
  },
  {
    path: 'incidents',
    load: inbox,
    menu: {
      label: 'nav.incidents',
      icon: <UnorderedListOutlined />,
      open: (may) => may('incident.read') && !may('incident.decide') && (may('bigScreen.read') || may('ledger.read')),
    },
  },
  { path: 'incidents/:id', load: async () => (await import('../incident/incident-page')).IncidentPage },
];
