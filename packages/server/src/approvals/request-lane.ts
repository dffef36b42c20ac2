import type { Loaded } from '../ledger/load.ts';

/**
 * Commands on one request run one after the other inside a process, and each hands the state it left to the next, so
 * that two hundred people deciding at once cost two hundred commits, not two hundred conflicts. Other replicas are
 * held off by the revision alone.
 */
export type RequestLanes = <T>(requestId: string, run: (lane: Lane) => Promise<T>) => Promise<T>;

/** `latest` is the newest state this lane knows; it lives as long as somebody is waiting. */
export type Lane = { latest: Loaded | null };

export function createRequestLanes(): RequestLanes {
  const tails = new Map<string, { lane: Lane; tail: Promise<unknown> }>();
  return async (requestId, run) => {
    const current = tails.get(requestId) ?? { lane: { latest: null }, tail: Promise.resolve() };
    const turn = current.tail.then(() => run(current.lane));
    const tail = turn.catch(() => undefined);
    const mine = { lane: current.lane, tail };
    tails.set(requestId, mine);
    try {
      return await turn;
    } finally {
      if (tails.get(requestId) === mine) tails.delete(requestId);
    }
  };
}

/** The newer of two views of one request. */
export function newer(a: Loaded, b: Loaded | null): Loaded {
  return b !== null && b.request.revision > a.request.revision ? b : a;
}
