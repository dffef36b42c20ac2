import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, type Keeping, startCluster } from './start.ts';

const THROWAWAY: Keeping = {
  durable: false,
  settings: {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_connections: '200',
  },
};

/**
 * A database for a test or a bench, in a temporary directory that goes when it stops. It forgets everything in a crash of
 * the machine, and is quicker for that. Rejects with `EmbeddedFailure`.
 */
export async function startScratch(log: (line: string) => void = () => {}): Promise<Embedded> {
  const directory = await mkdtemp(join(tmpdir(), 'awe-scratch-'));
  // As root, the server's account has to get through.
  if (process.getuid?.() === 0) await chmod(directory, 0o711);
  const remove = async () => {
    const area = await realpath(join(directory, 'postgres')).catch(() => directory);
    await rm(area, { recursive: true, force: true });
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const embedded = await startCluster({ directory, log }, THROWAWAY);
    const stop = async () => {
      await embedded.stop();
      await remove();
    };
    return { url: embedded.url, exited: embedded.exited, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}
