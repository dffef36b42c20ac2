-- One row for each thing an admin did, in the transaction that did it. Rows are linked: `hash` covers the row before.

create table audit_action (
  id            uuid primary key,
  -- gapless, in the order in which they were committed
  sequence      bigint not null unique,
  occurred_at   timestamptz not null,
  actor         text not null,
  actor_email   text,
  action        text not null,
  resource_type text not null,
  resource_id   text not null,
  summary       text not null,
  before        jsonb,
  after         jsonb,
  metadata      jsonb not null,
  -- SHA-256 of the row's content, and of the link before it with that: see integrity/audit-chain
  digest        bytea not null,
  hash          bytea not null
);
-- what somebody did; what happened to something; all actions of a kind: each newest first
create index audit_action_actor on audit_action (actor, id);
create index audit_action_resource on audit_action (resource_type, resource_id, id);
create index audit_action_action on audit_action (action, id);

-- The newest link, in a single row. Whoever writes an audit row holds it until the transaction ends, so it is always
-- written last: nobody who holds it waits for anything else.
create table audit_head (
  single   boolean primary key default true check (single),
  sequence bigint not null,
  hash     bytea not null
);
insert into audit_head (sequence, hash) values (0, sha256('awe audit'));

create function link_audit_action() returns trigger language plpgsql as $$
begin
  update audit_head h
  set sequence = h.sequence + 1,
      hash = sha256(h.hash || int8send(h.sequence + 1) || new.digest)
  returning h.sequence, h.hash into strict new.sequence, new.hash;
  return new;
end
$$;
create trigger audit_action_link before insert on audit_action for each row execute function link_audit_action();

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are neither changed nor deleted' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_action_kept before update or delete on audit_action
  for each row execute function refuse_audit_change();
create trigger audit_action_not_emptied before truncate on audit_action
  for each statement execute function refuse_audit_change();
