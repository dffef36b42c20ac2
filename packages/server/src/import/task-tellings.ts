import type { Decision, Task } from '@awe/engine/approval';
import type { Instant } from '@awe/engine/instant';
import type { Recorded } from './recorded.ts';
import type { Telling } from './scribe.ts';
import { givenAway } from './seats.ts';

type Placed = { telling: Telling; at: Instant; rank: number };

/** Of one moment, in this order. */
const RANK = { task_reassigned: 0, task_claimed: 1, task_expired: 2, task_decided: 3 };

/** What happened to the tasks of one stage, oldest first. */
export function taskTellings(
  tasks: readonly Task[],
  decisions: ReadonlyMap<string, Decision>,
  recorded: Recorded,
): Telling[] {
  const placed = tasks.flatMap((task): Placed[] => {
    const of = (type: keyof typeof RANK, at: Instant, more: Partial<Telling>): Placed => ({
      at,
      rank: RANK[type],
      telling: {
        type,
        status: 'in_review',
        stageOrder: task.stage_order,
        at,
        isExact: true,
        about: { taskId: task.id },
        ...more,
      },
    });
    const { id: task_id, assignee } = task;
    const before = givenAway(task, tasks);
    const expiry = recorded.find('task_expired', { taskId: task_id });
    const expired_at =
      expiry?.created_at ?? (task.status === 'expired' ? (task.due_at ?? task.created_at) : null);
    const decision = decisions.get(task_id);
    const tellings: Placed[] = [];
    if (before) {
      const payload = { task_id: before.id, new_task_id: task_id, from: before.assignee, to: assignee };
      tellings.push(of('task_reassigned', task.created_at, { payload, about: { taskId: before.id } }));
    }
    // Only an open task can be claimed: a claim after the SLA was missed changed nothing.
    if (task.claimed_at !== null && (expired_at === null || task.claimed_at <= expired_at)) {
      const payload = { task_id, assignee, actor: assignee };
      tellings.push(of('task_claimed', task.claimed_at, { actor: assignee, payload }));
    }
    if (expired_at !== null) {
      const payload = { task_id, assignee, due_at: task.due_at };
      tellings.push(of('task_expired', expired_at, { payload }));
    }
    if (decision) {
      const payload = decisionPayload(task, decision);
      tellings.push(of('task_decided', decision.created_at, { actor: decision.actor, payload }));
    }
    return tellings;
  });
  return placed
    .sort((a, b) => (a.at === b.at ? a.rank - b.rank : a.at < b.at ? -1 : 1))
    .map(({ telling }) => telling);
}

function decisionPayload(task: Task, { id, actor, action, comment, attachments_ref, created_at }: Decision) {
  return {
    task_id: task.id,
    decision_id: id,
    assignee: task.assignee,
    kind: task.kind,
    actor,
    action,
    ...(actor === task.assignee ? {} : { on_behalf_of: task.assignee }),
    ...(task.due_at !== null && created_at >= task.due_at ? { late: true } : {}),
    ...(comment === null ? {} : { comment }),
    ...(attachments_ref === null ? {} : { attachments_ref }),
  };
}
