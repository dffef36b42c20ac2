import Type, { type Static } from 'typebox';
import { component, moment, nullable, nullableMoment } from './shapes.ts';

const count = (description: string) => Type.Integer({ minimum: 0, description });

export const OverviewTasksOut = component('OverviewTasksOut', 'Tasks that wait for their people.', {
  open: count('Tasks of open requests that are open or claimed, or expired and still to be decided.'),
  oldest_at: nullableMoment('When the oldest of them was handed out.'),
  older_than_a_day: count('Of them, those handed out more than a day ago.'),
  older_than_a_week: count('Of them, those handed out more than seven days ago.'),
  overdue: count('Of them, those past due.'),
  oldest_due_at: nullableMoment('When the one that is longest past due was due.'),
});

export const OverviewRequestsOut = component('OverviewRequestsOut', 'Requests by status.', {
  pending: count('Not begun.'),
  in_review: count('Being decided.'),
  approved: count('Approved within the days of the overview.'),
  rejected: count('Rejected within the days of the overview.'),
  cancelled: count('Cancelled within the days of the overview.'),
  oldest_open_id: nullable(Type.String(), { description: 'The open request that was made first.' }),
  oldest_open_at: nullableMoment('When it was made.'),
});

export const OverviewDayOut = component('OverviewDayOut', 'One day (UTC).', {
  day: Type.String({ description: 'The day.', examples: ['2026-04-23'] }),
  created: count('Requests that were made.'),
  approved: count('Requests that were approved.'),
  rejected: count('Requests that were rejected.'),
  cancelled: count('Requests that were cancelled.'),
});

export const OverviewDecisionTimeOut = component(
  'OverviewDecisionTimeOut',
  'How long requests under a policy took, from creation to approval or rejection.',
  {
    policy_key: Type.String({ description: 'The policy.', examples: ['farmer-change'] }),
    decided: count('Requests that were approved or rejected in the last seven days.'),
    median_seconds: Type.Number({ minimum: 0, description: 'Half of them took no longer; seconds.' }),
    p90_seconds: Type.Number({ minimum: 0, description: 'Nine in ten took no longer; seconds.' }),
  },
);

export const OverviewDeliveriesOut = component('OverviewDeliveriesOut', 'Webhooks by status.', {
  pending: count('To be attempted, at once or again.'),
  exhausted: count('Given up.'),
  delivered_in_a_day: count('Taken by their receivers, of the events of the last 24 hours.'),
  oldest_pending_at: nullableMoment('When the oldest event that is pending was written.'),
  due_since: nullableMoment('Since when a delivery has been due that was not attempted; null: none.'),
  paused_receivers: count('Receivers to whom nothing is sent.'),
});

const capped = (what: string) => count(`${what} Counted up to 1,000, which means that many or more.`);

export const OverviewIncidentsOut = component('OverviewIncidentsOut', 'Incidents by kind.', {
  lookup_failed: capped('Requests whose people cannot be found.'),
  deliveries_exhausted: capped('Receivers that did not take webhooks.'),
  overdue: capped('Requests whose pending people are all past due.'),
});

export const OverviewOut = component('OverviewOut', 'The state of everything.', {
  as_of: moment('When it was counted: some seconds ago at most.'),
  tasks: OverviewTasksOut,
  requests: OverviewRequestsOut,
  days: Type.Array(OverviewDayOut, { description: 'The last 30 days, oldest first; today is the last.' }),
  decision_times: Type.Array(OverviewDecisionTimeOut, {
    description: 'By policy, those with most decisions first; 50 at most. Up to a minute older than as_of.',
  }),
  deliveries: OverviewDeliveriesOut,
  incidents: OverviewIncidentsOut,
});

export type OverviewOut = Static<typeof OverviewOut>;
export type OverviewTasksOut = Static<typeof OverviewTasksOut>;
export type OverviewDayOut = Static<typeof OverviewDayOut>;
export type OverviewDecisionTimeOut = Static<typeof OverviewDecisionTimeOut>;
export type OverviewDeliveriesOut = Static<typeof OverviewDeliveriesOut>;
export type OverviewIncidentsOut = Static<typeof OverviewIncidentsOut>;
