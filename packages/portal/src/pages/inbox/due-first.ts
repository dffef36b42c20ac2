import type { TaskOut } from '@awe/contract/tasks';

export const URGENCIES = ['overdue', 'soon', 'later', 'undated'] as const;

export type Urgency = (typeof URGENCIES)[number];

export type UrgencyGroup = { urgency: Urgency; tasks: TaskOut[] };

/** Milliseconds before its due time from which a task is due soon. */
const SOON_MS = 86_400_000;

/** Tasks in the order in which to decide them, by how urgent they are; `now` in milliseconds. Groups without tasks are left out. */
export function dueFirst(tasks: readonly TaskOut[], now: number): UrgencyGroup[] {
  const ordered = tasks.toSorted(
    (a, b) => dueMs(a) - dueMs(b) || Date.parse(a.created_at) - Date.parse(b.created_at),
  );
  return URGENCIES.map((urgency) => ({
    urgency,
    tasks: ordered.filter((task) => urgencyOf(task, now) === urgency),
  })).filter((group) => group.tasks.length > 0);
}

/** How urgent a task is. The service says that one has expired by its own clock. */
export function urgencyOf(task: TaskOut, now: number): Urgency {
  const due = dueMs(task);
  if (task.status === 'expired' || due <= now) return 'overdue';
  if (due === LAST) return 'undated';
  return due - now <= SOON_MS ? 'soon' : 'later';
}

/** Larger than every time, and still a number to subtract from. */
const LAST = Number.MAX_SAFE_INTEGER;

function dueMs({ due_at }: TaskOut): number {
  return due_at ? Date.parse(due_at) : LAST;
}
