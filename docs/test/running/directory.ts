import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../packages/server/test/safety/source-files.ts';

/** Where a page is played: it looks like the repository, and what is written into it goes with it. */
export type Directory = { path: string; remove: () => Promise<void> };

/** With `empty` there is nothing in it but the installed packages. */
export async function openDirectory(empty: boolean): Promise<Directory> {
  const path = await mkdtemp(join(tmpdir(), 'awe-page-'));
  const entries = empty ? ['node_modules'] : (await readdir(ROOT)).filter((name) => !LEFT.has(name));
  await Promise.all(entries.map((name) => symlink(join(ROOT, name), join(path, name))));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** What a page makes itself, or must not see. */
const LEFT = new Set(['.git', '.awe', 'config']);
