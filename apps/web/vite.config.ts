import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What every page stands on; each with all that it needs. */
const CORE =
  /node_modules[\\/](?:react|react-dom|scheduler|i18next|react-i18next|@tanstack[\\/](?:query-core|react-query)|react-router|openapi-fetch)[\\/]/;
const FRAME =
  /apps[\\/]web[\\/](?:time[\\/]|labels[\\/]|api[\\/]|i18n[\\/](?:words|i18n)|shell[\\/](?:lazily|waiting|note|hint|say\.|use-|palette-actions|main-menu)|inbox[\\/](?:decide\.|use-|neighbours|query[\\/]parse)|incident[\\/]use-incident)/;

/** The client is built into dist/web, which the api serves; in development it talks to a running server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      output: {
        // By itself each set of pages that shares something makes a file: the first page was 64 of them, most below 1 kB.
        codeSplitting: {
          groups: [
            { name: 'core', test: CORE, priority: 2 },
            { name: 'frame', test: FRAME, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    // Not `/api`: that is a folder of the client, too.
    proxy: { '/api/v1': 'http://localhost:3000', '/socket.io': { target: 'http://localhost:3000', ws: true } },
  },
});
