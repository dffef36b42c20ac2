import { quote } from '@awe/engine/fault';
import type { Admin, AdminDeed } from '../audit/admin.ts';
import { AweError } from '../awe-error.ts';
import type { Clock } from '../clock.ts';
import { audited } from '../ledger/audited.ts';
import type { Page } from '../ledger/cursor.ts';
import type { Database } from '../ledger/database.ts';
import { isReceiver } from '../ledger/deliveries-receiver.ts';
import { deletePause, insertPause } from '../ledger/paused-receivers.ts';
import { listReceivers, type ReceiverState, receiverState } from '../ledger/receivers-list.ts';
import type { Dispatcher } from './dispatcher.ts';

/** What an admin sees of receivers and does with them. Pausing and resuming may be repeated; `policy_invalid`: no such name. */
export type ReceiverAdmin = {
  /** Throws `InvalidCursor`. */
  list: (page: { limit: number; cursor: string | null }) => Promise<Page<ReceiverState>>;
  pause: (receiver: string, reason: string | null, by: Admin) => Promise<ReceiverState>;
  resume: (receiver: string, by: Admin) => Promise<ReceiverState>;
};

export function createReceiverAdmin(options: {
  database: Pick<Database, 'kysely'>;
  clock: Clock;
  dispatcher: Pick<Dispatcher, 'lookAtPauses'>;
}): ReceiverAdmin {
  const { clock, dispatcher } = options;
  const db = options.database.kysely;

  async function change(
    receiver: string,
    by: Admin,
    work: (trx: typeof db) => Promise<Pick<AdminDeed, 'action' | 'summary' | 'metadata'> | null>,
  ): Promise<ReceiverState> {
    if (!isReceiver(receiver)) {
      throw new AweError(
        'policy_invalid',
        `body.receiver: ${quote(receiver)} is no receiver: take its name from a delivery, or write the callback_url without query and fragment.`,
      );
    }
    const state = await audited({ db, clock }, by, async (trx) => {
      const before = await receiverState(trx, receiver);
      const said = await work(trx);
      const after = await receiverState(trx, receiver);
      const deed = said && { ...said, resource_type: 'receiver', resource_id: receiver, before, after };
      return { result: after, deed };
    });
    // What was changed is changed, even if this replica learns of it like the others.
    await dispatcher.lookAtPauses().catch(() => {});
    return state;
  }

  return {
    list: (page) => listReceivers(db, page),
    pause: (receiver, reason, by) =>
      change(receiver, by, async (trx) => {
        const pause = { receiver, reason, paused_by: by.id, paused_at: clock.now() };
        if (!(await insertPause(trx, pause))) return null;
        return { action: 'receiver.pause', summary: `Paused ${receiver}`, metadata: { reason } };
      }),
    resume: (receiver, by) =>
      change(receiver, by, async (trx) => {
        if ((await deletePause(trx, receiver)) === null) return null;
        return { action: 'receiver.resume', summary: `Resumed ${receiver}` };
      }),
  };
}
