import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, openStand, type Stand } from '../../server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { aweOn, runAwe } from './run-awe.ts';
import { scratchDirectory } from './scratch-directory.ts';

const directory = scratchDirectory();
let stand: Stand;
let vera: ReturnType<typeof aweOn>;
let request: string;

beforeAll(async () => {
  stand = await openStand();
  vera = aweOn(stand.services[0]?.url ?? '', 'vera:AWE_VIEWER', { cwd: directory() });
  await stand.publish(policyOf('one', [{ rules: [user('olga')] }]));
  request = (await storyOf(stand).create('one')).body.request_id;
});
afterAll(() => stand.close());

const file = (name: string) => join(directory(), name);

describe('export', () => {
  it('writes a whole file, and does not overwrite one', async () => {
    const { stdout } = await vera.awe(['export', 'log.ndjson', '--json']);
    const lines = (await readFile(file('log.ndjson'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(JSON.parse(stdout)).toEqual({ file: file('log.ndjson'), lines: lines.length });
    expect(lines.at(0)?.type).toBe('export');
    expect(lines.at(-1)).toEqual({ type: 'end', lines: lines.length - 1 });
    expect(await vera.awe(['export', 'log.ndjson'])).toEqual({
      code: 64,
      stdout: '',
      stderr: 'awe: log.ndjson exists: choose another name, or add --force to overwrite it.\n',
    });
    expect((await vera.awe(['export', 'log.ndjson', '--force'])).code).toBe(0);
  });

  it('writes the same lines to standard output', async () => {
    const { stdout } = await vera.awe(['export', '-']);
    const types = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(types).toContain('request');
    expect(types.at(-1)).toBe('end');
    const none = await vera.awe(['export', '-', '--until', '2020-01-01']);
    expect(none.stdout).not.toContain('"type":"request"');
  });

  it('leaves nothing behind when it is stopped', async () => {
    const before = await readdir(directory());
    expect(await vera.awe(['export', 'stopped.ndjson'], { signal: AbortSignal.abort() })).toEqual({
      code: 130,
      stdout: '',
      stderr: '',
    });
    expect(await readdir(directory())).toEqual(before);
  });

  it('leaves nothing behind when it is refused', async () => {
    const before = await readdir(directory());
    const { code, stderr } = await aweOn(vera.url, 'olga', { cwd: directory() }).awe([
      'export',
      'refused.ndjson',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('AWE-008, status 403');
    expect(await readdir(directory())).toEqual(before);
  });
});

describe('verify', () => {
  it('is content with a file that nobody touched, without a service or a token', async () => {
    const kept = (await stand.call(admin, 'GET', '/admin/checkpoint')).body;
    await writeFile(file('kept.json'), JSON.stringify([kept]));
    await writeFile(file('key.json'), JSON.stringify(kept.key));
    await vera.awe(['export', 'whole.ndjson']);
    const line = ['verify', 'whole.ndjson', '--checkpoints', 'kept.json', '--key', 'key.json'];
    expect(await runAwe(line, { cwd: directory() })).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^1 requests, \d+ audit rows, 1 checkpoints\. Nothing is wrong\.\n$/),
    });
  });

  it('names what was changed, with exit code 1', async () => {
    await vera.awe(['export', 'touched.ndjson', '--force']);
    const text = await readFile(file('touched.ndjson'), 'utf8');
    await writeFile(file('touched.ndjson'), text.replace('"artifact_id":"a-1"', '"artifact_id":"a-2"'));
    const { code, stdout } = await runAwe(['verify', 'touched.ndjson', '--json'], { cwd: directory() });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      faults: [{ place: `request ${request}, event 1`, message: expect.stringContaining('was changed') }],
    });
  });

  it('fetches the export, and keeps it where it was told to', async () => {
    const { code, stdout, stderr } = await vera.awe(['verify', '--save', 'fetched.ndjson'], { typed: '' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/Nothing is wrong\.\n$/);
    expect(stderr).toContain('Exporting: lines');
    expect((await runAwe(['verify', 'fetched.ndjson'], { cwd: directory() })).code).toBe(0);
    expect((await vera.awe(['verify', '--json'])).stdout).toMatch(/"valid": true/);
  });

  it.each([
    [
      'a file that is not there',
      ['verify', 'nothing.ndjson'],
      2,
      /^awe: \S+nothing\.ndjson cannot be read: ENOENT.*\n$/,
    ],
    [
      'checkpoints that are none',
      ['verify', 'log.ndjson', '--checkpoints', 'log.ndjson'],
      2,
      /^awe: \S+log\.ndjson holds something that is no checkpoint\.\n$/,
    ],
    [
      'a range of files',
      ['verify', 'log.ndjson', '--since', '1d'],
      64,
      /^awe: --save, --since and --until go with an export that is fetched/,
    ],
  ])('tells %s from a log that is wrong', async (_, line, code, says) => {
    expect(await runAwe(line, { cwd: directory() })).toEqual({
      code,
      stdout: '',
      stderr: expect.stringMatching(says),
    });
  });
});
