import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { sampleRealm } from '../directory/sample-realm.ts';
import { keycloakHome } from './keycloak-home.ts';
import { type KeycloakProcess, startKeycloak } from './keycloak-process.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const say = (line: string) => console.log(`test:keycloak: ${line}`);

/** Runs the cases against a real Keycloak, or says why that is left out here. Sets the exit code. */
async function main(): Promise<void> {
  const home = await keycloakHome(say);
  if (typeof home === 'string') {
    say(`LEFT OUT: ${home}`);
    return;
  }
  const admin = { username: 'test-admin', password: randomBytes(12).toString('base64url') };
  const begin = performance.now();
  const keycloak = await startKeycloak({ home: home.path, realm: sampleRealm(), admin });
  const abort = () => void keycloak.stop().finally(() => process.exit(1));
  process.once('SIGINT', abort).once('SIGTERM', abort);
  try {
    await home.keepBuilt(keycloak.path);
    say(`Keycloak listens after ${Math.round((performance.now() - begin) / 1000)} s`);
    await runCases(keycloak, admin);
  } finally {
    await keycloak.stop();
  }
}

async function runCases(
  { url }: KeycloakProcess,
  admin: { username: string; password: string },
): Promise<void> {
  process.env.AWE_TEST_KEYCLOAK_URL = url;
  process.env.AWE_TEST_KEYCLOAK_ADMIN = JSON.stringify(admin);
  const vitest = await startVitest('test', [], {
    config: false,
    root: ROOT,
    watch: false,
    include: ['packages/server/test/keycloak/*.live.ts'],
    globalSetup: ['packages/server/test/postgres-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  });
  const failed = vitest.state.getFiles().filter(({ result }) => result?.state !== 'pass');
  const tests = vitest.state.getFiles().length;
  await vitest.close();
  if (tests === 0 || failed.length > 0) process.exitCode = 1;
  say(process.exitCode ? 'FAILED' : 'passed');
}

await main();
