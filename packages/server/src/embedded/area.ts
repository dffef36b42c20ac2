import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readlink,
  realpath,
  rm,
  rmdir,
  symlink,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EmbeddedFailure, errorCode } from './embedded-failure.ts';
import { type Account, run } from './run-as.ts';

/** Where one cluster and all that belongs to it lies. `root` is a real path: a copied or moved symlink leads to the same lock. */
export type Area = { root: string; data: string; log: string; lock: string; pid: string };

/** Sockets' paths end at 104 bytes on macOS and 108 on Linux, the final NUL included. */
const LONGEST_SOCKET = 103;
export const SOCKET_PORT = 5432;

async function canEnter(account: Account | null, directory: string): Promise<boolean> {
  if (account === null) return true;
  // Asking the kernel as that user counts access lists and mounts too, which mode bits do not show.
  const { code } = await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], account);
  return code === 0;
}

/** Modes are set after the fact: `mkdir` takes them through the umask. */
async function makeArea(path: string, account: Account | null): Promise<void> {
  await mkdir(path);
  await chmod(path, account === null ? 0o700 : 0o711);
}

/** The link is what decides when two starts race: the loser takes back its directory and follows the winner's. */
async function makeAreaElsewhere(link: string, shared: string): Promise<void> {
  if ((await mkdir(shared, { recursive: true })) !== undefined) await chmod(shared, 0o755);
  const name = basename(dirname(dirname(link))).replace(/[^\w.-]/g, '_');
  const place = await mkdtemp(join(shared, `${name.slice(0, 40)}-`));
  await chmod(place, 0o711);
  try {
    await symlink(place, link);
  } catch (error) {
    await rmdir(place);
    throw error;
  }
}

/**
 * Opens `<directory>/postgres`, creating it if need be. Where the account cannot enter the directory, the area lies under
 * `shared` and `<directory>/postgres` is a link to it. Throws `not_reachable`, `foreign_data`, and system errors.
 */
export async function openArea(directory: string, account: Account | null, shared: string): Promise<Area> {
  const link = join(directory, 'postgres');
  if ((await mkdir(directory, { recursive: true })) !== undefined) {
    await chmod(directory, account === null ? 0o700 : 0o711);
  }
  if ((await lstat(link).catch(() => null)) === null) {
    try {
      await ((await canEnter(account, directory))
        ? makeArea(link, account)
        : makeAreaElsewhere(link, shared));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
  const root = await realpath(link).catch(async (error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new EmbeddedFailure(
      'foreign_data',
      `${link} leads to ${await readlink(link)}, which is gone: bring it back, or remove the link to start with an empty database.`,
    );
  });
  if (!(await canEnter(account, root))) {
    throw new EmbeddedFailure(
      'not_reachable',
      `PostgreSQL runs as ${account?.name} here, who cannot enter ${root}: allow it (chmod o+x on the directories above), or set DATABASE_URL.`,
    );
  }
  const inside = (name: string) => join(root, name);
  return {
    root,
    data: inside('data'),
    log: inside('postgres.log'),
    lock: inside('owner.lock'),
    pid: inside('service.pid'),
  };
}

/** `rm` only of what `makeSocketDirectory` can have made: the link lies where others may write. */
async function removeLinked(link: string): Promise<void> {
  const target = await readlink(link).catch(() => null);
  if (target !== null && dirname(target) === '/tmp' && basename(target).startsWith('awe-')) {
    await rm(target, { recursive: true, force: true });
  }
}

/** Removes the socket's directory, wherever it is. */
export async function removeSocketDirectory(area: Area): Promise<void> {
  const run = join(area.root, 'run');
  await removeLinked(run);
  await rm(run, { recursive: true, force: true });
}

/**
 * A private, empty directory for the socket: only the server's account (and root) can enter it, which is what keeps other
 * users out. It is `<area>/run`, or a short place that `<area>/run` links to when that path is too long for a socket.
 */
export async function makeSocketDirectory(area: Area, account: Account | null): Promise<string> {
  await removeSocketDirectory(area);
  const inside = join(area.root, 'run');
  const short = Buffer.byteLength(join(inside, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET;
  const directory = short ? inside : await mkdtemp('/tmp/awe-');
  if (short) await mkdir(inside);
  else await symlink(directory, inside);
  await chmod(directory, 0o700);
  if (account !== null) await chown(directory, account.uid, account.gid);
  return directory;
}
