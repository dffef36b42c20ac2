import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStand, type Stand } from '../../server/test/service/stand.ts';
import { policyOf, user } from '../../server/test/service/story.ts';
import { aweOn, runAwe } from './run-awe.ts';
import { scratchDirectory } from './scratch-directory.ts';

type Created = { request_id: string; status: string; tasks: { id: string; assignee: string }[] };
type Shown = {
  status: string;
  tasks: { status: string; assignee: string }[];
  events: { event_type: string }[];
};
type Row = { id: string; assignee: string; status: string };

const directory = scratchDirectory();
let stand: Stand;
let url: string;
let registry: ReturnType<typeof aweOn>;
let olga: ReturnType<typeof aweOn>;
let ada: ReturnType<typeof aweOn>;

beforeAll(async () => {
  stand = await openStand();
  url = stand.services[0]?.url ?? '';
  registry = aweOn(url, 'registry-service');
  olga = aweOn(url, 'olga');
  ada = aweOn(url, 'ada:AWE_ADMIN');
  await stand.publish(
    policyOf('any-of-two', [
      { mode: 'any-n', rules: [user('olga'), user('omar')] },
      { rules: [user('dora')] },
    ]),
  );
  await stand.publish(
    policyOf('two-for-olga', [
      { rules: [user('olga')], parallel_group: 1 },
      { rules: [user('olga')], parallel_group: 1 },
    ]),
  );
});
afterAll(() => stand.close());

async function create(policy: string, artifact: string, ...more: string[]): Promise<Created> {
  return registry.json('request', 'create', '-p', policy, '-a', `test.artifact/${artifact}`, ...more);
}

describe('a request from its start to its end', () => {
  it('is created with a context, decided by request and by task, and watched to its end', async () => {
    const { request_id, tasks } = await create('any-of-two', 'CR/1', '-c', '{"amount": 2500}');
    expect(tasks.map(({ assignee }) => assignee)).toEqual(['olga', 'omar']);
    expect(await olga.awe(['task', 'decide', 'approve', '--request', request_id, '-m', 'fits'])).toEqual({
      code: 0,
      stderr: '',
      stdout: `Recorded: approve by olga, stage 1 of request ${request_id}.\n`,
    });
    const [task] = await aweOn(url, 'dora').json<Row[]>('task', 'list');
    const decided = await aweOn(url, 'dora').json('task', 'decide', 'approve', task?.id ?? '');
    expect(decided).toMatchObject({ action: 'approve', actor: 'dora', request_id });

    const shown = await registry.json<Shown>('request', 'get', request_id);
    expect(shown).toMatchObject({
      id: request_id,
      status: 'approved',
      artifact_id: 'CR/1',
      context: { amount: 2500 },
    });
    expect(shown.tasks.map(({ assignee, status }) => `${assignee} ${status}`).sort()).toEqual([
      'dora completed',
      'olga completed',
      'omar skipped',
    ]);
    const watched = await registry.awe(['request', 'watch', request_id, '--json']);
    expect(watched.code).toBe(0);
    const lines = watched.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).event_type);
    expect(lines).toEqual(shown.events.map(({ event_type }) => event_type));
    expect(lines.at(-1)).toBe('request_approved');
  });

  it('takes the context from a file and from standard input', async () => {
    await writeFile(join(directory(), 'context.json'), '{"amount": 7}');
    const line = ['request', 'create', '-p', 'any-of-two', '-a', 'test.artifact/a-2', '-c'];
    const fromFile = await registry.awe([...line, 'context.json'], { cwd: directory() });
    const piped = await registry.awe([...line, '-'], { input: '{"amount": 8}' });
    for (const [{ code, stdout }, amount] of [
      [fromFile, 7],
      [piped, 8],
    ] as const) {
      expect(code).toBe(0);
      expect(await registry.json('request', 'get', stdout.trim())).toMatchObject({ context: { amount } });
    }
  });

  it('prints the id alone into a pipe, and the same id for the same key', async () => {
    const line = [
      'request',
      'create',
      '-p',
      'any-of-two',
      '-a',
      'test.artifact/a-3',
      '--idempotency-key',
      'a-3',
    ];
    const first = await registry.awe(line);
    expect(first).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^[0-9a-f-]{36}\n$/) });
    expect(await registry.awe(line)).toEqual(first);
    const other = await registry.awe([...line, '-c', '{"amount": 1}']);
    expect(other).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/AWE-009, status 409, request id \S+\)\n$/),
    });
  });

  it('ends a watch with 4 when it is rejected and 5 when it is cancelled', async () => {
    const rejected = await create('any-of-two', 'a-4');
    await olga.awe(['task', 'decide', 'reject', '--request', rejected.request_id]);
    const cancelled = await create('any-of-two', 'a-5');
    const ended = await ada.awe([
      'request',
      'cancel',
      cancelled.request_id,
      '-r',
      'withdrawn',
      '--on-behalf-of',
      'desk',
    ]);
    expect(ended).toEqual({ code: 0, stderr: '', stdout: `Request ${cancelled.request_id} is cancelled.\n` });
    expect(await registry.awe(['request', 'watch', rejected.request_id])).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/request_rejected .*\n$/),
    });
    expect(await registry.awe(['request', 'watch', cancelled.request_id])).toMatchObject({
      code: 5,
      stdout: expect.stringMatching(/request_cancelled {2}.*reason=withdrawn/),
    });
  });

  it('goes on watching until the end comes, and stops at once when it is told to', async () => {
    const { request_id } = await create('any-of-two', 'a-6');
    const stop = new AbortController();
    const abandoned = registry.awe(['request', 'watch', request_id, '--interval', '3600'], {
      signal: stop.signal,
      onOutput: (text) => text.includes('stage_started') && stop.abort(),
    });
    expect(await abandoned).toMatchObject({ code: 130, stderr: '' });
    const watching = registry.awe(['request', 'watch', request_id, '--interval', '0.1'], {
      onOutput: (text) => {
        if (text.includes('stage_started'))
          void olga.awe(['task', 'decide', 'reject', '--request', request_id]);
      },
    });
    expect((await watching).code).toBe(4);
  });
});

describe('lists', () => {
  it('are full rows with tabs in a pipe, as many as were asked for, newest first', async () => {
    for (const artifact of ['l-1', 'l-2', 'l-3']) await create('any-of-two', artifact);
    const { stdout, stderr } = await registry.awe(['request', 'list', '--status', 'in_review', '-n', '2']);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(stderr).toBe('');
    expect(rows.map((row) => row.slice(1, 4))).toEqual([
      ['in_review', 'test.artifact/l-3', 'any-of-two@1'],
      ['in_review', 'test.artifact/l-2', 'any-of-two@1'],
    ]);
    expect(rows[0]?.[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(rows[0]?.[5]).toMatch(/^\d{4}-.*Z$/);
  });

  it('go through every page with --all, into one JSON array', async () => {
    const all = await registry.json<unknown[]>('request', 'list', '--all');
    const [counted] = await stand.sql<{ count: number }>(
      'select count(*)::int as count from approval_request',
    );
    expect(all).toHaveLength(counted?.count ?? -1);
    expect(await registry.json('request', 'list', '--artifact-id', 'nothing')).toEqual([]);
  });

  it('are a table with ages on a terminal, that says when there is more', async () => {
    const { stdout, stderr } = await registry.awe(['request', 'list', '-n', '1', '--no-color'], {
      typed: '',
      now: () => new Date(Date.now() + 3 * 86_400_000),
    });
    expect(stdout).toMatch(
      /^REQUEST +STATUS +ARTIFACT +POLICY +REQUESTER +CREATED\n[0-9a-f-]{36} .* 3d ago\n$/s,
    );
    expect(stderr).toBe('These are the newest 1; --all shows every one, --limit more of them.\n');
    const nobody = await aweOn(url, 'nobody').awe(['task', 'list'], { typed: '' });
    expect(nobody).toEqual({ code: 0, stdout: '', stderr: 'No task fits.\n' });
  });

  it('colour a status on a terminal only, and not against NO_COLOR', async () => {
    const line = ['request', 'list', '--status', 'approved', '-n', '1'];
    const green = '\u001b[32mapproved';
    expect((await registry.awe(line, { typed: '' })).stdout).toContain(green);
    expect((await registry.awe(line, { typed: '', env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
    expect((await registry.awe(line)).stdout).not.toContain('\u001b');
  });
});

describe('tasks', () => {
  it('are claimed, reassigned and decided for somebody else', async () => {
    const { request_id, tasks } = await create('any-of-two', 't-1');
    const [olgas, omars] = tasks;
    expect(await olga.json('task', 'claim', olgas?.id ?? '')).toMatchObject({ status: 'claimed' });
    expect(await ada.json('task', 'reassign', omars?.id ?? '', 'oona', '-r', 'on leave')).toMatchObject({
      assignee: 'oona',
      reassigned_from: 'omar',
    });
    const everybody = ['task', 'list', '--request', request_id, '--assignee', '*', '--status'];
    expect((await ada.json<Row[]>(...everybody, 'any')).map(({ status }) => status).sort()).toEqual([
      'claimed',
      'open',
      'reassigned',
    ]);
    expect(await ada.json<Row[]>(...everybody, 'open')).toMatchObject([{ assignee: 'oona' }]);
    const decided = ['task', 'decide', 'approve', '--request', request_id, '--assignee', 'oona'];
    expect(await ada.json(...decided)).toMatchObject({ actor: 'ada', action: 'approve' });
  });

  it('have to be named when a request has none of yours, or several', async () => {
    const { request_id } = await create('two-for-olga', 't-2');
    const { code, stderr } = await olga.awe(['task', 'decide', 'approve', '--request', request_id]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^awe: You have 2 tasks on request \S+; name one of them: \S+ \(stage \d\), \S+ \(stage \d\)\.\n$/,
    );
    expect(await registry.awe(['task', 'decide', 'approve', '--request', request_id])).toEqual({
      code: 1,
      stdout: '',
      stderr: `awe: You have no task to decide on request ${request_id}. Who has: awe task list --request ${request_id} --assignee '*'\n`,
    });
  });
});

describe('what goes wrong is one line with code, status and request id', () => {
  const unknown = '00000000-0000-7000-8000-000000000000';

  it.each([
    [['request', 'get', unknown], 'AWE-003', 404],
    [['request', 'watch', unknown], 'AWE-003', 404],
    [['task', 'claim', unknown], 'AWE-004', 404],
    [['request', 'create', '-p', 'none', '-a', 'a/b'], 'AWE-001', 404],
    [['request', 'cancel', unknown], 'AWE-008', 403],
  ])('%j', async (line, code, status) => {
    const ended = await olga.awe(line);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(new RegExp(`^awe: .+ \\(${code}, status ${status}, request id \\S+\\)\n$`));
  });

  it('does not repeat the words of a token command that fails, which may hold a secret', async () => {
    const command = 'echo not today >&2; exit 3 # hidden';
    expect(await runAwe(['--url', url, 'task', 'list'], { env: { AWE_TOKEN_COMMAND: command } })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'awe: The token command failed: not today. Try it by itself.\n',
    });
  });

  it('says how to give a token when there is none', async () => {
    const ended = await runAwe(['--url', url, 'task', 'list']);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(
      /\(AWE-008, status 401, .*\) Give a token with AWE_TOKEN, .*--as ada:AWE_ADMIN\.\n$/,
    );
  });

  it('shows the stack with AWE_DEBUG only', async () => {
    const { stderr } = await olga.awe(['request', 'get', unknown], { env: { AWE_DEBUG: '1' } });
    expect(stderr).toMatch(/\n\s+at /);
  });

  it('lists every place of a wrong shape', async () => {
    const { code, stderr } = await ada.awe(['secret', 'create', '']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/name.*\(INVALID_SHAPE, status 422, request id \S+\)\n$/);
  });
});
