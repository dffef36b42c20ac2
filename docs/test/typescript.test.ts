import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../packages/server/test/safety/source-files.ts';
import { placeOf } from './reading/block.ts';
import { kindOf } from './reading/kind.ts';
import { readPages } from './reading/page.ts';

/** The programs that pages have their readers write. */
const programs = readPages()
  .flatMap((page) => page.blocks)
  .flatMap((block) => {
    const kind = kindOf(block);
    return kind?.kind === 'saved' && block.language === 'ts' ? [{ block, file: kind.file }] : [];
  });

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'awe-typescript-'));
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it('TypeScript in a document has the types that it needs', async () => {
  expect(programs.length).toBeGreaterThan(1);
  const files = await Promise.all(
    programs.map(async ({ block, file }) => {
      const path = join(directory, placeOf(block).replaceAll(/[^\w.]/g, '-'), file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, block.text);
      return path;
    }),
  );
  const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions: { types: ['node'] }, files };
  await writeFile(join(directory, 'package.json'), '{"type": "module"}');
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(config));
  expect(await compile(directory)).toBe('');
});

/** What the compiler says: nothing when all is well. */
function compile(project: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(join(ROOT, 'node_modules/.bin/tsc'), ['-p', project], (_, stdout) => resolve(stdout));
  });
}
