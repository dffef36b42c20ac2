/** A block that is not played here: why, and what holds it instead (a path, or an npm script). */
export type Exception = { why: string; heldBy: string };

/**
 * As few as can be; a test holds that every row is used. A block names its row by `exception=`; a row that is named like a
 * page is about all of its blocks.
 */
export const EXCEPTIONS: Record<string, Exception> = {
  'docs/cli.md': {
    why: 'generated, with examples about things that are not there; they are held against the program',
    heldBy: 'packages/cli/test/help.test.ts',
  },
  'docs/how-to/run-in-containers.md': {
    why: 'needs a container engine',
    heldBy: 'deploy/test/compose.test.ts',
  },
  'docs/how-to/run-on-kubernetes.md': {
    why: 'needs a cluster, and Helm',
    heldBy: 'deploy/test/chart.test.ts',
  },
  'quick-start': {
    why: 'installs into the checkout that the suite runs from, and serves until it is stopped',
    heldBy: 'packages/server/test/process/start-and-stop.test.ts',
  },
  'what-ci-runs': {
    why: 'is the run that this belongs to',
    heldBy: '.ci/run',
  },
  tarballs: {
    why: 'packs and installs everything, which takes a minute; the rest of the page is played on the checkout, too',
    heldBy: 'npm run adopt',
  },
  measuring: {
    why: 'minutes of load, and gigabytes of tables',
    heldBy: 'bench/test',
  },
  keycloak: {
    why: 'needs a container engine and an image; the same realm is imported into a real Keycloak by the script',
    heldBy: 'npm run test:keycloak',
  },
  schemathesis: {
    why: 'a program of others, from another registry; the same document is held against hostile calls',
    heldBy: 'npm run fuzz',
  },
  'database-programs': {
    why: 'needs pg_dump, pg_ctl and createdb of the very version of the server, and stops it',
    heldBy: 'faults/test',
  },
};
