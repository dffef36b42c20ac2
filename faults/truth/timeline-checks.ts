/** What the events of a request say about each other, and about its own row and tasks. */
export const timelineChecks = [
  `select r.id as request_id,
          format('has %s events, numbered %s to %s, and says there are %s',
            count(e.id), min(e.sequence), max(e.sequence), r.sequence) as fault
   from approval_request r
   left join approval_event e on e.request_id = r.id
   where $1::uuid is null or r.id = $1
   group by r.id
   having count(e.id) <> r.sequence or min(e.sequence) is distinct from 1 or max(e.sequence) is distinct from r.sequence`,

  `select r.id,
          format('is %s, and its endings are %s of %s events', r.status,
            coalesce(string_agg(e.event_type || ' at ' || e.sequence, ', ' order by e.sequence), 'none'),
            (select max(last.sequence) from approval_event last where last.request_id = r.id))
   from approval_request r
   left join approval_event e on e.request_id = r.id and e.event_type = any ($3)
   where $1::uuid is null or r.id = $1
   group by r.id
   having case
     when 'request_' || r.status = any ($3) then
       count(e.id) <> 1
       or min(e.event_type) <> 'request_' || r.status
       or max(e.sequence) <> (select max(last.sequence) from approval_event last where last.request_id = r.id)
     else count(e.id) > 0
   end`,

  `select e.request_id, format('tells %s of stage %s %s times', e.event_type, e.payload ->> 'stage_order', count(*))
   from approval_event e
   where e.event_type in ('stage_started', 'stage_completed') and ($1::uuid is null or e.request_id = $1)
   group by e.request_id, e.event_type, e.payload ->> 'stage_order'
   having count(*) > 1`,

  `select request_id, format('has event %s at a time before the event that it follows', sequence)
   from (
     select e.request_id, e.sequence, e.created_at,
            lag(e.created_at) over (partition by e.request_id order by e.sequence) as before
     from approval_event e
     where $1::uuid is null or e.request_id = $1
   ) as told
   where created_at < before`,

  `select t.request_id, format('is %s, and task %s of %s is %s', r.status, t.id, t.assignee, t.status)
   from approval_task t
   join approval_request r on r.id = t.request_id
   where t.status in ('open', 'claimed') and 'request_' || r.status = any ($3) and ($1::uuid is null or r.id = $1)`,

  `select t.request_id, format('has %s tasks for %s on stage %s', count(*), t.assignee, t.stage_order)
   from approval_task t
   where t.status <> 'reassigned' and ($1::uuid is null or t.request_id = $1)
   group by t.request_id, t.stage_order, t.assignee
   having count(*) > 1`,
];
