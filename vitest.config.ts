import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

/** They end processes, fill disks, count what is open, or share a machine with a browser: each has a process to itself. */
const APART = [
  'packages/portal/test/**/*.test.ts',
  'packages/server/test/{embedded,process,safety,keycloak}/**/*.test.ts',
  'packages/server/test/*.test.ts',
  'examples/*/test/**/*.test.ts',
  '{bench,faults}/test/**/*.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['packages/server/test/postgres-setup.ts', 'packages/portal/test/chromium-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // Inside the repository a package that is published built is read from its source.
        ssr: { resolve: { conditions: ['awe-source', ...defaultServerConditions] } },
        test: {
          name: 'together',
          include: ['packages/*/test/**/*.test.ts', '{deploy,docs}/test/**/*.test.ts'],
          exclude: APART,
          // Nothing of these stays behind in a process, and what they import takes longer to load than they to run.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        ssr: { resolve: { conditions: ['awe-source', ...defaultServerConditions] } },
        test: { name: 'apart', include: APART, testTimeout: 60_000, hookTimeout: 120_000 },
      },
    ],
  },
});
