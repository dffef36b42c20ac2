import type { TaskOut } from '@awe/contract/tasks';
import { describe, expect, it } from 'vitest';
import { dueFirst } from '../src/pages/inbox/due-first.ts';

const NOW = Date.parse('2026-04-23T10:00:00.000Z');

const task = (id: string, due_at: string | null, more: Partial<TaskOut> = {}): TaskOut => ({
  id,
  request_id: id,
  stage_id: 'stage',
  stage_order: 1,
  assignee: 'u-amina',
  status: 'open',
  due_at,
  created_at: '2026-04-20T10:00:00.000Z',
  ...more,
});

const order = (...tasks: TaskOut[]) =>
  dueFirst(tasks, NOW).map((group) => `${group.urgency}: ${group.tasks.map(({ id }) => id).join(' ')}`);

describe('the order of the inbox', () => {
  it('begins with what is overdue, then what is due soonest, and ends with what is never due', () => {
    expect(
      order(
        task('never', null),
        task('next week', '2026-04-30T10:00:00.000Z'),
        task('tomorrow', '2026-04-24T10:00:00.000Z'),
        task('now', '2026-04-23T10:00:00.000Z'),
        task('yesterday', '2026-04-22T10:00:00.000Z'),
        task('today', '2026-04-23T10:00:00.001Z'),
      ),
    ).toEqual(['overdue: yesterday now', 'soon: today tomorrow', 'later: next week', 'undated: never']);
  });

  it('believes the service that a task has expired, whatever the clock here says', () => {
    expect(order(task('late', '2026-04-23T12:00:00.000Z', { status: 'expired' }))).toEqual(['overdue: late']);
  });

  it('puts what waits longest first where nothing else tells them apart', () => {
    expect(
      order(
        task('younger', null, { created_at: '2026-04-22T10:00:00.000Z' }),
        task('older', null, { created_at: '2026-04-21T10:00:00.000Z' }),
      ),
    ).toEqual(['undated: older younger']);
  });
});
