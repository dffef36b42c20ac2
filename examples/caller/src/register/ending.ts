import { findChange } from './changes.ts';
import { inTransaction, type Register } from './open.ts';
import { enterTitle } from './parcels.ts';

const OUTCOMES = {
  request_approved: 'applied',
  request_rejected: 'rejected',
  request_cancelled: 'cancelled',
} as const;

/** How an approval request ended, be it told by a webhook or found in its timeline: it is the same event with the same id. */
export type Ending = {
  event_id: string;
  event_type: keyof typeof OUTCOMES;
  request_id: string;
  /** The change. */
  artifact_id: string;
  actor: string | null;
  reason: string | null;
};

/**
 * Remembers the event and carries out what it says, both or neither, so that no event counts twice and none is lost.
 * - `done`: the change was applied or closed
 * - `seen`: the event had been here before
 * - `not_ours`: it speaks of a request that is not the one of this change. Anybody with a token can start a request that
 *   names our change and our address, under a policy of their liking, and AWE signs its webhooks too.
 */
export function carryOut(register: Register, ending: Ending, now: string): 'done' | 'seen' | 'not_ours' {
  return inTransaction(register, () => {
    const change = findChange(register, ending.artifact_id);
    if (change === null || change.request_id !== ending.request_id) return 'not_ours';
    const remembered = register
      .prepare('insert into seen_event (id, change, seen_at) values (?, ?, ?) on conflict do nothing')
      .run(ending.event_id, change.id, now);
    if (remembered.changes === 0) return 'seen';
    const state = OUTCOMES[ending.event_type];
    register
      .prepare('update change set state = ?, ended_at = ?, ended_by = ?, ended_why = ? where id = ?')
      .run(state, now, ending.actor, ending.reason, change.id);
    if (state === 'applied') {
      enterTitle(register, { parcel: change.parcel, owner: change.to_owner, since: now, change: change.id });
    }
    return 'done';
  });
}
