import type { Instant } from '@awe/engine/instant';
import type { Clock } from '../clock.ts';
import type { ArchivedBatch, Archiving, EndedRequests } from '../ledger/archive-ended.ts';
import { writeArchive } from './archive-file.ts';

export type ArchiveOptions = {
  clock: Clock;
  /** A directory that is there. */
  directory: string;
  /** Removes a batch once it is kept: the ledger's `archiveEnded`. */
  archiveEnded: (ended: EndedRequests, archiving: Archiving) => Promise<ArchivedBatch>;
};

const STATUSES = ['approved', 'rejected', 'cancelled'] as const;

/** Requests in one file and one transaction. */
const BATCH = 100;

/**
 * Moves the requests that ended before `before` into files of the archive until there are none left or `signal` says to
 * stop; how many. A file is named by the time it was begun, and never written to again.
 */
export function createArchive({ clock, directory, archiveEnded }: ArchiveOptions) {
  return async (before: Instant, signal: AbortSignal): Promise<number> => {
    let archived = 0;
    for (const status of STATUSES) {
      let after: string | null = null;
      while (!signal.aborted) {
        const now = clock.now();
        const name = `awe-requests-${now.replaceAll(':', '')}-${clock.newId()}`;
        const batch: ArchivedBatch = await archiveEnded(
          { status, before, after, limit: BATCH },
          { now, keep: (lines) => writeArchive(directory, name, lines) },
        );
        archived += batch.archived;
        if (batch.after === null) break;
        after = batch.after;
      }
    }
    return archived;
  };
}
