import type { TaskOut } from '@awe/contract/tasks';
import { Checkbox, Skeleton } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import css from './inbox.module.css';
import { TaskDue, TaskMarks } from './task-marks.tsx';
import { useToldRequest } from './use-told-request.ts';

const words = t.inbox.row;

/** One task in the list. What it is about is read when it comes into sight. */
export function TaskRow({
  task,
  isOpen,
  isSelected,
  onSelect,
}: {
  task: TaskOut;
  isOpen: boolean;
  isSelected: boolean;
  onSelect: () => void;
}): ReactNode {
  const { ref, inViewport } = useInViewport<HTMLLIElement>();
  const { told } = useToldRequest(task.request_id, inViewport);
  const stage = told?.stages.find(({ order }) => order === task.stage_order);
  const name = told?.artifactId ?? words.unknown;
  return (
    <li ref={ref} className={css.row} data-open={isOpen || undefined} data-selected={isSelected || undefined}>
      <label className={css.pick} htmlFor={`pick-${task.id}`}>
        <Checkbox
          id={`pick-${task.id}`}
          checked={isSelected}
          onChange={onSelect}
          aria-label={words.select(told === undefined ? words.loading : name)}
        />
      </label>
      <Link
        to="/inbox"
        search={{ task: task.id }}
        resetScroll={false}
        className={css.link ?? ''}
        data-task={task.id}
        aria-current={isOpen ? 'true' : undefined}
      >
        {told === undefined ? (
          <Skeleton height="2.4rem" width="14rem" aria-label={words.loading} />
        ) : (
          <>
            <span className={css.what}>
              <strong>{name}</strong> <span className={css.aside}>{told?.artifactType}</span>
              <TaskMarks task={task} told={told} />
            </span>
            <span className={css.aside}>
              {words.stage(stage?.name ?? '', task.stage_order)}
              {told?.requester && <> · {words.by(told.requester)}</>}
            </span>
          </>
        )}
      </Link>
      <TaskDue task={task} />
    </li>
  );
}
