import type { TimelineEvent } from '../approvals.ts';
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
  const { comment } = event.payload;
  return html`
<li class="${event.event_type}"><p>${sentenceOf(event)}</p>${
    typeof comment === 'string' && html`<blockquote>${comment}</blockquote>`
  }<small>${moment(event.created_at)}</small></li>`;
}

const DECIDED: Readonly<Record<string, string>> = {
  approve: 'approved',
  reject: 'rejected',
  abstain: 'abstained',
};

function sentenceOf({ event_type, payload, actor }: TimelineEvent): string {
  const text = (name: string) => String(payload[name] ?? '');
  const person = typeof actor === 'string' ? nameOf(actor) : 'AWE';
  switch (event_type) {
    case 'request_created':
      return 'Approval was asked for.';
    case 'stage_started':
      return `${text('name')}: ${whoMust(payload)} must approve.`;
    case 'stage_completed':
      return `${text('name')}: ${text('outcome')}.`;
    case 'task_claimed':
      return `${person} is looking at it.`;
    case 'task_decided':
      return `${person} ${DECIDED[text('action')] ?? text('action')}.`;
    case 'task_expired':
      return `${nameOf(text('assignee'))} has not decided in time.`;
    case 'task_reassigned':
      return `${person} gave it to somebody else.`;
    case 'request_approved':
      return 'Approved.';
    case 'request_rejected':
      return 'Rejected.';
    case 'request_cancelled':
      return `Cancelled by ${person}.`;
    default:
      // Whatever a newer AWE may tell.
      return `${event_type.replaceAll('_', ' ')}.`;
  }
}

const AND = new Intl.ListFormat('en', { type: 'conjunction' });

function whoMust({ approvers, needed }: TimelineEvent['payload']): string {
  const names = Array.isArray(approvers) ? approvers.map((id) => nameOf(String(id))) : [];
  return names.length === needed ? AND.format(names) : `${String(needed)} of ${AND.format(names)}`;
}
