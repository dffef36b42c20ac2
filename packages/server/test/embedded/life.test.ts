import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  lchown,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBinaries } from '../../src/embedded/binaries.ts';
import {
  directoryOf,
  failureOf,
  isOutcome,
  query,
  runService,
  type Service,
  spawnAs,
  stopService,
  type User,
  usersToTry,
} from './service-process.ts';

type Circumstance = { name: string; user: User; mode: number };

const users = await usersToTry();
const circumstances: Circumstance[] = users.flatMap((user) => {
  const own = { name: `${user.name} in a directory nobody else can enter`, user, mode: 0o700 };
  return user.uid === 0
    ? [{ name: 'root in a directory that all can enter', user, mode: 0o755 }, own]
    : [own];
});

describe.each(circumstances)('the embedded PostgreSQL, started by $name', ({ user, mode }) => {
  let home: string;
  let shared: string;
  let directory: string;
  const running = new Set<Service>();

  const start = (where = directory) => {
    const service = runService(user, where, shared);
    running.add(service);
    return service;
  };
  const lockFile = () => join(directory, 'postgres', 'data', 'postmaster.pid');
  const postmasterPid = async () => Number.parseInt(await readFile(lockFile(), 'utf8'), 10);

  beforeAll(async () => {
    home = await directoryOf(user, mode);
    shared = await directoryOf(user, 0o755);
    directory = join(home, '.awe');
    const service = start();
    await query(await service.url(), 'create table note (text text not null)');
    await stopService(service);
  });

  afterEach(async () => {
    await Promise.all([...running].map(stopService));
    running.clear();
  });

  afterAll(async () => {
    await rm(home, { recursive: true, force: true });
    await rm(shared, { recursive: true, force: true });
  });

  const write = async (service: Service) => {
    const text = randomBytes(8).toString('hex');
    await query(await service.url(), `insert into note values ('${text}')`);
    return text;
  };
  const has = async (service: Service, text: string) => {
    const rows = await query(await service.url(), `select from note where text = '${text}'`);
    return rows.length === 1;
  };

  it('keeps its data from one start to the next, and ends with exit code 0', async () => {
    const first = start();
    const text = await write(first);
    expect(await stopService(first)).toBe(0);
    const second = start();
    expect(await has(second, text)).toBe(true);
    expect(await stopService(second)).toBe(0);
  });

  it('is UTF-8 in code point order, in UTC, durable, and out of reach of TCP and of other users', async () => {
    const service = start();
    const [row] = await query(
      await service.url(),
      `select current_setting('server_encoding') encoding, current_setting('timezone') timezone,
        current_setting('fsync') fsync, current_setting('synchronous_commit') commit,
        current_setting('data_checksums') checksums, current_setting('listen_addresses') addresses,
        'Z' < 'a' as by_code_point, upper('é') as upper`,
    );
    expect(row).toEqual({
      encoding: 'UTF8',
      timezone: 'UTC',
      fsync: 'on',
      commit: 'on',
      checksums: 'on',
      addresses: '',
      by_code_point: true,
      upper: 'É',
    });
    const socketDirectory = new URL(await service.url()).searchParams.get('host')!;
    expect((await stat(socketDirectory)).mode & 0o777).toBe(0o700);
    await stopService(service);
  });

  it('brings PostgreSQL back on the same url when it is killed', async () => {
    const service = start();
    const text = await write(service);
    process.kill(await postmasterPid(), 'SIGKILL');
    await service.log(/ended unexpectedly \(SIGKILL\)/);
    await service.log(/is up again/);
    expect(await has(service, text)).toBe(true);
    expect(await stopService(service)).toBe(0);
  });

  it('ends PostgreSQL when the service is killed, and has all that was committed at the next start', async () => {
    const killed = start();
    const text = await write(killed);
    const witness = new pg.Client({ connectionString: await killed.url() });
    await witness.connect();
    witness.on('error', () => {});
    const disconnected = new Promise((resolve) => witness.once('end', resolve));
    killed.kill('SIGKILL');
    await disconnected;
    const next = start();
    expect(await has(next, text)).toBe(true);
    await stopService(next);
  });

  it('takes over from a PostgreSQL that was left running', async () => {
    const data = await realpath(join(directory, 'postgres', 'data'));
    const { uid, gid } = await stat(data);
    const account = { name: 'the owner of the data', uid, gid };
    const { postgres } = await findBinaries(user.uid === 0 ? account : null, shared);
    const sockets = await directoryOf(account, 0o700);
    const orphan = spawnAs(account, postgres, [
      '-D',
      data,
      '-c',
      'listen_addresses=',
      '-c',
      `unix_socket_directories=${sockets}`,
      '-c',
      'log_destination=stderr',
      '-c',
      'logging_collector=on',
    ]);
    const orphanEnded = once(orphan, 'exit');
    // Up, or on its way: either has to be dealt with; only its lock file has to be there.
    while ((await stat(lockFile()).catch(() => null)) === null) await new Promise(setImmediate);
    const service = start();
    const text = await write(service);
    expect(await orphanEnded).toEqual([0, null]);
    expect(await has(service, text)).toBe(true);
    expect(service.told).toContainEqual({
      line: `Stopping the PostgreSQL (pid ${orphan.pid}) that an earlier AWE left running`,
    });
    await stopService(service);
    await rm(sockets, { recursive: true });
  });

  it('is not kept from starting by a lock file whose pid is an unrelated process, and leaves that alone', async () => {
    const { uid, gid } = await stat(join(directory, 'postgres', 'data'));
    const bystander = spawnAs({ name: 'the owner of the data', uid, gid }, 'cat', []);
    await once(bystander, 'spawn');
    const data = await realpath(join(directory, 'postgres', 'data'));
    await writeFile(
      lockFile(),
      `${bystander.pid}\n${data}\n1750000000\n5432\n/tmp\n\n  1234567    654321\nready   \n`,
    );
    await lchown(lockFile(), uid, gid);
    const service = start();
    expect(await query(await service.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
    await stopService(service);
    expect(bystander.exitCode).toBeNull();
    const ended = once(bystander, 'exit');
    bystander.stdin!.end();
    expect(await ended).toEqual([0, null]);
    await writeFile(
      lockFile(),
      `${bystander.pid}\n${data}\n1750000000\n5432\n/tmp\n\n  1234567    654321\nready   \n`,
    );
    await lchown(lockFile(), uid, gid);
    const next = start();
    expect(await query(await next.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
    await stopService(next);
  });

  it('removes what a start that was killed half-way has left', async () => {
    const half = join(directory, 'postgres', 'data.new-killed');
    await mkdir(join(half, 'base'), { recursive: true });
    await Promise.all([half, join(half, 'base')].map((path) => lchown(path, user.uid, user.gid)));
    const service = start();
    await service.url();
    await stopService(service);
    expect((await readdir(join(directory, 'postgres'))).sort()).toEqual([
      'data',
      'owner.lock',
      'postgres.log',
    ]);
  });

  it('lets one of those that start at once in a new directory win, and tells the others why not; a copy elsewhere is free', async () => {
    const name = 'a copy, in a place whose path is far too long for a socket: ';
    const elsewhere = join(home, name.repeat(3), '.awe');
    const fresh = join(home, 'fresh', '.awe');
    const rivals = [start(fresh), start(fresh), start(fresh)];
    const copy = start(elsewhere);
    const outcomes = await Promise.all(rivals.map((rival) => rival.heard(isOutcome)));
    expect(outcomes.filter((outcome) => 'url' in outcome)).toHaveLength(1);
    const winner = rivals[outcomes.findIndex((outcome) => 'url' in outcome)]!;
    const refusal = await failureOf(rivals[outcomes.findIndex((outcome) => 'code' in outcome)]!);
    expect(refusal).toMatchObject({ code: 'already_running', exit: 1 });
    expect(refusal.message).toMatch(/^Another AWE( \(pid \d+\))? is already using /);
    const third = await failureOf(start(fresh));
    expect(third).toEqual({
      code: 'already_running',
      message: `Another AWE (pid ${winner.pid}) is already using ${fresh}: stop it, or start this one in another directory.`,
      exit: 1,
    });
    expect(await query(await winner.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await query(await copy.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(Buffer.byteLength(new URL(await copy.url()).searchParams.get('host')!)).toBeLessThan(90);
    const sockets = new URL(await copy.url()).searchParams.get('host')!;
    await Promise.all([stopService(winner), stopService(copy)]);
    expect(await stat(sockets).catch(() => null)).toBeNull();
  });

  it('lies in the directory where it can, else where the directory links to', async () => {
    const link = join(directory, 'postgres');
    const relocated = user.uid === 0 && mode === 0o700;
    expect((await lstat(link)).isSymbolicLink()).toBe(relocated);
    if (relocated) expect(await readlink(link)).toContain(shared);
    expect((await stat(join(link, 'data'))).mode & 0o777).toBe(0o700);
  });
});
