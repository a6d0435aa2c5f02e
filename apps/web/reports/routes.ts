import type { RouteObject } from 'react-router';

/** Pages of reports and charts; each is loaded when it is opened, so that the inbox carries none of them. */
export const REPORT_ROUTES: RouteObject[] = [
  { path: 'reports', lazy: async () => ({ Component: (await import('./reports-page')).ReportsPage }) },
  { path: 'reports/rows', lazy: async () => ({ Component: (await import('./rows-page')).RowsPage }) },
  {
    path: 'reports/ledger',
    lazy: async () => ({ Component: (await import('./ledger-report-page')).LedgerReportPage }),
  },
  { path: 'reports/bulletins', lazy: async () => ({ Component: (await import('./bulletins-page')).BulletinsPage }) },
  { path: 'reports/bulletins/:id', lazy: async () => ({ Component: (await import('./bulletin-page')).BulletinPage }) },
  {
    path: 'reports/knownEvents',
    lazy: async () => ({ Component: (await import('./known-events-page')).KnownEventsPage }),
  },
  { path: 'reports/:report', lazy: async () => ({ Component: (await import('./report-page')).ReportPage }) },
  { path: 'incidents/:id/papers', lazy: async () => ({ Component: (await import('./paper-page')).PaperPage }) },
  { path: 'charts', lazy: async () => ({ Component: (await import('../charts/charts-page')).ChartsPage }) },
];
