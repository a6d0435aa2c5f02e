import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from './i18n/i18n';
import { askAhead, Router } from './router';
import { AppearanceProvider } from './theme/appearance';
import './theme/base.css';
import './theme/list.css';
import './theme/plain.css';
import './theme/screen.css';
import './theme/shell.css';
import { ServerClockProvider } from './time/server-clock';

/** Every list is read again after this, hint or no hint. */
const REREAD_MS = 30_000;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchInterval: REREAD_MS,
      retry: 1,
      refetchOnWindowFocus: true,
      // The live connection knows what was missed.
      refetchOnReconnect: false,
    },
  },
});

askAhead(queries);
await startI18n();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <AppearanceProvider>
        <ServerClockProvider>
          <Router />
        </ServerClockProvider>
      </AppearanceProvider>
    </QueryClientProvider>
  </StrictMode>,
);
