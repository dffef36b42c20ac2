import type { OtherEvent, WebhookEvent } from './event.ts';

/** What became of one delivery: it was handled, the event had been before, or it is being handled at this moment. */
export type Handled = 'handled' | 'seen' | 'busy';

/**
 * Lets each event be handled once, though it may be delivered more often. It runs `handle` when the event was not handled
 * before and remembers that it was, or forgets it when `handle` throws, and throws that on.
 *
 * Kept in the database that the handler writes to, in the same transaction, nothing is ever done twice or not at all:
 *
 * ```ts
 * const dedup: Dedup<Transaction> = (event, handle) =>
 *   database.transaction(async (transaction) => {
 *     const { rowCount } = await transaction.query(
 *       'insert into handled_event values ($1) on conflict do nothing', [event.event_id]);
 *     if (rowCount === 0) return 'seen';
 *     await handle(transaction);
 *     return 'handled';
 *   });
 * ```
 *
 * A transaction that must not be waited in fits into the handler as a whole, without a `dedup`: examples/once-with-sqlite.ts.
 *
 * What it gives to `handle` is the second argument of every handler. `busy` says that somebody else is at it and may
 * still fail: the delivery is then answered 503 and comes again.
 */
export type Dedup<Context = undefined> = (
  event: WebhookEvent | OtherEvent,
  handle: (context: Context) => Promise<void>,
) => Promise<Handled>;

const DEFAULT_SIZE = 10_000;

/**
 * Remembers the last `size` events in this process: enough while it runs and runs alone. A delivery that comes while the
 * event is being handled waits: answered at once, the event would be lost if the handler failed.
 * @throws RangeError when it would remember none
 */
export function memoryDedup({ size = DEFAULT_SIZE }: { size?: number } = {}): Dedup {
  if (!(size >= 1)) throw new RangeError('size must be a number from 1');
  const done = new Set<string>();
  const running = new Map<string, Promise<void>>();
  return async ({ event_id }, handle) => {
    for (let other = running.get(event_id); other; other = running.get(event_id))
      await other.catch(() => undefined);
    if (done.has(event_id)) return 'seen';
    const run = handle(undefined);
    running.set(event_id, run);
    try {
      await run;
      done.add(event_id);
      // A set keeps the order in which its members came: the first one is the oldest.
      for (const oldest of done) {
        if (done.size <= size) break;
        done.delete(oldest);
      }
    } finally {
      running.delete(event_id);
    }
    return 'handled';
  };
}
