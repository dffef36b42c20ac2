import type { TaskOut } from '@awe/contract/tasks';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { Badge } from '../../blocks/status-badge.tsx';
import { useNow } from '../../blocks/use-now.ts';
import { t } from '../../strings/t.ts';
import { urgencyOf } from './due-first.ts';
import css from './inbox.module.css';
import type { ToldRequest } from './told-request.ts';

const words = t.inbox.row;

/** Whether a person must sign, and what else makes a task special. */
export function TaskMarks({
  task: { assignee, kind, stage_order, status },
  told,
}: {
  task: TaskOut;
  told: ToldRequest | null | undefined;
}): ReactNode {
  const seat = told?.stages.find(({ order }) => order === stage_order)?.shape?.seats.get(assignee);
  return (
    <>
      {seat?.required && <Badge tone="wait">{words.required}</Badge>}
      {kind === 'observer' && <Badge tone="quiet">{words.observer}</Badge>}
      {status === 'claimed' && <Badge tone="info">{words.claimed}</Badge>}
    </>
  );
}

/** When a task is due, or was. Nothing for one that is never due. */
export function TaskDue({ task }: { task: TaskOut }): ReactNode {
  const now = useNow();
  if (!task.due_at) return null;
  const isLate = urgencyOf(task, now) === 'overdue';
  return (
    <span className={isLate ? `${css.due} ${css.late}` : css.due}>
      {isLate ? words.wasDue : words.due} <Moment at={task.due_at} />
    </span>
  );
}
