-- The timeline of a request is a hash chain: see integrity/event-chain. Null in what was written before there was one.
alter table approval_event add column hash bytea;
alter table approval_request add column head_hash bytea;
