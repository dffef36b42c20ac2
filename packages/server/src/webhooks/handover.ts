import type { Changes } from '@awe/engine/draft';
import { isDelivered } from '@awe/engine/event';
import type { Instant } from '@awe/engine/instant';
import type { Chain, ClaimedDelivery } from '../ledger/deliveries-claim.ts';
import { receiverOf } from '../ledger/deliveries-receiver.ts';
import type { Lanes, Told } from './lanes.ts';

/**
 * The way past the claim. The replica that commits an event has all of it in hand, so it writes the delivery under its own
 * lease and attempts it at once; only what cannot go this way, and what is to be tried again, is claimed. A claim costs
 * PostgreSQL some 3 ms and leaves two dead index entries a delivery (ADR 10).
 *
 * First attempts of one request stay in sequence, because a delivery is taken only behind all earlier ones of its request:
 * the request is new, or every commit since then was this replica's and all that came before is in its hands or done.
 */
export type Handover = {
  /** Until when the deliveries of these changes may be leased as they are written; null when they are to be claimed. */
  lease: (changes: Changes) => Instant | null;
  /** The changes are committed: attempts what was written under `leaseEnd`. */
  take: (changes: Changes, leaseEnd: Instant | null) => void;
};

export type HandoverOptions = {
  lanes: Pick<Lanes, 'add' | 'mayTake'>;
  /** When a lease that is taken now ends; null when nothing more may be taken. */
  leaseEnd: () => Instant | null;
  /** Attempts a chain; false when any of it was left for others. */
  run: (chain: Chain, tell: (told: Told) => void) => Promise<boolean>;
  release: (chain: Chain) => void;
};

/** The requests whose latest commit is this replica's. What is forgotten goes by the claim. */
const REMEMBERED = 10_000;

/** `attempted` resolves when the first attempts of all events so far have ended; false when some were left for others. */
type Known = { revision: number; attempted: Promise<boolean> };

export function createHandover({ lanes, leaseEnd, run, release }: HandoverOptions): Handover {
  const known = new Map<string, Known>();

  function remember(requestId: string, entry: Known): void {
    known.delete(requestId);
    known.set(requestId, entry);
    const oldest = known.keys().next().value;
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  }

  /** All that came before these changes is known here. */
  function follows({ request, before }: Changes): boolean {
    return before === 0 || known.get(request.id)?.revision === before;
  }

  function add(requestId: string, revision: number, chain: Chain): void {
    const earlier = known.get(requestId)?.attempted ?? Promise.resolve(true);
    const { promise: attempted, resolve } = Promise.withResolvers<boolean>();
    remember(requestId, { revision, attempted });
    const leave = () => {
      // Whatever comes next has to wait for what is left here, which the claim sees to.
      if (known.get(requestId)?.attempted === attempted) known.delete(requestId);
      resolve(false);
    };
    lanes.add(chain.receiver, {
      run: async (tell) => {
        if (!(await earlier)) {
          release(chain);
          leave();
        } else if (await run(chain, tell)) resolve(true);
        else leave();
      },
      giveBack: () => {
        release(chain);
        leave();
      },
    });
  }

  return {
    lease: (changes) => {
      const { callback_url } = changes.request;
      if (callback_url === null || !changes.events.some((event) => isDelivered(event.event_type)))
        return null;
      return follows(changes) && lanes.mayTake(receiverOf(callback_url)) ? leaseEnd() : null;
    },
    take: (changes, end) => {
      const { id, revision } = changes.request;
      const chain = end === null ? null : chainOf(changes, end);
      if (chain) add(id, revision, chain);
      else if (changes.events.some((event) => isDelivered(event.event_type))) known.delete(id);
      else {
        const entry = known.get(id);
        if (entry && follows(changes)) remember(id, { ...entry, revision });
      }
    },
  };
}

function chainOf({ request, events }: Changes, leaseEnd: Instant): Chain | null {
  const { callback_url } = request;
  if (callback_url === null) return null;
  const receiver = receiverOf(callback_url);
  const deliveries = events
    .filter((event) => isDelivered(event.event_type))
    .map(
      (event): ClaimedDelivery => ({
        id: event.id,
        request_id: event.request_id,
        sequence: event.sequence,
        event_type: event.event_type,
        receiver,
        attempt: 0,
        callback_url,
        callback_secret_id: request.callback_secret_id,
        artifact_type: request.artifact_type,
        artifact_id: request.artifact_id,
        payload: event.payload,
        actor: event.actor,
        occurred_at: event.created_at,
      }),
    );
  return { receiver, leaseEnd, deliveries };
}
