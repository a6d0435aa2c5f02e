import { BarChartOutlined, FileTextOutlined } from '@ant-design/icons';
import type { Page } from './page';

/** Figures and papers: statistics, sheets, periodicals. Each is loaded when it is opened, so that the inbox carries none of them. */
export const REPORTS: Page[] = [
  {
    path: 'reports',
    load: async () => (await import('../reports/reports-page')).ReportsPage,
    menu: { label: 'nav.reports', icon: <FileTextOutlined />, open: (may) => may('report.read') },
  },
  {
    path: 'charts',
    load: async () => (await import('../charts/charts-page')).ChartsPage,
    menu: {
      label: 'nav.charts',
      icon: <BarChartOutlined />,
      open: (may) => may('report.read') && may('bigScreen.read'),
    },
  },
  { path: 'reports/rows', load: async () => (await import('../reports/rows-page')).RowsPage },
  { path: 'reports/ledger', load: async () => (await import('../reports/ledger-report-page')).LedgerReportPage },
  { path: 'reports/bulletins', load: async () => (await import('../reports/bulletins-page')).BulletinsPage },
  { path: 'reports/bulletins/:id', load: async () => (await import('../reports/bulletin-page')).BulletinPage },
  { path: 'reports/knownEvents', load: async () => (await import('../reports/known-events-page')).KnownEventsPage },
  { path: 'reports/thirdParty', load: async () => (await import('../reports/third-party-page')).ThirdPartyPage },
  { path: 'reports/:report', load: async () => (await import('../reports/report-page')).ReportPage },
  { path: 'incidents/:id/papers', load: async () => (await import('../reports/paper-page')).PaperPage },
];
