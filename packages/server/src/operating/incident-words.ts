import type { IncidentOut, RepairOut } from '@awe/contract/incidents';
import { BASE_PATH } from '@awe/contract/operation';
import type { ExhaustedReceiver } from '../ledger/incidents-exhausted.ts';
import type { FailedLookup } from '../ledger/incidents-lookups.ts';
import type { OverdueStage } from '../ledger/incidents-overdue.ts';
import { COUNTED } from '../ledger/receivers-list.ts';

// What each kind of incident is called, says, and is repaired by.

const NOTHING = { request_id: null, receiver: null, lookup: null, deliveries: null, overdue: null };

export const lookupId = (requestId: string) => `lookup-${requestId}`;
export const exhaustedId = (key: string) => `exhausted-${key}`;
export const overdueId = (requestId: string) => `overdue-${requestId}`;

export function lookupIncident(found: FailedLookup): IncidentOut {
  const { request_id, artifact_type, artifact_id, since, ...lookup } = found;
  const id = lookupId(request_id);
  const ends = lookup.phase === 'activation' ? 'cannot start' : 'cannot be escalated';
  return {
    ...NOTHING,
    id,
    kind: 'lookup_failed',
    since,
    request_id,
    lookup,
    what: `Stage ${lookup.stage_order} of the request about ${artifact_type} ${artifact_id} ${ends}: ${lookup.reason}.`,
    repairs: [
      retry(id, 'Look the people up now, once whoever answers for them is back.'),
      cancellation(request_id),
    ],
  };
}

export function exhaustedIncident(found: ExhaustedReceiver): IncidentOut {
  const { key, receiver, since, count, examples } = found;
  const id = exhaustedId(key);
  const why = examples[0]?.last_error;
  const many =
    count === 1 ? '1 webhook was' : `${count === COUNTED ? `${count} or more` : count} webhooks were`;
  return {
    ...NOTHING,
    id,
    kind: 'deliveries_exhausted',
    since,
    receiver,
    deliveries: { count, examples },
    what: `${many} given up: ${receiver} did not take ${count === 1 ? 'it' : 'them'}${why ? ` (${why})` : ''}.`,
    repairs: [
      retry(id, 'Send them again, once the receiver answers.'),
      post('Send nothing to the receiver until it is resumed.', '/admin/receivers/pause', { receiver }),
    ],
  };
}

export function overdueIncident(found: OverdueStage): IncidentOut {
  const { request_id, artifact_type, artifact_id, stage_order, since, waiting_for } = found;
  return {
    ...NOTHING,
    id: overdueId(request_id),
    kind: 'overdue',
    since,
    request_id,
    overdue: { stage_order, waiting_for },
    what: `Nobody who can decide stage ${stage_order} of the request about ${artifact_type} ${artifact_id} did so in time.`,
    repairs: [
      ...waiting_for.map(({ task_id, assignee }) =>
        post(`Give the task of ${assignee} to somebody else.`, `/tasks/${task_id}/reassign`, {
          new_assignee: '…',
        }),
      ),
      cancellation(request_id),
    ],
  };
}

function retry(id: string, description: string): RepairOut {
  return post(description, `/admin/incidents/${id}/retry`, null);
}

function cancellation(requestId: string): RepairOut {
  return post('Cancel the request.', `/requests/${requestId}/cancel`, { reason: '…' });
}

function post(description: string, path: string, body: RepairOut['body']): RepairOut {
  return { description, method: 'POST', path: `${BASE_PATH}${path}`, body };
}
