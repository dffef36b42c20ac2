-- Signed statements of how far every chain has come: see integrity/checkpoint.

create table checkpoint_key (
  -- the RFC 7638 thumbprint of the public key
  id         text primary key,
  public_jwk jsonb not null,
  -- the private JWK, AES-256-GCM: see webhooks/sealing
  sealed     text not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
-- one key signs at a time
create unique index checkpoint_key_one_in_use on checkpoint_key ((true)) where retired_at is null;

create table checkpoint (
  -- gapless, in the order in which they were made
  number        bigint primary key,
  id            uuid not null unique,
  key_id        text not null references checkpoint_key (id),
  -- all that it says, and its signature: one text, so that there is nothing beside it to differ from it
  jws           text not null,
  -- by this database's clock: what was written before is in this checkpoint or an earlier one; null: not all of it yet
  scanned_until timestamptz
);

create table checkpoint_entry (
  request_id uuid not null,
  -- a timeline of one length has one head, so it is stated once; also: what was stated of a request
  sequence   integer not null,
  hash       bytea not null,
  number     bigint not null references checkpoint (number),
  primary key (request_id, sequence)
);
-- the entries of one checkpoint in the order of its root
create index checkpoint_entry_number on checkpoint_entry (number, request_id);

-- Requests that were taken out of this database after they had been written to an archive, in the form of the export.
create table archived_request (
  request_id  uuid primary key,
  sequence    integer not null,
  -- null: the request is older than the chains
  head_hash   bytea,
  archived_at timestamptz not null
);

-- By the database's clock, which all replicas share: their own may differ, and a request's time may be ahead of them.
alter table approval_event add column written_at timestamptz not null default now();
-- what was written since the last checkpoint; some bytes for a megabyte of events, and nothing to keep in order
create index approval_event_written on approval_event using brin (written_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are neither changed nor deleted', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger checkpoint_kept before update or delete on checkpoint
  for each row execute function refuse_change();
create trigger checkpoint_not_emptied before truncate on checkpoint
  for each statement execute function refuse_change();
create trigger checkpoint_entry_kept before update or delete on checkpoint_entry
  for each row execute function refuse_change();
create trigger checkpoint_entry_not_emptied before truncate on checkpoint_entry
  for each statement execute function refuse_change();
create trigger archived_request_kept before update or delete on archived_request
  for each row execute function refuse_change();
create trigger archived_request_not_emptied before truncate on archived_request
  for each statement execute function refuse_change();
