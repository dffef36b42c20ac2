import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRequestIn } from '@awe/contract/requests';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from './checking/closed-schema.ts';
import { dataFaults } from './checking/data.ts';
import { difference } from './checking/masked.ts';
import type { Block } from './reading/block.ts';
import { kindOf } from './reading/kind.ts';
import { readPage } from './reading/page.ts';
import { openSession, type Session } from './running/session.ts';

const fenced = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`;
const blockOf = (info: string, text = 'x'): Block => {
  const [block] = readPage('a.md', fenced(info, text)).blocks;
  if (block === undefined) throw new Error('no block');
  return block;
};

describe('an output', () => {
  it.each([
    ['another id', 'done 01985d02-1f40-7b52-9c00-000000000021', 'done 01985d02-1f40-7b52-9c00-000000000099'],
    ['another time', 'at 2026-04-23T10:00:00.000Z', 'at 2027-01-01T00:00:00.123Z'],
    ['another duration', 'took 12 ms', 'took 7.5 ms'],
    ['anything for dots', 'a … z', 'a b c z'],
    ['any lines for a line of dots', 'a\n…\nz', 'a\nb\nc\nz'],
  ])('may have %s', (_, shown, printed) => {
    expect(difference(shown, printed)).toBeNull();
  });

  it.each([
    ['another word', 'approved', 'rejected'],
    ['a line more', 'a', 'a\nb'],
    ['a line less', 'a\nb', 'a'],
    ['another number', '8 of 8 changed', '7 of 8 changed'],
    ['another indentation', '  a', 'a'],
  ])('may not have %s', (_, shown, printed) => {
    expect(difference(shown, printed)).toContain('printed:');
  });

  it('that is an excerpt is one piece of what is printed, and unordered is all of its lines', () => {
    expect(difference('b\nc', 'a\nb\nc\nd', 'excerpt')).toBeNull();
    expect(difference('b\nd', 'a\nb\nc\nd', 'excerpt')).not.toBeNull();
    expect(difference('d\nb', 'a\nb\nc\nd', 'unordered')).toBeNull();
    expect(difference('e', 'a\nb', 'unordered')).not.toBeNull();
  });
});

describe('a block', () => {
  it.each(['', 'text', 'json', 'yaml', 'ts', 'python', 'http'])(
    'fenced as "%s" is nothing by itself',
    (info) => {
      expect(kindOf(blockOf(info))).toBeNull();
    },
  );

  it('is what its marks say', () => {
    expect(kindOf(blockOf('bash exit=2'))).toEqual({ kind: 'command' });
    expect(kindOf(blockOf('ts save=a.ts'))).toEqual({ kind: 'saved', file: 'a.ts' });
    expect(kindOf(blockOf('sh exception=measuring'))).toEqual({ kind: 'exception', name: 'measuring' });
  });

  it('of data is refused for what is missing, wrong, or unknown', () => {
    const good = { policy_key: 'p', artifact_type: 't', artifact_id: 'i' };
    expect(faultsOf(CreateRequestIn, good)).toEqual([]);
    expect(faultsOf(CreateRequestIn, { ...good, artifact_id: 7 })).toEqual([
      expect.stringContaining('/artifact_id'),
    ]);
    expect(faultsOf(CreateRequestIn, { ...good, colour: 'red' })).toEqual([
      expect.stringContaining('colour'),
    ]);
    const policy =
      'policy_key: p\nname: n\nartifact_type: t\nstages: [{ name: s, stage_order: 1, mode: most }]';
    expect(dataFaults(blockOf('yaml policy', policy), { kind: 'policy' })).toEqual([
      expect.stringContaining('stages[0].mode: "most" is none of'),
    ]);
    expect(dataFaults(blockOf('yaml', 'awe: { serfer: {} }'), { kind: 'settings' })).toEqual([
      expect.stringContaining('serfer'),
    ]);
  });
});

describe('the shell of a page', () => {
  let directory: string;
  let session: Session;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'awe-shell-'));
    session = openSession(directory, { PATH: process.env.PATH });
  });
  afterAll(async () => {
    await session.close();
    await rm(directory, { recursive: true });
  });

  it('keeps what a block sets, and shows errors, too', async () => {
    await session.run('name=ada; cd /');
    expect(await session.run('echo "$name"; pwd >&2')).toEqual({ code: 0, output: 'ada\n/\n' });
  });

  it('tells what a program that stays prints, when it does', async () => {
    const staying = session.stay('echo one; exec cat');
    while (!staying.printed().includes('one')) await staying.more();
    expect(staying.ended()).toBe(false);
  });

  it('fails a block at its first failing command', async () => {
    const { code, output } = await session.run('echo one; ls /nowhere | cat; echo two');
    expect(code).not.toBe(0);
    expect(output).toMatch(/^one\n.*nowhere/);
    expect(output).not.toContain('two');
  });
});

describe('a page', () => {
  it('has the anchors of its headings, numbered where they repeat, and every address that it names', () => {
    const { anchors, links } = readPage(
      'a.md',
      '# What `is` done?\n## Same\n## Same\n[a](b.md#c) <img src="d.png">',
    );
    expect([...anchors]).toEqual(['what-is-done', 'same', 'same-1']);
    expect(links.map(({ address }) => address)).toEqual(['b.md#c', 'd.png']);
  });
});
