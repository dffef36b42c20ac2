import type { Changes } from '@awe/engine/draft';
import type { Instant } from '@awe/engine/instant';
import type { Policy } from '@awe/engine/policy';
import type { Clock } from '../clock.ts';
import type { CommitChanges } from '../ledger/commit.ts';
import type { FirstAnswer } from '../ledger/idempotency.ts';
import type { LoadApproval } from '../ledger/load.ts';
import type { decideWith } from './deciding.ts';
import type { PeopleFinder } from './people-finder.ts';

/** What the use cases on approvals stand on. */
export type ApprovalServices = {
  clock: Clock;
  load: LoadApproval;
  commit: CommitChanges;
  findPeople: PeopleFinder;
  /** Lets the engine decide. */
  decide: typeof decideWith;
  /** Immutable versions, cached. Throws when there is none of that id. */
  policyById: (id: string) => Promise<Policy>;
  /** The id of a key's active version, fresh from the database, or null. */
  activeVersionId: (policyKey: string) => Promise<string | null>;
  findAnswer: (subject: string, key: string) => Promise<FirstAnswer | null>;
  callbackSecretExists: (id: string) => Promise<boolean>;
  /** Why the URL can never be called, or null. */
  callbackUrlFault: (url: string) => string | null;
  /** Until when this replica takes on the deliveries of changes that are about to be committed; null: whoever claims them. */
  leaseFor: (changes: Changes) => Instant | null;
  /** Told after each commit, to wake those who deliver and those who watch the time. */
  committed: (changes: Changes, leaseEnd: Instant | null) => void;
};
