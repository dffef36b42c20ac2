import { isDelivered, type TimelineEvent } from '@awe/engine/event';
import type { Received } from '../../packages/server/demo/receiver.ts';
import type { Ledger } from './ledger.ts';

/** What the receiver was sent, each webhook as often as it came. */
export type Deliveries = { wanted: number; duplicates: number; lost: string[]; wrong: string[] };

/**
 * Every event that is to be told has reached the receiver at least once, is kept as delivered, and came as it is in the
 * ledger, genuinely signed; and nothing came that is not there.
 */
export function checkDeliveries(received: readonly Received[], ledger: Ledger): Deliveries {
  const arrived = Map.groupBy(received, (webhook) => webhook.event_id);
  const events = [...ledger.timelines.values()].flat();
  const byId = new Map(events.map((event) => [event.id, event]));
  const wanted = events.filter(
    (event) => isDelivered(event.event_type) && ledger.requests.get(event.request_id)?.callback_url != null,
  );
  const lost = wanted.flatMap((event) => {
    if (!arrived.has(event.id)) return [`${nameOf(event)} never reached the receiver.`];
    const status = ledger.deliveries.get(event.id)?.status ?? 'missing';
    return status === 'delivered' ? [] : [`The delivery of ${nameOf(event)} is ${status}.`];
  });
  const wrong = received.flatMap((webhook) => {
    const event = byId.get(webhook.event_id);
    if (event === undefined)
      return [`A webhook came of event ${webhook.event_id}, which is not in the ledger.`];
    if (!webhook.genuine) return [`A webhook of ${nameOf(event)} was not genuinely signed.`];
    return sameEvent(webhook, event) ? [] : [`A webhook of ${nameOf(event)} says something else than it.`];
  });
  return { wanted: wanted.length, duplicates: received.length - arrived.size, lost, wrong };
}

function nameOf({ request_id, sequence, event_type }: TimelineEvent): string {
  return `event ${sequence} (${event_type}) of request ${request_id}`;
}

function sameEvent(webhook: Received, event: TimelineEvent): boolean {
  return (
    webhook.event_type === event.event_type &&
    webhook.request_id === event.request_id &&
    webhook.sequence === event.sequence &&
    webhook.status === event.payload.status
  );
}
