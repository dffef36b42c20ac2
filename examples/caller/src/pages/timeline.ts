import type { TimelineEvent } from '@awe/client';
import { nameOf } from '../identity/people.ts';
import { type Html, html } from './html.ts';
import { moment } from './words.ts';

/** The timeline of a request, the oldest first, in people's words. */
export function timelineOf(events: readonly TimelineEvent[]): Html {
  if (events.length === 0) return html`<p class="nothing">AWE knows of no such request.</p>`;
  return html`<ol class="timeline">${events.map(entry)}
</ol>`;
}

function entry(event: TimelineEvent): Html {
  const comment = event.event_type === 'task_decided' ? event.payload.comment : undefined;
  return html`
<li class="${event.event_type}"><p>${sentenceOf(event)}</p>${
    comment !== undefined && html`<blockquote>${comment}</blockquote>`
  }<small>${moment(event.created_at)}</small></li>`;
}

const DECIDED: Readonly<Record<string, string>> = {
  approve: 'approved',
  reject: 'rejected',
  abstain: 'abstained',
};

function sentenceOf(event: TimelineEvent): string {
  const { event_type, actor } = event;
  const person = typeof actor === 'string' ? nameOf(actor) : 'AWE';
  switch (event_type) {
    case 'request_created':
      return 'Approval was asked for.';
    case 'stage_started':
      return `${event.payload.name}: ${whoMust(event)} must approve.`;
    case 'stage_completed':
      return `${event.payload.name}: ${event.payload.outcome}.`;
    case 'task_claimed':
      return `${person} is looking at it.`;
    case 'task_decided':
      return `${person} ${DECIDED[event.payload.action] ?? event.payload.action}.`;
    case 'task_expired':
      return `${nameOf(event.payload.assignee)} has not decided in time.`;
    case 'task_reassigned':
      return `${person} gave it to somebody else.`;
    case 'request_approved':
      return 'Approved.';
    case 'request_rejected':
      return 'Rejected.';
    case 'request_cancelled':
      return `Cancelled by ${person}.`;
    default:
      // Whatever else AWE tells, a newer one included.
      return `${event_type.replaceAll('_', ' ')}.`;
  }
}

const AND = new Intl.ListFormat('en', { type: 'conjunction' });

function whoMust({ payload: { approvers, needed } }: TimelineEvent<'stage_started'>): string {
  const names = AND.format(approvers.map(nameOf));
  return approvers.length === needed ? names : `${needed} of ${names}`;
}
