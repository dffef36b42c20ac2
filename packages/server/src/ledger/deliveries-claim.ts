import type { Instant } from '@awe/engine/instant';
import type { JsonObject } from '@awe/engine/policy';
import type { Pool } from 'pg';

/** A delivery under a lease, with everything that its message is made of. */
export type ClaimedDelivery = {
  id: string;
  request_id: string;
  sequence: number;
  event_type: string;
  receiver: string;
  /** Finished attempts so far. */
  attempt: number;
  callback_url: string;
  callback_secret_id: string | null;
  artifact_type: string;
  artifact_id: string;
  payload: JsonObject;
  actor: string | null;
  occurred_at: Instant;
};

/** Deliveries to one receiver, to be attempted one after the other; several only as first attempts of one request. */
export type Chain = { receiver: string; leaseEnd: Instant; deliveries: ClaimedDelivery[] };

export type ClaimLimits = {
  now: Instant;
  /** When others may take what is claimed now. Later than any lease end before it, so that it names this lease. */
  leaseEnd: Instant;
  /** Chains at most. */
  chains: number;
  /** Chains that one receiver may have, those of `held` included. */
  chainsPerReceiver: number;
  /** How many chains of which receivers the caller has in hand. */
  held: ReadonlyMap<string, number>;
};

/** Longest chain: what is left over is claimed after it. Far more than one commit writes. */
const CHAIN_LENGTH = 32;

/**
 * Takes deliveries that are due and moves their `next_attempt_at` to the lease's end; a lease that ended is simply due.
 *
 * `receiver` walks the index webhook_delivery_due from one receiver to the next, so that a backlog of millions at one
 * receiver costs the others nothing. Receivers with the fewest chains in hand come first: many slow ones together still
 * leave the next free place to a quick one.
 *
 * A *head* may be attempted now: any delivery that was attempted before, and the earliest of its request's first attempts.
 * While that one has attempt 0, under a lease or not, the later ones are nobody's head: they are taken along
 * with it (`follower`), or after its result is written. So first attempts of a request are in one pair of hands at a time.
 *
 * Deliveries of a request are looked up in webhook_delivery_request. `attempt = 0` implies `pending`; saying so too would let
 * the planner combine that index with webhook_delivery_next, and read the whole backlog for every head.
 *
 * Two replicas in this statement at once (READ COMMITTED):
 * - Both see a head. One locks it, the other skips it. If the first has committed when the second comes to lock, the second
 *   checks the new version of the row, which is due no more, and skips it too. A head that was skipped brings no followers.
 * - The head check reads the statement's snapshot. It cannot be outdated in the harmful direction: events are written in
 *   order of sequence, so an earlier first attempt never appears after a later one (a retry by hand does, and then the
 *   order is not the first attempts' any more).
 * - A follower may be locked or leased by somebody who holds no head: a retry by hand, or a lease that is being given back.
 *   The chain ends before it: `place` counts what was locked, `ahead` what the snapshot has in between.
 * - Nothing waits for a lock: rows are locked by `skip locked` before they are updated. So no deadlock with anybody.
 */
const CLAIM = `
  with recursive receiver (name) as (
    (select receiver from webhook_delivery where status = 'pending' order by receiver limit 1)
    union all
    select (
      select d.receiver from webhook_delivery d
      where d.status = 'pending' and d.receiver > r.name
      order by d.receiver
      limit 1
    )
    from receiver r
    where r.name is not null
  ),
  candidate as materialized (
    select due.*, row_number() over (partition by r.name order by due.next_attempt_at) + r.held as turn
    from (
      select receiver.name, coalesce(h.held, 0) as held
      from receiver
      left join jsonb_to_recordset($5::jsonb) as h (receiver text, held integer) on h.receiver = receiver.name
      where receiver.name is not null and coalesce(h.held, 0) < $4
    ) r
    cross join lateral (
      select d.id, d.request_id, d.sequence, d.attempt, d.next_attempt_at
      from webhook_delivery d
      where d.receiver = r.name and d.status = 'pending' and d.next_attempt_at <= $1
        and (d.attempt > 0 or not exists (
          select from webhook_delivery e
          where e.request_id = d.request_id and e.sequence < d.sequence and e.attempt = 0
        ))
      order by d.next_attempt_at
      limit $4 - r.held
      for update skip locked
    ) due
  ),
  head as materialized (
    select id, request_id, sequence, attempt from candidate order by turn, next_attempt_at limit $3
  ),
  follower as materialized (
    select head.id as head, head.request_id, head.sequence as head_sequence, f.id, f.sequence,
      row_number() over (partition by head.id order by f.sequence) as place
    from head
    cross join lateral (
      select d.id, d.sequence
      from webhook_delivery d
      where d.request_id = head.request_id and d.sequence > head.sequence and d.attempt = 0
        and d.next_attempt_at <= $1
      order by d.sequence
      limit ${CHAIN_LENGTH - 1}
      for update skip locked
    ) f
    where head.attempt = 0
  ),
  chain as (
    select id as head, id from head
    union all
    select head, id from follower f
    where place = 1 + (
      select count(*) from webhook_delivery e
      where e.request_id = f.request_id and e.sequence > f.head_sequence and e.sequence < f.sequence
        and e.attempt = 0
    )
  ),
  claimed as (
    update webhook_delivery d
    set next_attempt_at = $2, updated_at = $1
    from chain
    where d.id = chain.id
    returning chain.head, d.id, d.request_id, d.sequence, d.event_type, d.receiver, d.attempt
  )
  select c.*, r.callback_url, r.callback_secret_id, r.artifact_type, r.artifact_id, e.payload, e.actor,
    e.created_at as occurred_at
  from claimed c
  join approval_request r on r.id = c.request_id
  join approval_event e on e.request_id = c.request_id and e.sequence = c.sequence
  order by c.head, c.sequence`;

/** Claims what may be attempted now, oldest due first within a receiver. */
export async function claimDeliveries(pool: Pool, limits: ClaimLimits): Promise<Chain[]> {
  const { now, leaseEnd, chains, chainsPerReceiver } = limits;
  const held = JSON.stringify([...limits.held].map(([receiver, held]) => ({ receiver, held })));
  const { rows } = await pool.query<ClaimedDelivery & { head: string }>({
    text: CLAIM,
    values: [now, leaseEnd, chains, chainsPerReceiver, held],
  });
  const byHead = new Map<string, Chain>();
  for (const { head, ...delivery } of rows) {
    const chain = byHead.get(head);
    if (chain) chain.deliveries.push(delivery);
    else byHead.set(head, { receiver: delivery.receiver, leaseEnd, deliveries: [delivery] });
  }
  return [...byHead.values()];
}
