import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCaller } from '../../demo/caller.ts';
import { healthBecomes, type ServiceProcess, startProcess } from './service-process.ts';

const admin = { sub: 'ada', roles: ['AWE_ADMIN'] };
const policy = { policy_key: 'kept', name: 'Kept', artifact_type: 't' };

let directory: string;
const running: ServiceProcess[] = [];

function start(env: Record<string, string> = {}): ServiceProcess {
  const service = startProcess(directory, env);
  running.push(service);
  return service;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'awe-process-'));
  // For root: where the account of PostgreSQL gets through, the data stays in the directory, and goes with it.
  await chmod(directory, 0o711);
});
afterEach(async () => {
  for (const service of running.splice(0)) {
    service.process.kill('SIGTERM');
    await service.ended;
  }
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the service as a process, on its embedded database', () => {
  it('starts, serves, and stops with exit code 0 on SIGTERM', async () => {
    const service = start();
    const url = await service.up;
    await healthBecomes(url, 200);
    await createCaller(url).call(admin, 'POST', '/policies', policy);
    service.process.kill('SIGTERM');
    expect(await service.ended).toEqual({ code: 0, stderr: '' });
  });

  it('is not kept from stopping by a connection that says nothing, or half of a call', async () => {
    const service = start();
    const { hostname, port } = new URL(await service.up);
    const silent = connect(Number(port), hostname);
    const half = connect(Number(port), hostname);
    half.write('POST /v1/awe/requests HTTP/1.1\r\nHost: x\r\n');
    await Promise.all([once(silent, 'connect'), once(half, 'connect')]);
    // Cut short is how they may end, so that an error on the way is no news.
    const cut = [silent, half].map(
      (socket) =>
        new Promise((resolve) =>
          socket
            .on('error', () => {})
            .on('close', resolve)
            .resume(),
        ),
    );
    service.process.kill('SIGTERM');
    expect((await service.ended).code).toBe(0);
    await Promise.all(cut);
  }, 15_000);

  it('has everything again after kill -9', async () => {
    const first = start();
    await first.up;
    first.process.kill('SIGKILL');
    await first.ended;
    const url = await start().up;
    const policies = await createCaller(url).call(admin, 'GET', '/policies');
    expect(policies).toMatchObject([{ policy_key: 'kept' }]);
  });

  it('refuses a second start in the same directory, in one sentence', async () => {
    const first = start();
    await first.up;
    const { code, stderr } = await start().ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^awe: .*already.*\n$/);
  });

  it('says 503 while PostgreSQL is gone, and 200 again by itself', async () => {
    const url = await start().up;
    const pidFile = join(directory, '.awe/postgres/data/postmaster.pid');
    const postmaster = Number((await readFile(pidFile, 'utf8')).split('\n', 1)[0]);
    process.kill(postmaster, 'SIGKILL');
    await healthBecomes(url, 503);
    await healthBecomes(url, 200);
    const policies = await createCaller(url).call(admin, 'GET', '/policies');
    expect(policies).toMatchObject([{ policy_key: 'kept' }]);
  });
});

describe('a start that cannot be', () => {
  const refused = async (env: Record<string, string>) => {
    const { code, stderr } = await start(env).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^awe: /);
    expect(stderr).not.toMatch(/\n\s+at /);
    return stderr;
  };

  it('names the port that is taken', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as AddressInfo;
    const said = await refused({ AWE__SERVER__PORT: String(port) });
    expect(said).toBe(
      `awe: Port ${port} on 127.0.0.1 is taken by another program: stop it, or choose another port with AWE__SERVER__PORT.\n`,
    );
    squatter.close();
  });

  it('names the database that cannot be reached, without its password', async () => {
    const said = await refused({ DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:1/awe' });
    expect(said).toContain('127.0.0.1, port 1');
    expect(said).not.toContain('hunter2');
  });

  it('names the unknown setting and the nearest known one', async () => {
    const said = await refused({ AWE__WEBHOOK__MAX_ATEMPTS: '3' });
    expect(said).toContain('AWE__WEBHOOK__MAX_ATEMPTS');
    expect(said).toContain('webhook.max_attempts');
  });

  it('refuses unsigned tokens on an address that others can reach', async () => {
    expect(await refused({ AWE__SERVER__HOST: '0.0.0.0' })).toContain('AWE__AUTH__ALLOW_INSECURE');
  });
});
