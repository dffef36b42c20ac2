import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaint, embeddedFailure } from '../../src/embedded/embedded-failure.ts';
import {
  directoryOf,
  failureOf,
  isOutcome,
  runService,
  stopService,
  type User,
  usersToTry,
} from './service-process.ts';

const users = await usersToTry();
const user = users.at(-1)!;

let home: string;
beforeAll(async () => {
  home = await directoryOf(user, 0o755);
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function make(path: string, owner: User = user): Promise<string> {
  await mkdir(path, { recursive: true });
  await chown(path, owner.uid, owner.gid);
  return path;
}

async function areaWith(name: string, file: string, content: string): Promise<string> {
  const directory = await make(join(home, name));
  await make(join(directory, 'postgres'));
  const data = await make(join(directory, 'postgres', 'data'));
  await writeFile(join(data, file), content);
  return directory;
}

describe('a start that cannot be, says why in a sentence and ends with exit code 1', () => {
  it('on data of another PostgreSQL', async () => {
    const directory = await areaWith('older', 'PG_VERSION', '14\n');
    expect(await failureOf(runService(user, directory, home))).toEqual({
      code: 'wrong_version',
      message: `${directory}/postgres/data was written by PostgreSQL 14, and this AWE comes with 18: dump it with a PostgreSQL 14, move the directory away, start AWE once and restore the dump, or set DATABASE_URL.`,
      exit: 1,
    });
  });

  it('on files that are no database', async () => {
    const directory = await areaWith('letters', 'letter.txt', 'Dear Sir');
    expect(await failureOf(runService(user, directory, home))).toEqual({
      code: 'foreign_data',
      message: `${directory}/postgres/data holds files but no PostgreSQL database: move it away to start with an empty one.`,
      exit: 1,
    });
  });

  it.each(users.filter(({ uid }) => uid !== 0))('where $name may not write', async (ordinary) => {
    const directory = await make(join(home, 'locked'), ordinary);
    await chmod(directory, 0o555);
    expect(await failureOf(runService(ordinary, directory, home))).toEqual({
      code: 'not_writable',
      message: `The embedded PostgreSQL could not use ${directory} (EACCES: permission denied, mkdir '${directory}/postgres'): start as the user who owns ${directory}, make it writable, or set DATABASE_URL.`,
      exit: 1,
    });
  });

  it('when PostgreSQL comes back broken time and again', async () => {
    const directory = await make(join(home, 'broken'));
    const service = runService(user, directory, home);
    await service.url();
    const data = await realpath(join(directory, 'postgres', 'data'));
    await rename(join(data, 'global', 'pg_control'), join(data, 'global', 'pg_control.gone'));
    process.kill(Number.parseInt(await readFile(join(data, 'postmaster.pid'), 'utf8'), 10), 'SIGKILL');
    const failure = await failureOf(service);
    expect(failure).toMatchObject({ code: 'server_failed', exit: 1 });
    expect(failure.message).toMatch(
      /^The embedded PostgreSQL could not start: .*pg_control.* \(its log is .*postgres\.log\)$/,
    );
  });
});

// Only root can make a disk that is small, and not root in every container.
const canMount =
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

describe('a disk that is full', () => {
  it.each(canMount ? ['1m', '20m', '40m'] : [])('of %s, is what the sentence says', async (size) => {
    const disk = await make(join(home, `disk-${size}`));
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0777`, 'tmpfs', disk]).status).toBe(0);
    const directory = join(disk, '.awe');
    const service = runService(user, directory, home);
    const outcome = await service.heard(isOutcome).finally(async () => {
      await stopService(service);
      spawnSync('umount', [disk]);
    });
    expect(outcome).toEqual({
      code: 'disk_full',
      message: `The disk that holds ${directory}/postgres is full: free some space and start again.`,
    });
  });

  it.each([
    'FATAL:  could not write to file "pg_wal/xlogtemp.44": No space left on device',
    '2026-01-01 10:00:00.000 UTC [44] PANIC:  could not write to file "pg_wal/xlogtemp.44": No space left on device\nLOG:  startup process was terminated',
    'initdb: error: could not create directory "/x": Disk quota exceeded\ninitdb: removing contents',
  ])('is recognised in what PostgreSQL says: %s', (output) => {
    const failure = embeddedFailure(complaint(output, 'exit code 1'), 'start', '/x/.awe');
    expect(failure).toMatchObject({
      code: 'disk_full',
      message: 'The disk that holds /x/.awe is full: free some space and start again.',
    });
  });
});
