import { join } from 'node:path';
import { chooseAccount } from '../../packages/server/src/embedded/account.ts';
import {
  makeSocketDirectory,
  openArea,
  removeSocketDirectory,
} from '../../packages/server/src/embedded/area.ts';
import { findBinaries } from '../../packages/server/src/embedded/binaries.ts';
import { ensureCluster } from '../../packages/server/src/embedded/cluster.ts';
import { launch } from '../../packages/server/src/embedded/postmaster.ts';
import { connectionUrl, DATABASE } from '../../packages/server/src/embedded/readiness.ts';

/** A PostgreSQL beside the services, as an operator runs it: nobody starts it again but us. */
export type ExternalPostgres = {
  url: string;
  /** `pg_ctl stop -m immediate`: every process of it ends at once, nothing is finished. Resolves when the last is gone. */
  stopImmediately: () => Promise<void>;
  start: () => Promise<void>;
  close: () => Promise<void>;
};

const SHARED = '/var/lib/awe';
/** All that a crash needs in order to forget nothing. */
const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };

export async function startExternalPostgres(directory: string): Promise<ExternalPostgres> {
  const account = await chooseAccount(join(directory, 'postgres', 'data'));
  const area = await openArea(directory, account, SHARED);
  const binaries = await findBinaries(account, account === null ? area.root : SHARED);
  await ensureCluster(area, binaries, account, true);
  const socketDirectory = await makeSocketDirectory(area, account);
  const plan = { area, binaries, account, socketDirectory, settings: DURABLE, log: () => {} };
  const never = new AbortController().signal;
  let running = await launch(plan, never);
  return {
    url: connectionUrl(socketDirectory, DATABASE),
    stopImmediately: async () => {
      process.kill(running.pid, 'SIGQUIT');
      await running.ended;
    },
    start: async () => {
      running = await launch(plan, never);
    },
    close: async () => {
      await running.stop();
      await removeSocketDirectory(area);
    },
  };
}
