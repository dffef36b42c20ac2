import type { DeliveryDetailOut, ReplayIn, ReplayOut } from './deliveries.ts';
import { delivery, request, webhookEvent } from './examples.ts';
import type { IncidentOut, IncidentRetryOut } from './incidents.ts';
import type { OverviewOut } from './overview.ts';
import type { ReceiverOut } from './receivers.ts';

// The day after the story of the other examples: the registry did not answer, and its operator looks into it.

const gaveUp = '2026-04-23T21:00:30.000Z';
const paused = '2026-04-24T06:45:00.000Z';
const RECEIVER = 'https://registry.example/approvals';

export const deliveryDetail: DeliveryDetailOut = {
  ...delivery,
  event_id: delivery.id,
  attempts: [{ at: gaveUp, duration_ms: 212, status_code: 502, error: 'the receiver answered 502' }],
  payload: { ...webhookEvent, event_id: delivery.id },
};

export const replay: ReplayIn = {
  receiver: RECEIVER,
  since: '2026-04-23T00:00:00.000Z',
  until: '2026-04-24T00:00:00.000Z',
  statuses: ['exhausted'],
  dry_run: false,
};

export const replayed: ReplayOut = { replayed: 17, dry_run: false };

export const receiver: ReceiverOut = {
  receiver: RECEIVER,
  pending: 3,
  oldest_pending_at: '2026-04-24T06:30:00.000Z',
  next_attempt_at: '2026-04-24T06:50:00.000Z',
  exhausted: 17,
  oldest_exhausted_at: delivery.created_at,
  paused: true,
  paused_at: paused,
  paused_by: 'u-admin',
  reason: 'maintenance',
};

export const resumedReceiver: ReceiverOut = {
  ...receiver,
  paused: false,
  paused_at: null,
  paused_by: null,
  reason: null,
};

const INCIDENT = 'exhausted-5b1f0c2d9e8a47b6';

export const incident: IncidentOut = {
  id: INCIDENT,
  kind: 'deliveries_exhausted',
  since: delivery.created_at,
  request_id: null,
  receiver: RECEIVER,
  what: `17 webhooks were given up: ${RECEIVER} did not take them (the receiver answered 502).`,
  lookup: null,
  deliveries: {
    count: 17,
    examples: [
      {
        delivery_id: delivery.id,
        request_id: request.id,
        event_type: delivery.event_type,
        last_status_code: 502,
        last_error: 'the receiver answered 502',
      },
    ],
  },
  overdue: null,
  repairs: [
    {
      description: 'Send them again, once the receiver answers.',
      method: 'POST',
      path: `/v1/awe/admin/incidents/${INCIDENT}/retry`,
      body: null,
    },
  ],
};

export const retriedIncident: IncidentRetryOut = { id: INCIDENT, retried: 17, incident: null };

export const overview: OverviewOut = {
  as_of: '2026-04-24T07:00:00.000Z',
  tasks: {
    open: 42,
    oldest_at: '2026-04-02T09:12:00.000Z',
    older_than_a_day: 18,
    older_than_a_week: 2,
    overdue: 3,
    oldest_due_at: '2026-04-04T09:12:00.000Z',
  },
  requests: {
    pending: 0,
    in_review: 31,
    approved: 412,
    rejected: 38,
    cancelled: 9,
    oldest_open_id: request.id,
    oldest_open_at: '2026-04-02T09:12:00.000Z',
  },
  days: [{ day: '2026-04-24', created: 12, approved: 9, rejected: 1, cancelled: 0 }],
  decision_times: [{ policy_key: 'farmer-change', decided: 96, median_seconds: 5_430, p90_seconds: 86_900 }],
  deliveries: {
    pending: 3,
    exhausted: 17,
    delivered_in_a_day: 148,
    oldest_pending_at: '2026-04-24T06:30:00.000Z',
    due_since: '2026-04-24T06:50:00.000Z',
    paused_receivers: 1,
  },
  incidents: { lookup_failed: 0, deliveries_exhausted: 1, overdue: 3 },
};
