import { createHmac } from 'node:crypto';
import { type HmacSha256, webhookHeaders } from '@awe/contract/signature';
import type { WebhookEvent } from '@awe/contract/webhook-event';
import type { Instant } from '@awe/engine/instant';
import type { JsonObject } from '@awe/engine/policy';
import type { ClaimedDelivery } from '../ledger/deliveries-claim.ts';
import type { SecretsInForce } from './signing-secrets.ts';

const hmac: HmacSha256 = (key, text, encoding) => createHmac('sha256', key).update(text).digest(encoding);

/** The body of a delivery: made of what never changes, so that every attempt sends the same text. */
export function webhookBody(delivery: ClaimedDelivery): string {
  const { status, stage_order } = delivery.payload;
  const event: WebhookEvent = {
    event_id: delivery.id,
    event_type: delivery.event_type,
    request_id: delivery.request_id,
    artifact_type: delivery.artifact_type,
    artifact_id: delivery.artifact_id,
    status: String(status),
    stage_order: typeof stage_order === 'number' ? stage_order : null,
    actor: delivery.actor,
    occurred_at: delivery.occurred_at,
    sequence: delivery.sequence,
    data: sorted(delivery.payload),
  };
  return JSON.stringify(event);
}

/** A payload comes straight from the engine or back from PostgreSQL, which has an order of its own for its members. */
function sorted(payload: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All headers of one attempt; `now` is when it is made. */
export function attemptHeaders(
  eventId: string,
  body: string,
  secrets: SecretsInForce,
  now: Instant,
): Record<string, string> {
  const timestampSeconds = Math.floor(Date.parse(now) / 1000);
  return {
    'content-type': 'application/json',
    'user-agent': 'awe-webhooks',
    ...webhookHeaders({ eventId, timestampSeconds, body, secrets }, hmac),
  };
}
