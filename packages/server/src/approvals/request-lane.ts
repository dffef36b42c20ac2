import type { Loaded } from '../ledger/load.ts';

/**
 * Commands on one request run one after the other inside a process, and each hands the state it left to the next, so
 * that two hundred people deciding at once cost two hundred commits, not two hundred conflicts. Other replicas are
 * held off by the revision alone.
 */
export type RequestLanes = <T>(requestId: string, run: (lane: Lane) => Promise<T>) => Promise<T>;

/** `latest` is the newest state this lane knows; it lives as long as somebody is waiting. */
export type Lane = { latest: Loaded | null };

/** `failed`: the last error that was everybody's, as long as somebody is waiting. */
type Queue = { lane: Lane; tail: Promise<unknown>; failed: { error: unknown } | null };

/**
 * `isEverybodys`: whether the error of one command is the answer to all that waited behind it. A hundred who wait for a
 * row or a database that does not come must not find that out one after the other.
 */
export function createRequestLanes(isEverybodys: (error: unknown) => boolean): RequestLanes {
  const queues = new Map<string, Queue>();
  return async (requestId, run) => {
    const queue = queues.get(requestId) ?? { lane: { latest: null }, tail: Promise.resolve(), failed: null };
    queues.set(requestId, queue);
    const { failed: known } = queue;
    const turn = queue.tail.then(async () => {
      if (queue.failed !== null && queue.failed !== known) throw queue.failed.error;
      try {
        return await run(queue.lane);
      } catch (error) {
        if (isEverybodys(error)) queue.failed = { error };
        throw error;
      }
    });
    const tail = turn.catch(() => undefined);
    queue.tail = tail;
    try {
      return await turn;
    } finally {
      if (queue.tail === tail) queues.delete(requestId);
    }
  };
}

/** The newer of two views of one request. */
export function newer(a: Loaded, b: Loaded | null): Loaded {
  return b !== null && b.request.revision > a.request.revision ? b : a;
}
