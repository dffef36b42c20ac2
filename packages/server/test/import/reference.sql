-- A database of the reference implementation as its published API lets us assume it: the tables that its operators know, with
-- the properties of the API as columns and foreign keys named <parent>_id. Nobody looked at the real schema.
create table approval_policy (
  id uuid primary key, policy_key varchar(128) not null, version integer not null, name varchar(255) not null,
  description text, status varchar(32) not null, artifact_type varchar(128) not null,
  forbid_self_approval boolean not null default false, forbid_repeat_approvers boolean not null default false,
  created_by varchar(255), created_at timestamptz not null, updated_at timestamptz not null
);
create table approval_stage (
  id uuid primary key, policy_id uuid not null references approval_policy, name varchar(255) not null,
  stage_order integer not null, mode varchar(32) not null default 'all', mode_value integer, sla_hours integer,
  skip_if jsonb, on_empty varchar(32) not null default 'block', parallel_group integer, on_breach varchar(32),
  escalation_rules jsonb
);
create table approver_rule (
  id uuid primary key, stage_id uuid not null references approval_stage, rule_type varchar(32) not null,
  rule_value jsonb not null, kind varchar(32) not null default 'approver', required boolean not null default false
);
create table approval_request (
  id uuid primary key, policy_id uuid not null references approval_policy, policy_key varchar(128) not null,
  policy_version integer not null, artifact_type varchar(128) not null, artifact_id varchar(255) not null,
  source_service varchar(255) not null, requester varchar(255), context jsonb not null default '{}',
  callback_url text, callback_secret_id uuid, status varchar(32) not null, current_stage_order integer not null,
  completed_at timestamptz, created_at timestamptz not null, updated_at timestamptz not null
);
create table approval_task (
  id uuid primary key, request_id uuid not null references approval_request, stage_id uuid not null references approval_stage,
  stage_order integer not null, assignee varchar(255) not null, kind varchar(32) not null default 'approver',
  delegated_from varchar(255), reassigned_from varchar(255), status varchar(32) not null, claimed_at timestamptz,
  completed_at timestamptz, due_at timestamptz, decision_id uuid, created_at timestamptz not null
);
create table approval_decision (
  id uuid primary key, request_id uuid not null references approval_request, task_id uuid not null, stage_order integer not null,
  actor varchar(255) not null, action varchar(32) not null, comment text, attachments_ref text,
  created_at timestamptz not null
);
create table approval_event (
  id uuid primary key, request_id uuid not null references approval_request, event_type varchar(64) not null,
  payload jsonb not null, created_at timestamptz not null
);
create table user_delegation (
  id uuid primary key, user_id varchar(255) not null, delegate_to varchar(255) not null, starts_at timestamptz not null,
  ends_at timestamptz not null, reason text, created_by varchar(255), created_at timestamptz not null
);
create table callback_secret (id uuid primary key, name varchar(255) not null, value_encrypted bytea, created_at timestamptz);
create table idempotency_key (key varchar(255) primary key, request_hash varchar(64), response jsonb, created_at timestamptz);
create table webhook_delivery (id uuid primary key, request_id uuid, status varchar(32), attempt integer);
create table audit_action (id uuid primary key, action varchar(64));
create table alembic_version (version_num varchar(32));
create index on approval_task (request_id);
create index on approval_event (request_id);

-- Short words for long rows. Ids are UUID v4; the day on which everything happened is 2030-01-01.
create function pg_temp.u(n bigint) returns uuid language sql as
  $$ select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
create function pg_temp.at(hour numeric) returns timestamptz language sql as
  $$ select timestamptz '2030-01-01 00:00:00.123456+00' + hour * interval '1 hour' $$;
create function pg_temp.policy(n integer, key text, version integer, status text, self boolean default false) returns void
  language sql as $$
  insert into approval_policy
  values (pg_temp.u(n), key, version, key || ' approval', null, status, 'test.artifact', self, false, 'ada', pg_temp.at(0), pg_temp.at(0)) $$;
create function pg_temp.stage(n integer, policy integer, place integer, mode text, value integer, more jsonb default '{}')
  returns void language sql as $$
  insert into approval_stage
  values (pg_temp.u(n), pg_temp.u(policy), 'Stage ' || place, place, mode, value, (more ->> 'sla_hours')::integer,
    more -> 'skip_if', coalesce(more ->> 'on_empty', 'block'), (more ->> 'group')::integer, more ->> 'on_breach', '[]') $$;
create function pg_temp.rule(n integer, stage integer, type text, value jsonb, required boolean default false) returns void
  language sql as $$
  insert into approver_rule values (pg_temp.u(n), pg_temp.u(stage), type, value, 'approver', required) $$;
create function pg_temp.request(n integer, policy integer, state text, place integer, about jsonb default '{}',
  wanted_by text default 'rita', completed numeric default null) returns void language sql as $$
  insert into approval_request
  select pg_temp.u(n), p.id, p.policy_key, p.version, 'test.artifact', 'a-' || n, 'registry-service', wanted_by, about, null, null,
    state, place, pg_temp.at(completed), pg_temp.at(1), pg_temp.at(coalesce(completed, 2))
  from approval_policy p where p.id = pg_temp.u(policy);
  insert into approval_event
  values (pg_temp.u(n * 1000 + 1), pg_temp.u(n), 'request_created', jsonb_build_object('request_id', pg_temp.u(n)), pg_temp.at(1)) $$;
create function pg_temp.task(n integer, request integer, stage integer, assignee text, status text, created numeric default 1,
  due numeric default null, reassigned text default null) returns void language sql as $$
  insert into approval_task
  select pg_temp.u(n), pg_temp.u(request), s.id, s.stage_order, assignee, 'approver', null, reassigned, status,
    case when status = 'claimed' then pg_temp.at(1.5) end, null, pg_temp.at(due), null, pg_temp.at(created)
  from approval_stage s where s.id = pg_temp.u(stage) $$;
create function pg_temp.decide(n integer, task integer, action text, hour numeric) returns void language sql as $$
  insert into approval_decision
  select pg_temp.u(n), t.request_id, t.id, t.stage_order, t.assignee, action, 'seen', null, pg_temp.at(hour)
  from approval_task t where t.id = pg_temp.u(task);
  update approval_task set status = 'completed', completed_at = pg_temp.at(hour), decision_id = pg_temp.u(n)
  where id = pg_temp.u(task) $$;
create function pg_temp.event(n integer, request integer, type text, payload jsonb, hour numeric) returns void language sql as $$
  insert into approval_event values (pg_temp.u(n), pg_temp.u(request), type, payload, pg_temp.at(hour)) $$;

-- land: version 2 is the active one, a clerk of two and then the director. odd: its mode means nothing here.
select pg_temp.policy(1, 'land', 1, 'archived'), pg_temp.stage(11, 1, 1, 'all', null),
  pg_temp.rule(12, 11, 'user', '{"user_id": "alice"}');
select pg_temp.policy(2, 'land', 2, 'active'), pg_temp.stage(21, 2, 1, 'any-n', 1), pg_temp.stage(22, 2, 2, 'all', null),
  pg_temp.rule(23, 21, 'user', '{"user_id": "alice"}'), pg_temp.rule(24, 21, 'user', '{"user_id": "bob"}'),
  pg_temp.rule(25, 22, 'user', '{"user_id": "dora"}', true);
select pg_temp.policy(3, 'land', 3, 'draft'), pg_temp.stage(31, 3, 1, 'all', null),
  pg_temp.rule(32, 31, 'user', '{"user_id": "alice"}');
select pg_temp.policy(4, 'both', 1, 'active'), pg_temp.stage(41, 4, 1, 'all', null, '{"group": 7}'),
  pg_temp.stage(42, 4, 2, 'all', null, '{"group": 7}'), pg_temp.stage(43, 4, 3, 'all', null),
  pg_temp.rule(44, 41, 'user', '{"user_id": "lea"}'), pg_temp.rule(45, 42, 'user', '{"user_id": "fin"}'),
  pg_temp.rule(46, 43, 'user', '{"user_id": "chief"}');
select pg_temp.policy(5, 'odd', 1, 'active'), pg_temp.stage(51, 5, 1, 'weighted', 3),
  pg_temp.rule(52, 51, 'user', '{"user_id": "alice"}');
select pg_temp.policy(6, 'timed', 1, 'active'),
  pg_temp.stage(61, 6, 1, 'all', null, '{"sla_hours": 24, "on_breach": "auto_approve"}'),
  pg_temp.rule(62, 61, 'user', '{"user_id": "alice"}');
select pg_temp.policy(7, 'own', 1, 'active', true), pg_temp.stage(71, 7, 1, 'any-n', 1),
  pg_temp.rule(72, 71, 'user', '{"user_id": "alice"}'), pg_temp.rule(73, 71, 'user', '{"user_id": "rita"}');
select pg_temp.policy(8, 'roles', 1, 'active'), pg_temp.stage(81, 8, 1, 'any-n', 1),
  pg_temp.rule(82, 81, 'role', '{"role": "NOTARY"}', true), pg_temp.rule(83, 81, 'user', '{"user_id": "alice"}');
select pg_temp.policy(9, 'amount', 1, 'active'),
  pg_temp.stage(91, 9, 1, 'all', null, '{"skip_if": {"<": [{"var": "amount"}, 1000]}}'), pg_temp.stage(92, 9, 2, 'all', null),
  pg_temp.rule(93, 91, 'user', '{"user_id": "dora"}'), pg_temp.rule(94, 92, 'user', '{"user_id": "alice"}');

-- Ended. 101: approved, and its timeline is whole; 102: rejected, and it has next to none; 103: cancelled; 104: under the
-- first version; 105: under the mode that means nothing; 106: a vote without a decision.
select pg_temp.request(101, 2, 'approved', 2, '{"amount": 12.5}', 'rita', 4), pg_temp.task(1011, 101, 21, 'alice', 'completed'),
  pg_temp.task(1012, 101, 21, 'bob', 'skipped'), pg_temp.task(1013, 101, 22, 'dora', 'completed', 2),
  pg_temp.decide(1014, 1011, 'approve', 2), pg_temp.decide(1015, 1013, 'approve', 4),
  pg_temp.event(1016, 101, 'stage_started', '{"stage_order": 1}', 1), pg_temp.event(1017, 101, 'stage_completed', '{"stage_order": 1}', 2),
  pg_temp.event(1018, 101, 'request_approved', '{"note": "as it was there"}', 4), pg_temp.event(1019, 101, 'task_created', '{}', 1);
select pg_temp.request(102, 2, 'rejected', 1, '{}', 'rita', 3), pg_temp.task(1021, 102, 21, 'alice', 'skipped'),
  pg_temp.task(1022, 102, 21, 'bob', 'completed'), pg_temp.decide(1023, 1022, 'reject', 3);
select pg_temp.request(103, 2, 'cancelled', 1, '{}', 'rita', 3), pg_temp.task(1031, 103, 21, 'alice', 'skipped'),
  pg_temp.task(1032, 103, 21, 'bob', 'open'), pg_temp.event(1033, 103, 'request_cancelled', '{"reason": "withdrawn"}', 3);
select pg_temp.request(104, 1, 'approved', 1, '{}', 'rita', 3), pg_temp.task(1041, 104, 11, 'alice', 'completed'),
  pg_temp.decide(1042, 1041, 'approve', 3);
select pg_temp.request(105, 5, 'approved', 1, '{}', 'rita', 3), pg_temp.task(1051, 105, 51, 'alice', 'completed'),
  pg_temp.decide(1052, 1051, 'approve', 3);
select pg_temp.request(106, 1, 'approved', 1, '{}', 'rita', 3), pg_temp.task(1061, 106, 11, 'alice', 'completed');

-- In flight, and clear. 110: the director has to sign; 111: one of two in parallel has; 112: just begun; 117: past due; 124:
-- given to somebody else.
select pg_temp.request(110, 2, 'in_review', 2), pg_temp.task(1101, 110, 21, 'alice', 'completed'),
  pg_temp.task(1102, 110, 21, 'bob', 'skipped'), pg_temp.decide(1103, 1101, 'approve', 2), pg_temp.task(1104, 110, 22, 'dora', 'open', 2);
select pg_temp.request(111, 4, 'in_review', 1), pg_temp.task(1111, 111, 41, 'lea', 'completed'),
  pg_temp.task(1112, 111, 42, 'fin', 'claimed'), pg_temp.decide(1113, 1111, 'approve', 2);
select pg_temp.request(112, 2, 'in_review', 1), pg_temp.task(1121, 112, 21, 'alice', 'open'), pg_temp.task(1122, 112, 21, 'bob', 'open');
select pg_temp.request(117, 6, 'in_review', 1), pg_temp.task(1171, 117, 61, 'alice', 'open', 1, 25);
select pg_temp.request(124, 1, 'in_review', 1), pg_temp.task(1241, 124, 11, 'alice', 'reassigned'),
  pg_temp.task(1242, 124, 11, 'anna', 'open', 5, null, 'alice');

-- In flight, and not clear: see the test for what is wrong with each.
select pg_temp.request(113, 5, 'in_review', 1), pg_temp.task(1131, 113, 51, 'alice', 'open');
select pg_temp.request(114, 2, 'in_review', 1), pg_temp.task(1141, 114, 21, 'alice', 'open'),
  pg_temp.task(1142, 114, 21, 'bob', 'completed'), pg_temp.decide(1143, 1142, 'approve', 2);
select pg_temp.request(115, 2, 'in_review', 2), pg_temp.task(1151, 115, 21, 'alice', 'completed'), pg_temp.task(1152, 115, 21, 'bob', 'skipped'),
  pg_temp.decide(1153, 1151, 'approve', 2), pg_temp.task(1154, 115, 22, 'erin', 'open', 2);
select pg_temp.request(116, 2, 'in_review', 1), pg_temp.task(1161, 116, 21, 'alice', 'open'), pg_temp.task(1162, 116, 21, 'bob', 'open');
select pg_temp.request(118, 9, 'in_review', 2), pg_temp.task(1181, 118, 92, 'alice', 'open');
select pg_temp.request(119, 8, 'in_review', 1), pg_temp.task(1191, 119, 81, 'alice', 'open'), pg_temp.task(1192, 119, 81, 'nora', 'open');
select pg_temp.request(120, 7, 'in_review', 1), pg_temp.task(1201, 120, 71, 'alice', 'open'), pg_temp.task(1202, 120, 71, 'rita', 'open');
select pg_temp.request(121, 2, 'pending', 0);
select pg_temp.request(122, 2, 'paused', 1), pg_temp.task(1221, 122, 21, 'alice', 'open'), pg_temp.task(1222, 122, 21, 'bob', 'open');
select pg_temp.request(123, 1, 'in_review', 1, '{"amount": 9007199254740993}'), pg_temp.task(1231, 123, 11, 'alice', 'open');
select pg_temp.request(125, 1, 'in_review', 1), pg_temp.task(1251, 125, 11, 'alice', 'open');
select pg_temp.request(126, 6, 'in_review', 1), pg_temp.task(1261, 126, 61, 'alice', 'expired', 1, 25);
select pg_temp.request(127, 2, 'in_review', 1), pg_temp.task(1271, 127, 21, 'alice', 'skipped'), pg_temp.task(1272, 127, 21, 'bob', 'open');
select pg_temp.request(128, 2, 'in_review', 2), pg_temp.task(1281, 128, 21, 'alice', 'skipped'), pg_temp.task(1282, 128, 21, 'bob', 'skipped'),
  pg_temp.task(1283, 128, 22, 'dora', 'open', 2);
select pg_temp.request(129, 1, 'in_review', 1), pg_temp.task(1291, 129, 11, 'alice', 'open'), pg_temp.task(1292, 129, 11, 'zoe', 'open', 9);
update approval_request set callback_secret_id = pg_temp.u(900) where id = pg_temp.u(116);
update approval_request set callback_url = 'ftp://registry.example/x' where id = pg_temp.u(125);

insert into callback_secret values (pg_temp.u(900), 'registry', '\x00', pg_temp.at(0));
insert into idempotency_key values ('cr-1', 'x', '{}', pg_temp.at(1));
insert into webhook_delivery values (pg_temp.u(901), pg_temp.u(101), 'delivered', 1);
insert into user_delegation values
  (pg_temp.u(801), 'dora', 'dan', pg_temp.at(-99999), pg_temp.at(9999), 'leave', 'ada', pg_temp.at(0)),
  (pg_temp.u(802), 'dora', 'dora', pg_temp.at(0), pg_temp.at(9), null, 'ada', pg_temp.at(0));
