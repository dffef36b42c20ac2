/** Run at every start: it makes what is not there. */
export const SCHEMA = `
create table if not exists parcel (
  id text primary key,
  place text not null,
  owner text not null
) strict;

-- Who owned a parcel since when. A change is entered once: that is what all the rest is for.
create table if not exists title (
  parcel text not null references parcel,
  owner text not null,
  since text not null,
  change text unique references change
) strict;

create table if not exists change (
  id text primary key,
  parcel text not null references parcel,
  from_owner text not null,
  to_owner text not null,
  grounds text not null,
  clerk text not null,
  proposed_at text not null,
  state text not null check (state in ('proposed', 'in_approval', 'applied', 'rejected', 'cancelled')),
  -- What AWE is asked, kept as it was first said: under one Idempotency-Key every repetition must be the same.
  question text not null,
  -- What AWE calls it. Null while nobody knows whether AWE has heard of it: these rows are the outbox.
  request_id text unique,
  last_failure text,
  ended_at text,
  ended_by text,
  ended_why text,
  check ((state = 'proposed') = (request_id is null))
) strict;

create unique index if not exists one_open_change on change (parcel) where state in ('proposed', 'in_approval');

create table if not exists seen_event (
  id text primary key,
  change text not null references change,
  seen_at text not null
) strict;

-- By its hash: who reads the database cannot sign in with what is there.
create table if not exists session (
  hash text primary key,
  person text not null,
  form_token text not null,
  expires_at text not null
) strict;

insert or ignore into parcel values
  ('N-101', 'Mill Lane 1, Northfield', 'Agnes Moreau'),
  ('N-102', 'Mill Lane 3, Northfield', 'Bashir & Sons'),
  ('N-117', 'The Old Orchard, Northfield', 'Chidi Okafor'),
  ('S-004', 'Harbour Road 12, Southbay', 'Delia Ferrante'),
  ('S-021', 'Lighthouse Point, Southbay', 'The Parish of Southbay'),
  ('S-090', 'Saltworks Meadow, Southbay', 'Emeka Okafor');
`;
