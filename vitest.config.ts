import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Inside the repository a package that is published built is read from its source.
  ssr: { resolve: { conditions: ['awe-source', ...defaultServerConditions] } },
  test: {
    include: ['{packages,examples}/*/test/**/*.test.ts', '{bench,faults,deploy,docs}/test/**/*.test.ts'],
    globalSetup: ['packages/server/test/postgres-setup.ts', 'packages/portal/test/chromium-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
