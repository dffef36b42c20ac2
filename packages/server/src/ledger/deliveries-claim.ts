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
  /**
   * A *lane* is a receiver that is named here, or an origin with all receivers of it that are not named; of each of those
   * at most one chain is claimed. `room`: chains that the lane may get; `held`: chains of it that the caller has in hand.
   */
  lanes: ReadonlyMap<string, { room: number; held: number }>;
  /** The room of lanes that are not named. */
  elsewhere: number;
  /** Receivers that get nothing; none unless told. */
  paused?: readonly string[];
  /** Where the walk over all receivers goes on, as the claim before returned it; null: at the beginning. */
  after: string | null;
};

/** `after`: when there are more receivers than one claim looks at, where the next one goes on. */
export type Claim = { chains: Chain[]; after: string | null };

/** Longest chain: what is left over is claimed after it. Far more than one commit writes. */
const CHAIN_LENGTH = 32;
/** So many due deliveries are looked at one by one for their receivers; beyond that the receivers are walked. */
const FEW = 500;
/** Receivers that one claim walks over: some 30 µs each. */
const WALK = 500;

/**
 * Takes deliveries that are due and moves their `next_attempt_at` to the lease's end; a lease that ended is simply due.
 *
 * When few deliveries are due (`due`, from webhook_delivery_next), those are the receivers: deliveries that wait for their
 * time cost nothing, however many receivers they have. Else `walk` goes through webhook_delivery_due from one receiver to
 * the next, so that a backlog of millions at one receiver costs the others nothing; when there are very many receivers,
 * each claim takes a stretch of them, and beside it the receivers of what became due last (`newest_due`).
 *
 * Lanes with the fewest chains in hand come first, and first attempts before later ones: many slow receivers together
 * still leave the next free place to a quick one. Among equals those that wait longest and those that are newest take
 * turns: a queue of thousands that hang must not be waited out by somebody new, nor may anybody starve.
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
  with recursive due as materialized (
    select receiver
    from webhook_delivery
    where status = 'pending' and next_attempt_at <= $1
    order by next_attempt_at
    limit ${FEW + 1}
  ),
  newest_due as materialized (
    select receiver
    from webhook_delivery
    where status = 'pending' and next_attempt_at <= $1 and (select count(*) from due) > ${FEW}
    order by next_attempt_at desc
    limit ${FEW}
  ),
  walk (name, place) as (
    (
      select d.receiver, 1
      from webhook_delivery d
      where d.status = 'pending' and d.receiver > coalesce($6, '') and (select count(*) from due) > ${FEW}
      order by d.receiver
      limit 1
    )
    union all
    select (
      select d.receiver from webhook_delivery d
      where d.status = 'pending' and d.receiver > w.name
      order by d.receiver
      limit 1
    ), w.place + 1
    from walk w
    where w.name is not null and w.place < ${WALK}
  ),
  receiver as materialized (
    select name, case when $4::jsonb ? name then name else substring(name from '^[^/]*//[^/]*') end as lane
    from (
      select name from walk where name is not null
      union
      select receiver from newest_due
      union
      select receiver from due where (select count(*) from due) <= ${FEW}
    ) r
    where name <> all ($7::text[])
  ),
  candidate as materialized (
    select due.*, r.room, row_number() over (partition by r.lane order by due.next_attempt_at) as place, r.held
    from (
      select name, lane, coalesce(($4::jsonb -> lane ->> 'room')::integer, $5) as room,
        coalesce(($4::jsonb -> lane ->> 'held')::integer, 0) as held
      from receiver
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
      limit case when r.lane = r.name then r.room else least(r.room, 1) end
      for update skip locked
    ) due
  ),
  ranked as (
    select id, request_id, sequence, attempt, held + place as turn,
      row_number() over (partition by held + place, attempt > 0 order by next_attempt_at) as oldest,
      row_number() over (partition by held + place, attempt > 0 order by next_attempt_at desc) as newest
    from candidate
    where place <= room
  ),
  head as materialized (
    select id, request_id, sequence, attempt
    from ranked
    order by turn, attempt > 0, least(oldest, newest), newest
    limit $3
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
  select w.after, c.*, r.callback_url, r.callback_secret_id, r.artifact_type, r.artifact_id, e.payload, e.actor,
    e.created_at as occurred_at
  from (select max(name) filter (where place = ${WALK}) as after from walk) w
  left join (
    claimed c
    join approval_request r on r.id = c.request_id
    join approval_event e on e.request_id = c.request_id and e.sequence = c.sequence
  ) on true
  order by c.head, c.sequence`;

type Row = { after: string | null } & ((ClaimedDelivery & { head: string }) | { head: null });

/**
 * Claims what may be attempted now, oldest due first within a receiver. The statement is prepared by name, because planning
 * it takes longer than running it: `pool` has to be one whose sessions only reach rows by an index.
 */
export async function claimDeliveries(pool: Pool, limits: ClaimLimits): Promise<Claim> {
  const { now, leaseEnd, chains, elsewhere, after, paused = [] } = limits;
  const lanes = JSON.stringify(Object.fromEntries(limits.lanes));
  const { rows } = await pool.query<Row>({
    name: 'claim-deliveries',
    text: CLAIM,
    values: [now, leaseEnd, chains, lanes, elsewhere, after, paused],
  });
  const byHead = new Map<string, Chain>();
  for (const { after: _, ...row } of rows) {
    if (row.head === null) continue;
    const { head, ...delivery } = row;
    const chain = byHead.get(head);
    if (chain) chain.deliveries.push(delivery);
    else byHead.set(head, { receiver: delivery.receiver, leaseEnd, deliveries: [delivery] });
  }
  return { chains: [...byHead.values()], after: rows[0]?.after ?? null };
}
