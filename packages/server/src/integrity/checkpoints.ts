import type { CheckpointOut } from '@awe/contract/integrity';
import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import { makeCheckpoint, type NewCheckpoint, type News } from '../ledger/checkpoint-write.ts';
import {
  type CheckpointSearch,
  listCheckpoints,
  newestCheckpoint,
  type StoredCheckpoint,
} from '../ledger/checkpoints.ts';
import type { Page } from '../ledger/cursor.ts';
import type { Tables } from '../ledger/tables.ts';
import {
  type CheckpointSigner,
  checkpointHash,
  createRoot,
  readCheckpoint,
  type Statement,
  signCheckpoint,
} from './checkpoint.ts';

/** The search throws `InvalidCursor`. */
export type Checkpoints = {
  /** Makes one over everything that is new; without news, the last one. */
  take: () => Promise<CheckpointOut>;
  list: (search: CheckpointSearch) => Promise<Page<CheckpointOut>>;
};

export type CheckpointsOptions = {
  db: Kysely<Tables>;
  clock: Clock;
  signer: CheckpointSigner;
  /** Requests in one checkpoint at most. */
  most?: number;
};

/** Some 15 MB while a checkpoint is made, in a second or two. */
const MOST_REQUESTS = 100_000;

export function createCheckpoints({
  db,
  clock,
  signer,
  most = MOST_REQUESTS,
}: CheckpointsOptions): Checkpoints {
  return {
    async take() {
      await makeCheckpoint(db, most, (news) => stateNews(news, { clock, signer }));
      const made = await newestCheckpoint(db);
      if (made === null) throw new Error('a checkpoint was made and is not there');
      return checkpointOut(made);
    },

    async list(search) {
      const { rows, next } = await listCheckpoints(db, search);
      return { rows: rows.map(checkpointOut), next };
    },
  };
}

/** Null: there is nothing new. The first one is always made, so that there is something to keep. */
async function stateNews(
  { last, audit, changed, more, scannedUntil }: News,
  { clock, signer }: { clock: Clock; signer: CheckpointSigner },
): Promise<NewCheckpoint | null> {
  if (last && changed.length === 0 && readCheckpoint(last.jws).audit.sequence === audit.sequence) return null;
  const root = createRoot();
  for (const entry of changed) root.add(entry);
  const statement: Statement = {
    number: (last?.number ?? 0) + 1,
    created_at: clock.now(),
    previous: last && checkpointHash(last.jws),
    audit,
    requests: { count: root.count(), root: root.value() },
    more,
  };
  return {
    number: statement.number,
    id: clock.newId(),
    key_id: signer.id,
    jws: await signCheckpoint(statement, signer),
    // The rest of the news is looked for where these were found.
    scanned_until: more ? (last?.scanned_until ?? null) : scannedUntil,
  };
}

function checkpointOut({ id, jws, key }: StoredCheckpoint): CheckpointOut {
  return { id, ...readCheckpoint(jws), jws, key };
}
