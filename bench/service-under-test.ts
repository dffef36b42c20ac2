import { once } from 'node:events';
import { join } from 'node:path';
import { spawnOwned } from './children.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { makeScratch, removeScratch } from './scratch.ts';

const MAIN = join(import.meta.dirname, '../packages/server/src/main.ts');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const STOP_PATIENCE_MS = 40_000;
/** What `npm start` gives its Node. */
const AS_NPM_START = ['--max-semi-space-size=8'];

/** The service as it runs in production, in a process of its own, with verified tokens. */
export type ServiceUnderTest = { url: string; pid: number; stop: () => Promise<void> };

/**
 * `BENCH_NODE_OPTIONS` goes to its Node instead, such as `--cpu-prof --cpu-prof-dir=/somewhere`: the directory that it works in does not
 * stay. Rejects when it ends before it is up.
 */
export async function startServiceUnderTest(
  databaseUrl: string,
  identity: IdentityProvider,
  env: Record<string, string> = {},
): Promise<ServiceUnderTest> {
  const directory = await makeScratch('service');
  const nodeOptions = process.env.BENCH_NODE_OPTIONS?.split(' ') ?? AS_NPM_START;
  const child = spawnOwned(process.execPath, [...nodeOptions, MAIN], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      DATABASE_URL: databaseUrl,
      AWE__SERVER__PORT: '0',
      AWE__KEYCLOAK__ISSUER: identity.issuer,
      AWE__KEYCLOAK__JWKS_URL: identity.jwksUrl,
      AWE__OUTBOUND__ALLOW_LOOPBACK: 'true',
      AWE__SECRETS__DEFAULT_CALLBACK_SECRET: SECRET,
      AWE__SECRETS__ENCRYPTION_KEYS: JSON.stringify([Buffer.alloc(32, 9).toString('base64')]),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
      await exited;
      clearTimeout(timer);
    }
    await removeScratch(directory);
  };
  try {
    const up = new Promise<string>((resolve) => {
      let printed: string | null = '';
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        if (printed === null) return;
        printed += chunk;
        const url = /"url":"([^"]+)","msg":"AWE is up/.exec(printed)?.[1];
        if (!url) return;
        printed = null;
        resolve(url);
      });
    });
    const early = exited.then(([code]) => {
      throw new Error(`the service ended with ${code} before it was up`);
    });
    early.catch(() => {});
    return { url: await Promise.race([up, early]), pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
