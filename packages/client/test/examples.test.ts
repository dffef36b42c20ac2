import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../../server/demo/caller.ts';
import { changeRequestPolicy } from '../../server/demo/policies.ts';
import { caller, openStand, person, SECRET, type Stand } from '../../server/test/service/stand.ts';
import { storyOf } from '../../server/test/service/story.ts';

let stand: Stand;
let env: Record<string, string>;
const running: Example[] = [];

beforeAll(async () => {
  stand = await openStand();
  await stand.publish(changeRequestPolicy);
  env = {
    AWE_URL: `${stand.services[0]?.url}`,
    AWE_TOKEN: tokenOf(caller),
    AWE_WEBHOOK_SECRET: SECRET,
    PORT: '0',
  };
});
afterAll(async () => {
  for (const { child } of running) child.kill();
  await stand.close();
});

describe('examples/', () => {
  it('create-and-wait and inbox carry a change from its request to its end', async () => {
    const waiting = start('create-and-wait.ts');
    await waiting.says(/asked: (\S+)/);
    for (const approver of ['olga', 'dora']) {
      const inbox = start('inbox.ts', { APPROVER_TOKEN: tokenOf(person(approver)) });
      expect(await inbox.ended).toEqual({ code: 0, printed: 'cr-1, due any time: approved\n' });
    }
    expect(await waiting.ended).toMatchObject({
      code: 0,
      printed: expect.stringContaining('cr-1 is approved\n'),
    });
  });

  it.each(['node', 'express', 'fastify', 'hono'])('webhooks-%s is told by the service', async (server) => {
    const receiver = start(`webhooks-${server}.ts`);
    const callback_url = await receiver.says(/listening on (\S+)/);
    const { create, decide } = storyOf(stand);
    const artifact_id = `cr-${server}`;
    const { body } = await create(changeRequestPolicy.policy_key, { callback_url, artifact_id });
    await decide(body.request_id, 'omar', 'approve');
    await decide(body.request_id, 'dora', 'approve');
    expect(await receiver.says(/apply (\S+)/)).toBe(artifact_id);
  });

  it.each([
    ['testing-your-receiver', 2],
    ['once-with-sqlite', 3],
  ])('%s is a program of %d tests that pass', async (name, count) => {
    const { code, printed } = await start(`${name}.ts`).ended;
    expect(printed).toMatch(new RegExp(`pass ${count}\\n`));
    expect(code).toBe(0);
  });
});

type Example = {
  child: ChildProcess;
  /** What stands in the group of the pattern, once it is printed; rejects when the example ends without it. */
  says: (pattern: RegExp) => Promise<string>;
  ended: Promise<{ code: number | null; printed: string }>;
};

/** The example as a process of its own, as a reader runs it. */
function start(name: string, more: Record<string, string> = {}): Example {
  const file = fileURLToPath(new URL(`../examples/${name}`, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=awe-source', file], { env: { ...env, ...more } });
  let printed = '';
  let failed = '';
  const looking: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
    for (const look of looking) look();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    failed += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, printed }));
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(printed)?.[1];
        if (found !== undefined) resolve(found);
      };
      looking.push(look);
      look();
      void ended.then(() =>
        reject(new Error(`${name} ended without saying ${pattern}: ${printed}${failed}`)),
      );
    });
  const example = { child, says, ended };
  running.push(example);
  return example;
}
