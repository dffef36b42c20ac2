import type { TaskOut } from '@awe/contract/tasks';
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import css from './inbox.module.css';
import { useToldRequest } from './use-told-request.ts';

/** What a task is about: the artifact, as its owner names it. */
export function TaskName({ request_id }: Pick<TaskOut, 'request_id'>): ReactNode {
  const { told } = useToldRequest(request_id);
  if (told === undefined) return <Skeleton width="8rem" height="1rem" aria-label={t.inbox.row.loading} />;
  return (
    <span>
      <strong>{told?.artifactId ?? t.inbox.row.unknown}</strong>
      {told && <span className={css.aside}> {told.artifactType}</span>}
    </span>
  );
}
