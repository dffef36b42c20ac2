import type { Clock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import { archiveEnded } from '../ledger/archive-ended.ts';
import type { Database } from '../ledger/database.ts';
import { purgeDelivered } from '../ledger/deliveries-purge.ts';
import { purgeIdempotencyKeys } from '../ledger/idempotency-purge.ts';
import { StartFailure } from '../start-failure.ts';
import { createArchive } from './archive.ts';
import { archiveDirectoryFault } from './archive-directory.ts';
import type { Kept } from './retention.ts';

export type KeptOptions = {
  config: Pick<Settings, 'idempotency' | 'retention'>;
  clock: Clock;
  database: Database;
};

/**
 * Everything that is kept for a time only. Audit rows and requests that have not ended are not among it.
 * @throws StartFailure when requests are to be archived in a directory that cannot be written to
 */
export function keptThings({ config, clock, database: { pool, kysely } }: KeptOptions): Kept[] {
  const { delivered_deliveries_days, ended_requests_days, archive_directory } = config.retention;
  const fault = archiveDirectoryFault(config.retention);
  if (fault !== null) throw new StartFailure(fault);
  return [
    {
      what: 'idempotency keys',
      days: config.idempotency.retention_days,
      remove: (before, signal) => purgeIdempotencyKeys(pool, before, signal),
    },
    {
      what: 'delivered webhooks',
      days: delivered_deliveries_days,
      remove: (before, signal) => purgeDelivered(pool, before, signal),
    },
    ...(archive_directory === null
      ? []
      : [
          {
            what: 'ended requests (archived)',
            days: ended_requests_days,
            remove: createArchive({
              clock,
              directory: archive_directory,
              archiveEnded: (ended, archiving) => archiveEnded(kysely, ended, archiving),
            }),
          },
        ]),
  ];
}
