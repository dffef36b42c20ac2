-- What operators look at: attempts of a delivery, receivers that are left alone, incidents, the overview.

-- the last 50 attempts, oldest first, written with the result of each: see ledger/deliveries-record
alter table webhook_delivery add column attempts jsonb not null default '[]';

-- receivers to whom nothing is sent
create table paused_receiver (
  receiver  text primary key,
  reason    text,
  paused_by text not null,
  paused_at timestamptz not null
);

-- exhausted deliveries of a receiver; the receivers that have any: rare, and no entry is made on the way of a delivery
create index webhook_delivery_exhausted on webhook_delivery (receiver, id) where status = 'exhausted';
-- incidents: has a request tasks that expired? rare too
create index approval_task_expired on approval_task (request_id) where status = 'expired';
-- overview: requests made or ended since. Block ranges: nothing is written to them on the way of a request
create index approval_request_created on approval_request using brin (created_at);
create index approval_request_completed on approval_request using brin (completed_at);
