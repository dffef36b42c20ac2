import { nameOf } from '../identity/people.ts';
import type { Change, ChangeState } from '../register/changes.ts';
import { type Html, html } from './html.ts';

const STATES: Readonly<Record<ChangeState, string>> = {
  proposed: 'Waiting for AWE',
  in_approval: 'In approval',
  applied: 'Applied',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
};

export function stateBadge(state: ChangeState): Html {
  return html`<span class="state ${state}">${STATES[state]}</span>`;
}

/** Why AWE rejected a request, by its own name for it. */
const REASONS: Readonly<Record<string, string>> = {
  rejected_by_approver: 'an approver said no',
  no_approvers_resolved: 'there is nobody who may approve it',
  quorum_unreachable: 'too few people are left who may approve it',
  sla_breached: 'nobody decided in time',
};

/** How a change ended, in a sentence; null while it has not. */
export function howItEnded({ state, ended_by, ended_why }: Change): string | null {
  const why = ended_why === null ? '' : `: ${REASONS[ended_why] ?? ended_why.replaceAll('_', ' ')}`;
  const by = ended_by === null ? '' : ` by ${nameOf(ended_by)}`;
  if (state === 'applied') return 'Approved, and entered in the register.';
  if (state === 'rejected' || state === 'cancelled') return `${STATES[state]}${by}${why}.`;
  return null;
}

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export function moment(iso: string): Html {
  return html`<time datetime="${iso}">${MOMENT.format(new Date(iso))} UTC</time>`;
}
