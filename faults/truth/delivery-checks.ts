const TOLD = `
  select e.id, e.request_id, e.sequence, e.event_type
  from approval_event e
  join approval_request r on r.id = e.request_id
  where r.callback_url is not null and e.event_type = any ($2) and ($1::uuid is null or r.id = $1)`;

/** Who has to be told is told once, and an idempotency key stands for one request that is there. */
export const deliveryChecks = [
  `select e.request_id, format('has no delivery of event %s (%s)', e.sequence, e.event_type)
   from (${TOLD}) as e
   left join webhook_delivery d on d.id = e.id
   where (d.request_id, d.sequence, d.event_type) is distinct from (e.request_id, e.sequence, e.event_type)`,

  `select d.request_id, format('has delivery %s of %s %s, which is not an event to be told', d.id, d.event_type, d.sequence)
   from webhook_delivery d
   left join (${TOLD}) as e on e.id = d.id
   where e.id is null and ($1::uuid is null or d.request_id = $1)`,

  `select k.request_id, format('is what idempotency key %s of %s stands for, and is not there', to_json(k.key), k.subject)
   from idempotency_key k
   left join approval_request r on r.id = k.request_id
   where r.id is null and ($1::uuid is null or k.request_id = $1)`,

  `select k.request_id, format('is what idempotency key %s of %s stands for, and its kept answer names request %s',
            to_json(k.key), k.subject, coalesce(k.response::jsonb ->> 'request_id', 'none'))
   from idempotency_key k
   where k.response::jsonb ->> 'request_id' is distinct from k.request_id::text
     and ($1::uuid is null or k.request_id = $1)`,

  `select k.request_id, format('is what %s idempotency keys stand for', count(*))
   from idempotency_key k
   where $1::uuid is null or k.request_id = $1
   group by k.request_id
   having count(*) > 1`,
];
