import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENCRYPTION_KEYS, openStand, SECRET, type Stand } from '../../server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import packageJson from '../package.json' with { type: 'json' };
import { AWE, hasSaid, startProcess } from './awe-process.ts';
import { aweOn } from './run-awe.ts';
import { scratchDirectory } from './scratch-directory.ts';

const directory = scratchDirectory();
let stand: Stand;
let url: string;

beforeAll(async () => {
  stand = await openStand();
  url = stand.services[0]?.url ?? '';
  await stand.publish(policyOf('one', [{ rules: [user('olga')] }]));
});
afterAll(() => stand.close());

const awe = (...args: string[]) => startProcess(AWE, ['--url', url, '--as', 'ada:AWE_ADMIN', ...args]);

describe('the process', () => {
  it('ends with 0 and prints the result only, or with 64 and says what it did not understand', async () => {
    expect(await startProcess(AWE, ['--version']).ended).toEqual({
      code: 0,
      stderr: '',
      stdout: `${packageJson.version}\n`,
    });
    expect(await startProcess(AWE, ['tsk']).ended).toMatchObject({
      code: 64,
      stdout: '',
      stderr: expect.stringMatching(/^awe: unknown command 'tsk'\n\(Did you mean task\?\)\n/),
    });
  });

  it('stops watching at Ctrl-C, without a word', async () => {
    const { request_id } = (await storyOf(stand).create('one')).body;
    const watching = awe('request', 'watch', request_id, '--interval', '3600');
    await hasSaid(watching, 'stage_started');
    watching.process.kill('SIGINT');
    expect(await watching.ended).toMatchObject({ code: 130, stderr: '' });
  });

  it('ends when whoever reads it has gone', async () => {
    // More than fits into a pipe.
    const context = { text: 'x'.repeat(200_000) };
    await storyOf(stand).create('one', { context });
    const line = `"$AWE" --url ${url} --as ada:AWE_ADMIN export - | (head -c 10; echo); echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await startProcess('bash', ['-c', line], { env: { AWE } }).ended;
    expect({ stdout, stderr }).toEqual({ stdout: '{"type":"e\n141\n', stderr: '' });
  });

  it('says that the output cannot be written, as on a disk that is full', async () => {
    const { ended } = startProcess('sh', ['-c', '"$AWE" completion bash > /dev/full'], { env: { AWE } });
    expect(await ended).toEqual({
      code: 1,
      stdout: '',
      stderr: 'awe: The output cannot be written: ENOSPC: no space left on device, write.\n',
    });
  });

  it('runs the token command again when its token is refused', async () => {
    const command = 'echo asked >> asked; echo "not-a-token-$(wc -l < asked | tr -d " ")"';
    const { ended } = startProcess(AWE, ['--url', url, 'task', 'list'], {
      cwd: directory(),
      env: { AWE_TOKEN_COMMAND: command },
    });
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /AWE-008, status 401.* What the token command prints is refused, also when it is run again\.\n$/,
    );
    const counted = await startProcess('wc', ['-l', 'asked'], { cwd: directory() }).ended;
    expect(counted.stdout).toBe('2 asked\n');
  });

  it('loads nothing of the service for a command that asks one', async () => {
    const hook = `import { registerHooks } from 'node:module';
      registerHooks({ load: (url, context, next) => { process.stderr.write(url + '\\n'); return next(url, context); } });`;
    const { code, stderr } = await startProcess(AWE, ['--url', url, '--as', 'olga', 'task', 'list'], {
      env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hook)}` },
    }).ended;
    expect(code).toBe(0);
    expect(stderr).toContain('packages/cli/src/tasks/list.ts');
    expect(stderr).not.toMatch(
      /packages\/(server|contract|engine|wording)\/|fastify|typebox|cli-table3|cli-progress|yaml/,
    );
  });
});

it('a watch outlives a service that is away for a moment', async () => {
  const { request_id } = (await storyOf(stand).create('one')).body;
  const relay = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const each of [near, far]) each.on('error', () => each.destroy());
    near.on('close', () => far.destroy());
    open.add(near);
  });
  const open = new Set<Socket>();
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const { port } = relay.address() as AddressInfo;
  const close = () => {
    relay.close();
    for (const each of open) each.destroy();
  };
  const watched = await aweOn(`http://127.0.0.1:${port}`, 'registry-service').awe(
    ['request', 'watch', request_id, '--interval', '0.1'],
    {
      onOutput: (text) => text.includes('stage_started') && close(),
      onError: async () => {
        relay.listen(port, '127.0.0.1');
        await aweOn(url, 'ada:AWE_ADMIN').awe(['request', 'cancel', request_id]);
      },
    },
  );
  close();
  expect(watched).toMatchObject({
    code: 5,
    stdout: expect.stringMatching(/stage_started.*\n.*request_cancelled/),
    stderr: 'The service cannot be reached just now: it is asked again.\n',
  });
});

describe('awe serve', () => {
  it('is the service, and stops with exit code 0 on SIGTERM', async () => {
    const service = startProcess(AWE, ['serve'], {
      cwd: directory(),
      env: {
        NODE_ENV: 'production',
        AWE__SERVER__PORT: '0',
        DATABASE_URL: stand.databaseUrl,
        AWE__SECRETS__ENCRYPTION_KEYS: ENCRYPTION_KEYS,
        AWE__SECRETS__DEFAULT_CALLBACK_SECRET: SECRET,
      },
    });
    await hasSaid(service, 'AWE is up on http://127.0.0.1:');
    service.process.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0, stderr: '' });
  });
});
