import type { RequestStatus } from '@awe/engine/approval';
import { type EventType, WEBHOOK_EVENT_TYPES } from '@awe/engine/event';
import { decisionChecks } from './decision-checks.ts';
import { deliveryChecks } from './delivery-checks.ts';
import type { Sql } from './ledger-faults.ts';
import { timelineChecks } from './timeline-checks.ts';

const ENDINGS = [
  'request_approved',
  'request_rejected',
  'request_cancelled',
] as const satisfies (`request_${RequestStatus}` & EventType)[];

/**
 * Each check selects `request_id` and `fault`, the rest of a sentence about it. All are asked in one statement, with the
 * same parameters: $1 the one request that is meant or null for all, $2 the events that are delivered, $3 those that end
 * a request.
 */
const CHECKS = [...timelineChecks, ...decisionChecks, ...deliveryChecks].join('\nunion all\n');

/** What rows say about each other, found by PostgreSQL alone. */
export async function rowFaults(sql: Sql, requestId: string | null): Promise<string[]> {
  const found = await sql<{ request_id: string; fault: string }>(
    `select request_id, fault from (${CHECKS}) as found
     where $1::uuid is null or request_id = $1
     order by request_id, fault`,
    [requestId, WEBHOOK_EVENT_TYPES, ENDINGS],
  );
  return found.map(({ request_id, fault }) => `request ${request_id}: ${fault}`);
}
