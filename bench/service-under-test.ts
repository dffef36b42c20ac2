import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IdentityProvider } from './identity-provider.ts';

const MAIN = join(import.meta.dirname, '../packages/server/src/main.ts');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** The service as it runs in production, in a process of its own, with verified tokens. */
export type ServiceUnderTest = { url: string; pid: number; process: ChildProcess; stop: () => Promise<void> };

export async function startServiceUnderTest(
  databaseUrl: string,
  identity: IdentityProvider,
  env: Record<string, string> = {},
): Promise<ServiceUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), 'awe-bench-service-'));
  const child = spawn(process.execPath, [...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []), MAIN], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
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
  const url = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (printed === 'up') return;
      printed += chunk;
      const found = /"url":"([^"]+)","msg":"AWE is up/.exec(printed)?.[1];
      if (!found) return;
      printed = 'up';
      resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it was up`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    process: child,
    stop: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}
