const TOLD = `
  select request_id, sequence, payload ->> 'decision_id' as decision_id, payload ->> 'task_id' as task_id,
         payload ->> 'action' as action, actor
  from approval_event
  where event_type = 'task_decided' and ($1::uuid is null or request_id = $1)`;

/** A decision is one row, one event and one task, and the three say the same. */
export const decisionChecks = [
  `select d.request_id, format('has decision %s, which %s events tell alike', d.id, count(e.sequence))
   from approval_decision d
   left join (${TOLD}) as e on e.decision_id = d.id::text and e.request_id = d.request_id
     and e.task_id = d.task_id::text and e.action = d.action and e.actor = d.actor
   where $1::uuid is null or d.request_id = $1
   group by d.id
   having count(e.sequence) <> 1`,

  `select e.request_id, format('tells decision %s at event %s, and has no such row', e.decision_id, e.sequence)
   from (${TOLD}) as e
   left join approval_decision d on d.id::text = e.decision_id and d.request_id = e.request_id
   where d.id is null`,

  `select d.request_id, format('has decision %s, and %s tasks that say so', d.id, count(t.id))
   from approval_decision d
   left join approval_task t on t.decision_id = d.id and t.id = d.task_id and t.request_id = d.request_id
     and t.stage_order = d.stage_order and t.status = 'completed' and t.action = d.action and t.decided_by = d.actor
   where $1::uuid is null or d.request_id = $1
   group by d.id
   having count(t.id) <> 1`,

  `select t.request_id, format('has task %s of %s, which is %s, and no decision of its own', t.id, t.assignee, t.status)
   from approval_task t
   left join approval_decision d on d.id = t.decision_id and d.task_id = t.id
   where d.id is null and (t.status = 'completed' or t.action is not null or t.decision_id is not null)
     and ($1::uuid is null or t.request_id = $1)`,

  `select d.request_id, format('has %s decisions on task %s', count(*), d.task_id)
   from approval_decision d
   where $1::uuid is null or d.request_id = $1
   group by d.request_id, d.task_id
   having count(*) > 1`,
];
