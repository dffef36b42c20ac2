import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { startScratch } from '@awe/server/embedded/scratch';
import { execForm } from './dockerfile.ts';
import type { LaidOut } from './image.ts';

/** Somebody other than the owner of the files, who can write none of them. */
type Account = { uid: number; gid: number } | null;

const IDENTITY = {
  AWE__KEYCLOAK__ISSUER: 'https://keycloak.example.org/realms/awe',
  AWE__SECRETS__ENCRYPTION_KEYS: JSON.stringify([Buffer.alloc(32, 7).toString('base64')]),
  // Any free one, so that two runs do not meet.
  AWE__SERVER__PORT: '0',
};

/**
 * Runs the image's own start command in what was laid out, as an account that may write nothing there, on a scratch
 * PostgreSQL: it says what is missing without DATABASE_URL, is healthy, serves the portal, and stops on SIGTERM.
 * @throws AssertionError
 */
export async function runImage(image: LaidOut, commit: string): Promise<void> {
  const database = await startScratch();
  try {
    // The socket lets nobody in but PostgreSQL's own account.
    const socket = new URL(database.url.replace('@/', '@localhost/')).searchParams.get('host') ?? '';
    const account = process.getuid?.() === 0 ? await stat(socket) : null;
    await toldWhatIsMissing(image, account);
    await livesAndStops(image, account, database.url, commit);
  } finally {
    await database.stop();
  }
}

async function toldWhatIsMissing(image: LaidOut, account: Account): Promise<void> {
  const { child, stderr } = await start(image, 'CMD', account, IDENTITY);
  const [code] = await once(child, 'exit');
  assert.equal(code, 1, 'without DATABASE_URL the image must not start');
  assert.match(await stderr, /^awe: .*set DATABASE_URL/s);
}

async function livesAndStops(
  image: LaidOut,
  account: Account,
  databaseUrl: string,
  commit: string,
): Promise<void> {
  const { child, stderr } = await start(image, 'CMD', account, { ...IDENTITY, DATABASE_URL: databaseUrl });
  const exit = once(child, 'exit');
  try {
    const { port } = new URL(await address(child, stderr));
    const url = `http://127.0.0.1:${port}`;
    const checkHealth = () => checkedHealth(image, account, port);
    assert.equal((await fetch(`${url}/v1/awe/health`)).status, 200);
    assert.equal(await checkHealth(), 0, 'HEALTHCHECK must succeed while the service is healthy');
    const portal = await fetch(url, { headers: { accept: 'text/html' } });
    assert.equal(portal.status, 200, 'the image must contain the portal');
    assert.match(await portal.text(), /<script type="module"/);
    const version = await fetch(`${url}/v1/awe/version`);
    assert.match(await version.text(), new RegExp(`"git_commit":"${commit}"`));
    child.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null], 'SIGTERM must end the service with exit code 0');
    assert.equal(await checkHealth(), 1, 'HEALTHCHECK must fail when nobody answers');
  } finally {
    child.kill('SIGKILL');
  }
}

async function checkedHealth(image: LaidOut, account: Account, port: string): Promise<number> {
  const { child } = await start(image, 'HEALTHCHECK', account, { AWE__SERVER__PORT: port });
  const [code] = await once(child, 'exit');
  return code;
}

/** Starts what the image's last instruction of this word names, with the image's environment and `given`, and nothing else. */
async function start(
  { app, env, stage }: LaidOut,
  word: 'CMD' | 'HEALTHCHECK',
  account: Account,
  given: Record<string, string>,
) {
  const instruction = stage.instructions.findLast((one) => one.word === word);
  const [program = '', ...args] = (instruction && execForm(instruction)) ?? [];
  assert.equal(program, 'node');
  const child = spawn(await nodeFor(app), args, {
    cwd: app,
    env: { ...env, ...given },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  return { child, stderr: text(child.stderr) };
}

/** The Node that runs here, where another account gets through to it. */
async function nodeFor(app: string): Promise<string> {
  const node = join(dirname(app), 'node');
  if ((await stat(node).catch(() => null)) === null) {
    await copyFile(process.execPath, node);
    await chmod(node, 0o755);
  }
  return node;
}

async function address(child: ChildProcess, stderr: Promise<string>): Promise<string> {
  let printed = '';
  for await (const chunk of child.stdout?.setEncoding('utf8') ?? []) {
    printed += chunk;
    const url = /"url":"([^"]+)","msg":"AWE is up/.exec(printed)?.[1];
    if (url !== undefined) {
      // Whoever stops reading must not stop the writer.
      return url;
    }
  }
  throw new Error(`the image's start command ended before it was up: ${await stderr}`);
}
