import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';
import type { DeliveryAttempt } from './tables.ts';

/** How one claim of a delivery ended. `leaseEnd` is the lease it was held under. */
export type DeliveryResult = { id: string; leaseEnd: Instant; at: Instant } & (
  | { outcome: 'delivered'; status_code: number; duration_ms: number }
  /** `next_attempt_at` null: exhausted. `status_code` null: there was no answer. */
  | {
      outcome: 'failed';
      status_code: number | null;
      error: string;
      next_attempt_at: Instant | null;
      duration_ms: number;
    }
  /** Not attempted: due again at once, as if it had not been claimed. */
  | { outcome: 'released' }
);

/** Attempts kept of each delivery: some schedules' worth, and rows stay small. */
const KEPT_ATTEMPTS = 50;

/**
 * Primary key. Waits for no row: one that somebody else holds fails the statement at once (55P03), so that two replicas
 * cannot wait for each other, and nobody at a prompt keeps the results of all the others from being written.
 *
 * A result counts only while its lease is the row's: lease ends grow with every claim, and a retry by hand sets another
 * time too. So the late result of a lost lease changes nothing that happened since, except that a success is a fact:
 * whoever holds the delivery by then, the receiver has it.
 *
 * "Pending" is said by what it is not: said outright, the planner may take the partial indexes for a way to the rows, and
 * read all that wait or waited lately (15 ms a statement instead of 1).
 */
const RECORD = `
  with result as materialized (
    select * from jsonb_to_recordset($1::jsonb) as r (
      id uuid, "leaseEnd" timestamptz, at timestamptz, outcome text, status_code integer, error text,
      next_attempt_at timestamptz, told jsonb
    )
  ),
  held as materialized (
    select r.*
    from webhook_delivery d
    join result r on r.id = d.id
    where d.status not in ('delivered', 'exhausted') and (r.outcome = 'delivered' or d.next_attempt_at = r."leaseEnd")
    for update of d nowait
  )
  update webhook_delivery d
  set status = case
        when r.outcome = 'delivered' then 'delivered'
        when r.outcome = 'failed' and r.next_attempt_at is null then 'exhausted'
        else 'pending'
      end,
      attempt = d.attempt + case when r.outcome = 'released' then 0 else 1 end,
      next_attempt_at = case r.outcome when 'delivered' then null when 'failed' then r.next_attempt_at else r.at end,
      last_status_code = coalesce(r.status_code, d.last_status_code),
      last_error = case r.outcome when 'delivered' then null when 'failed' then r.error else d.last_error end,
      delivered_at = case when r.outcome = 'delivered' then r.at end,
      updated_at = r.at,
      attempts = case
        when r.told is null then d.attempts
        when jsonb_array_length(d.attempts) < ${KEPT_ATTEMPTS} then d.attempts || r.told
        else d.attempts - 0 || r.told
      end
  from held r
  where d.id = r.id
  returning d.id`;

/** Writes any number of results, one for a delivery. Returns the ids of those that counted. */
export async function recordDeliveries(pool: Pool, results: readonly DeliveryResult[]): Promise<string[]> {
  const told = results.map((result) => ({ ...result, told: attemptOf(result) }));
  const { rows } = await pool.query<{ id: string }>(RECORD, [JSON.stringify(told)]);
  return rows.map((row) => row.id);
}

/** As it is kept; nothing of what was not attempted, which JSON leaves out. */
function attemptOf(result: DeliveryResult): DeliveryAttempt | undefined {
  if (result.outcome === 'released') return undefined;
  const { at, duration_ms, status_code } = result;
  return { at, duration_ms, status_code, error: result.outcome === 'failed' ? result.error : null };
}
