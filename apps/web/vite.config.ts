import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The client is built into dist/web, which the api serves; in development it talks to a running server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 1_200,
  },
  server: {
    port: 5173,
    // Not `/api`: that is a folder of the client, too.
    proxy: { '/api/v1': 'http://localhost:3000', '/socket.io': { target: 'http://localhost:3000', ws: true } },
  },
});
