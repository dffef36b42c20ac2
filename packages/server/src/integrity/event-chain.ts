import type { ApprovalRequest } from '@awe/engine/approval';
import type { Changes } from '@awe/engine/draft';
import type { TimelineEvent } from '@awe/engine/event';
import { type Link, linkOf } from './link.ts';

/** What a request is from its creation on, and never changes: the first thing its timeline vouches for. */
export type Frozen = Pick<ApprovalRequest, (typeof FROZEN)[number]>;

const FROZEN = [
  'id',
  'policy_id',
  'policy_key',
  'policy_version',
  'artifact_type',
  'artifact_id',
  'source_service',
  'requester',
  'context',
  'callback_url',
  'callback_secret_id',
  'created_at',
] as const satisfies readonly (keyof ApprovalRequest)[];

/** The link that stands before a request's first event. */
export function genesisOf(request: Frozen): Link {
  return linkOf(Object.fromEntries(FROZEN.map((name) => [name, request[name]])), null);
}

/** The link of an event, over everything that the timeline shows of it. */
export function eventLink(previous: Link, event: TimelineEvent): Link {
  const { id, request_id, sequence, event_type, payload, actor, created_at } = event;
  return linkOf({ id, request_id, sequence, event_type, payload, actor, created_at }, previous);
}

/** The links of the events of these changes, in their order, after `head`; null: there is no earlier link. */
export function linksOf({ request, events }: Changes, head: Link | null): Link[] {
  let previous = head ?? genesisOf(request);
  return events.map((event) => {
    previous = eventLink(previous, event);
    return previous;
  });
}
