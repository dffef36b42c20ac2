import { chown, lchown, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Area } from './area.ts';
import type { Binaries } from './binaries.ts';
import { complaint, EmbeddedFailure, embeddedFailure, errorCode } from './embedded-failure.ts';
import { type Account, run } from './run-as.ts';

export const SUPERUSER = 'awe';

/** Written to postgresql.conf once, where an operator may change them. */
const TUNING = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '60',
  max_wal_size: '512MB',
  // Statements here are short; compiling them costs more than running them.
  jit: 'off',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
};

const STAGING = 'data.new-';

async function versionOf(data: string): Promise<string | null> {
  return readFile(join(data, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    },
  );
}

async function isEmptyOrMissing(directory: string): Promise<boolean> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.length === 0;
}

async function giveAll(path: string, account: Account): Promise<void> {
  await lchown(path, account.uid, account.gid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await giveAll(inner, account);
    else await lchown(inner, account.uid, account.gid);
  }
}

async function removeHalfMade(area: Area): Promise<void> {
  for (const name of await readdir(area.root)) {
    // An initdb that outlived its service may still write there; what it leaves goes at the next start.
    if (name.startsWith(STAGING)) {
      await rm(join(area.root, name), { recursive: true, force: true }).catch(() => null);
    }
  }
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

async function createCluster(
  area: Area,
  binaries: Binaries,
  account: Account | null,
  durable: boolean,
): Promise<void> {
  const staging = await mkdtemp(join(area.root, STAGING));
  try {
    if (account !== null) await chown(staging, account.uid, account.gid);
    const { code, output } = await run(
      binaries.initdb,
      [
        `--pgdata=${staging}`,
        `--username=${SUPERUSER}`,
        // Only those who can enter the socket's directory get as far as being trusted; TCP is off.
        '--auth=trust',
        '--encoding=UTF8',
        // Built in, so that an upgrade of the system's libraries cannot change the order that indexes rely on.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
        ...Object.entries(TUNING).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
      ],
      account,
    );
    if (code !== 0)
      throw embeddedFailure(complaint(output, output.trim()), `create its data in ${area.root}`, area.root);
    await rename(staging, area.data);
    if (durable) await syncDirectory(area.root);
  } catch (error) {
    await rm(staging, { recursive: true, force: true }).catch(() => null);
    throw error;
  }
}

/**
 * Sees to it that the area has a cluster these binaries can run. A new one gets its name only when it is complete.
 * Only the area's owner may call this. Throws `wrong_version`, `foreign_data`, `disk_full`, `server_failed`.
 */
export async function ensureCluster(
  area: Area,
  binaries: Binaries,
  account: Account | null,
  durable: boolean,
): Promise<void> {
  await removeHalfMade(area);
  const version = await versionOf(area.data);
  if (version === null) {
    if (!(await isEmptyOrMissing(area.data))) {
      throw new EmbeddedFailure(
        'foreign_data',
        `${area.data} holds files but no PostgreSQL database: move it away to start with an empty one.`,
      );
    }
    await createCluster(area, binaries, account, durable);
    return;
  }
  if (version !== binaries.major) {
    throw new EmbeddedFailure(
      'wrong_version',
      `${area.data} was written by PostgreSQL ${version}, and this AWE comes with ${binaries.major}: dump it with a PostgreSQL ${version}, move the directory away, start AWE once and restore the dump, or set DATABASE_URL.`,
    );
  }
  // Copied or unpacked by root, which PostgreSQL would refuse.
  if (account !== null && (await stat(area.data)).uid !== account.uid) await giveAll(area.data, account);
}
