import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { colorSchemeFirst } from './build/color-scheme-first.ts';
import { operationCalls } from './build/operation-calls.ts';

/** `npx vite` here serves the portal while it is worked on; the service must run beside it, on its usual port. */
export default defineConfig({
  plugins: [react(), operationCalls(), colorSchemeFirst()],
  build: {
    // Beside the scripts, never inside them: the page's policy lets no inline script run.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8000' } },
});
