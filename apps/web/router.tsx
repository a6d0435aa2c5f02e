import { createBrowserRouter, Navigate, Outlet, type RouteObject } from 'react-router';
import { SessionGate, useMay } from './api/session';
import { PAGES, startOf } from './pages/all';
import type { Page } from './pages/page';
import { AppShell } from './shell/app-shell';

function Start() {
  return <Navigate to={startOf(useMay())} replace />;
}

const everyPage = Object.values(PAGES).flat();
const routesOf = (frame: NonNullable<Page['frame']>): RouteObject[] =>
  everyPage
    .filter((page) => (page.frame ?? 'shell') === frame)
    .map(({ path, load }) => ({ path, lazy: async () => ({ Component: await load() }) }));

/** The routes are those of `pages/`: a page that is in its table is reachable, framed, and in the menu. */
export const router = createBrowserRouter([
  ...routesOf('public'),
  {
    hydrateFallbackElement: <></>,
    element: (
      <SessionGate>
        <Outlet />
      </SessionGate>
    ),
    children: [
      ...routesOf('bare'),
      {
        element: <AppShell />,
        children: [{ index: true, element: <Start /> }, ...routesOf('shell'), { path: '*', element: <Start /> }],
      },
    ],
  },
]);
