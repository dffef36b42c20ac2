import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { startService } from '../../src/service.ts';
import { type FreshDatabase, freshDatabase } from '../postgres.ts';
import { startProcess } from '../process/service-process.ts';

/** As pino numbers its levels. */
const WARN = 40;

let directory: string;
let database: FreshDatabase;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'awe-identity-'));
  database = await freshDatabase();
});
afterAll(async () => {
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

describe('a start that would let anybody be anybody', () => {
  it.each([
    ['development identity on an open address', { AWE__SERVER__HOST: '0.0.0.0' }, 'server.host is 0.0.0.0'],
    [
      'an issuer without TLS',
      { AWE__KEYCLOAK__ISSUER: 'http://kc.example/realms/r' },
      'keycloak.issuer is http://kc.example, without TLS',
    ],
  ])('ends with exit code 1 and the way out: %s', async (_, env, says) => {
    const { code, stderr } = await startProcess(directory, { DATABASE_URL: database.url, ...env }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^awe: The configuration has a problem:\n {2}- .*AWE__AUTH__ALLOW_INSECURE=true.*\n$/,
    );
    expect(stderr).toContain(says);
  });
});

describe('development identity that the operator insists on', () => {
  it('warns at start and in /config', async () => {
    const lines: { level: number; msg: string }[] = [];
    const service = await startService({
      config: loadConfig({
        env: {
          DATABASE_URL: database.url,
          AWE__SERVER__PORT: '0',
          AWE__SERVER__HOST: '0.0.0.0',
          AWE__AUTH__ALLOW_INSECURE: 'true',
        },
        cwd: directory,
      }),
      directory,
      log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
    });
    const port = new URL(service.url).port;
    const config = await fetch(`http://127.0.0.1:${port}/v1/awe/config`);
    await service.stop();
    const warnings = lines.filter(({ level }) => level >= WARN).map(({ msg }) => msg);
    expect(warnings).toContainEqual(
      expect.stringMatching(/^Development identity: tokens are believed unsigned/),
    );
    expect(await config.json()).toMatchObject({ identity: 'development', auth: { allow_insecure: true } });
  });
});
