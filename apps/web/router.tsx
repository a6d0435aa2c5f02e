import type { QueryClient } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense } from 'react';
import { BrowserRouter, matchPath, Navigate, Outlet, Route, Routes } from 'react-router';
import { SESSION, SessionGate, useMay } from './api/session';
import { PAGES, startOf } from './pages/all';
import type { Page } from './pages/page';
import { AppShell } from './shell/app-shell';
import { Boundary } from './shell/boundary';
import { Waiting } from './shell/waiting';

function Start() {
  return <Navigate to={startOf(useMay())} replace />;
}

const parts = new Map<Page['load'], ComponentType>();

/** The page as a part of its own, fetched once however many addresses lead to it. */
function partOf({ load }: Page): ComponentType {
  const known = parts.get(load);
  if (known !== undefined) return known;
  const part = lazy(async () => ({ default: await load() }));
  parts.set(load, part);
  return part;
}

const everyPage = Object.values(PAGES).flat();
const routesOf = (frame: NonNullable<Page['frame']>) =>
  everyPage
    .filter((page) => (page.frame ?? 'shell') === frame)
    .map((page) => {
      const Part = partOf(page);
      return <Route key={page.path} path={page.path} element={<Part />} />;
    });

/** Asks for the page and for who is signed in at once, before anything is drawn; what fails, fails again where it is needed. */
export function askAhead(queries: QueryClient): void {
  const page = everyPage.find(({ path }) => matchPath(`/${path}`, window.location.pathname) !== null);
  void page?.load().catch(() => undefined);
  if (page?.frame !== 'public') void queries.prefetchQuery(SESSION);
}

/** The routes are those of `pages/`: a page that is in its table is reachable, framed, and in the menu. */
export function Router() {
  return (
    <BrowserRouter>
      <Boundary>
        <Suspense fallback={<Waiting />}>
          <Routes>
            {routesOf('public')}
            <Route
              element={
                <SessionGate>
                  <Outlet />
                </SessionGate>
              }
            >
              {routesOf('bare')}
              <Route element={<AppShell />}>
                <Route index element={<Start />} />
                {routesOf('shell')}
                <Route path="*" element={<Start />} />
              </Route>
            </Route>
          </Routes>
        </Suspense>
      </Boundary>
    </BrowserRouter>
  );
}
