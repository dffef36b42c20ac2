import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

/** They run no service of their own that others could notice, and take longer to load than to run. */
const TOGETHER = [
  'packages/{engine,contract,wording,client,cli}/test/**/*.test.ts',
  '{deploy,docs}/test/**/*.test.ts',
];

export default defineConfig({
  // Inside the repository a package that is published built is read from its source.
  ssr: { resolve: { conditions: ['awe-source', ...defaultServerConditions] } },
  test: {
    globalSetup: ['packages/server/test/postgres-setup.ts', 'packages/portal/test/chromium-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'together', include: TOGETHER, isolate: false } },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['{packages,examples}/*/test/**/*.test.ts', '{bench,faults}/test/**/*.test.ts'],
          exclude: TOGETHER,
        },
      },
    ],
  },
});
