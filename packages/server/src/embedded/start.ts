import { join, resolve } from 'node:path';
import { chooseAccount } from './account.ts';
import { type Area, makeSocketDirectory, openArea, removeSocketDirectory } from './area.ts';
import { findBinaries, packagedBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { embeddedFailure } from './embedded-failure.ts';
import { clearOrphan } from './orphan.ts';
import { takeOwnership } from './owner-lock.ts';
import { launch } from './postmaster.ts';
import { connectionUrl, DATABASE } from './readiness.ts';
import { type Ended, type Supervised, supervise } from './supervisor.ts';

export type EmbeddedOptions = {
  /** Where the data lies, as `<directory>/postgres`; created if need be. Usually `<cwd>/.awe`. */
  directory: string;
  /** Told what an operator wants to know, a line at a time. PostgreSQL's own output goes to `<directory>/postgres/postgres.log`. */
  log: (line: string) => void;
  /** Gives up a start that is under way. */
  signal?: AbortSignal;
  /** Where root puts what another account must be able to reach. Default `/var/lib/awe`. */
  shared?: string;
};

/**
 * `url` is the same from start to stop, also across a crash of PostgreSQL. `exited` resolves after `stop`, or with the
 * failure when PostgreSQL would not stay up; it never rejects. `stop` may be called more than once.
 */
export type Embedded = { url: string; exited: Promise<Ended>; stop(): Promise<void> };

/** What separates a database to keep from one to throw away. `settings` are PostgreSQL's. */
export type Keeping = { durable: boolean; settings: Readonly<Record<string, string>> };

const DURABLE: Keeping = {
  durable: true,
  settings: { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' },
};

async function tidy(area: Area, release: () => void): Promise<void> {
  await removeSocketDirectory(area).catch(() => {});
  release();
}

async function startOwned(
  area: Area,
  options: EmbeddedOptions,
  keeping: Keeping,
): Promise<{ url: string; supervised: Supervised; said: string }> {
  const account = await chooseAccount(area.data);
  const fallback = account === null ? area.root : (options.shared ?? '/var/lib/awe');
  const binaries = await findBinaries(account, fallback);
  await clearOrphan(area.data, options.log);
  await ensureCluster(area, binaries, account, keeping.durable);
  const socketDirectory = await makeSocketDirectory(area, account);
  const { log } = options;
  const plan = { area, binaries, account, socketDirectory, settings: keeping.settings, log };
  const first = await launch(plan, options.signal ?? new AbortController().signal);
  const who = account === null ? '' : ` as ${account.name}`;
  return {
    url: connectionUrl(socketDirectory, DATABASE),
    supervised: supervise(plan, first),
    said: `PostgreSQL ${binaries.version} (pid ${first.pid}) is up${who}, data in ${area.data}`,
  };
}

/** Starts the cluster of a directory and keeps it running. See `startEmbedded`. */
export async function startCluster(options: EmbeddedOptions, keeping: Keeping): Promise<Embedded> {
  const directory = resolve(options.directory);
  try {
    // An image without them wants DATABASE_URL, and says so before it tries to write anywhere.
    await packagedBinaries();
    const account = await chooseAccount(join(directory, 'postgres', 'data'));
    const area = await openArea(directory, account, options.shared ?? '/var/lib/awe');
    const ownership = takeOwnership(area, directory);
    try {
      const { url, supervised, said } = await startOwned(area, { ...options, directory }, keeping);
      options.log(said);
      const exited = supervised.ended.then(async (how) => {
        await tidy(area, ownership.release);
        return how;
      });
      const stop = async () => {
        await supervised.stop();
        await exited;
      };
      return { url, exited, stop };
    } catch (error) {
      await tidy(area, ownership.release);
      throw error;
    }
  } catch (error) {
    throw embeddedFailure(error, `use ${directory}`, directory);
  }
}

/**
 * Starts the PostgreSQL that came with npm on the data in `directory`, and keeps it running until `stop`. It listens on a
 * socket that only this user (as root: root and PostgreSQL's account) can reach. One process at a time may use a directory.
 * Rejects with `EmbeddedFailure` only.
 */
export function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  return startCluster(options, DURABLE);
}
