import { createBrowserRouter, Navigate } from 'react-router';
import { useMay } from './api/session';
import { REPORT_ROUTES } from './reports/routes';
import { AppShell, PAGES } from './shell/app-shell';

/** Everybody begins at the first page that is theirs. */
function Start() {
  const may = useMay();
  return <Navigate to={PAGES.find((page) => page.open(may))?.path ?? '/none'} replace />;
}

export const router = createBrowserRouter([
  { path: 'screen', lazy: async () => ({ Component: (await import('./wall/screen-page')).ScreenPage }) },
  {
    element: <AppShell />,
    children: [
      { index: true, element: <Start /> },
      { path: 'inbox', lazy: async () => ({ Component: (await import('./inbox/inbox-page')).InboxPage }) },
      {
        path: 'incidents/:id',
        lazy: async () => ({ Component: (await import('./incident/incident-page')).IncidentPage }),
      },
      { path: 'incidents', lazy: async () => ({ Component: (await import('./inbox/inbox-page')).InboxPage }) },
      { path: 'accounts', lazy: async () => ({ Component: (await import('./accounts/accounts-page')).AccountsPage }) },
      { path: 'orders', lazy: async () => ({ Component: (await import('./orders/orders-page')).OrdersPage }) },
      { path: 'wall', lazy: async () => ({ Component: (await import('./wall/wall-page')).WallPage }) },
      { path: 'sources', lazy: async () => ({ Component: (await import('./sources/sources-page')).SourcesPage }) },
      { path: 'ledger', lazy: async () => ({ Component: (await import('./ledger/ledger-page')).LedgerPage }) },
      ...REPORT_ROUTES,
      { path: '*', element: <Start /> },
    ],
  },
]);
