import type { TaskOut } from '@awe/contract/tasks';
import { ActionIcon, Anchor, Button, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { t } from '../../strings/t.ts';
import { Claim, type useClaim } from './claim.tsx';
import { ContextFacts } from './context-facts.tsx';
import { DecideButtons } from './decide-buttons.tsx';
import { Lately } from './lately.tsx';
import css from './task.module.css';
import { TaskFacts } from './task-facts.tsx';
import { TaskMarks } from './task-marks.tsx';
import type { Action } from './use-decisions.ts';
import { useToldRequest } from './use-told-request.ts';
import { Votes } from './votes.tsx';

const words = t.inbox.pane;

/**
 * Everything that somebody wants to know before deciding a task, and the buttons to do so, always in reach. Give it the
 * task’s id as its key: it takes the focus when it opens.
 */
export function TaskPane({
  task,
  claim,
  onAsk,
  onClose,
}: {
  task: TaskOut;
  claim: ReturnType<typeof useClaim>;
  onAsk: (action: Action) => void;
  onClose: () => void;
}): ReactNode {
  const { request_id, id } = task;
  const request = useOperation('getRequest', { params: { request_id } });
  const { told, events } = useToldRequest(request_id);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <section className={css.pane} aria-label={words.label}>
      <div className={css.body}>
        <Button
          className={css.back ?? ''}
          variant="subtle"
          leftSection={<IconArrowLeft size={18} aria-hidden />}
          onClick={onClose}
        >
          {words.back}
        </Button>
        <header className={css.paneHead}>
          <div>
            <h2 ref={heading} tabIndex={-1}>
              {told === undefined ? (
                <Skeleton width="12rem" height="1.6rem" />
              ) : (
                (told?.artifactId ?? t.inbox.row.unknown)
              )}
            </h2>
            <div className={css.kind}>
              <span className={css.aside}>{told?.artifactType}</span>
              <TaskMarks task={task} told={told} />
            </div>
          </div>
          <ActionIcon className={css.close ?? ''} size="lg" onClick={onClose} aria-label={words.close}>
            <IconX size={20} aria-hidden />
          </ActionIcon>
        </header>
        <TaskFacts task={task} told={told} />
        <h3>{words.context}</h3>
        {request.data ? (
          <ContextFacts context={request.data.context} />
        ) : request.error ? (
          <FailureNotice failure={request.error} onRetry={() => void request.refetch()} />
        ) : (
          <Skeleton height="4rem" />
        )}
        {told && (
          <>
            <h3>{words.votes}</h3>
            <Votes stages={told.stages} />
            <h3>{words.lately}</h3>
            <Lately events={events} stages={told.stages} />
          </>
        )}
        <Anchor
          renderRoot={(own) => <Link to="/requests/$requestId" params={{ requestId: request_id }} {...own} />}
        >
          {words.whole}
        </Anchor>
      </div>
      <div className={css.deeds}>
        <DecideButtons onAsk={onAsk} />
        {task.status === 'open' && <Claim claim={claim} id={id} />}
      </div>
    </section>
  );
}
