import { AuditOutlined, FieldTimeOutlined } from '@ant-design/icons';
import type { Page } from './page';

/** Oversight: what is late, what will be, whether the clocks are right. */
export const SUPERVISE: Page[] = [
  {
    path: 'wall',
    load: async () => (await import('../wall/wall-page')).WallPage,
    menu: {
      label: 'nav.wall',
      icon: <AuditOutlined />,
      open: (may) => may('escalation.read') && (may('bigScreen.read') || may('ledger.read')),
    },
  },
  {
    path: 'holders',
    load: async () => (await import('../holders/holders-page')).HoldersPage,
    menu: {
      label: 'nav2.holders',
      icon: <FieldTimeOutlined />,
      open: (may) => may('report.read') && may('bigScreen.read'),
    },
  },
  { path: 'screen', frame: 'bare', load: async () => (await import('../wall/screen-page')).ScreenPage },
];
