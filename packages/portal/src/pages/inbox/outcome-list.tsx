import type { TaskOut } from '@awe/contract/tasks';
import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { failureWords } from '../../blocks/failure-words.ts';
import { Badge, type Tone } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import css from './task.module.css';
import { TaskName } from './task-name.tsx';
import type { Outcome } from './use-decisions.ts';

const words = t.inbox.decide;
const TONES: Readonly<Record<Outcome['kind'], Tone>> = {
  waiting: 'quiet',
  busy: 'info',
  done: 'good',
  refused: 'bad',
};

/** A line for each task, and how many are through. */
export function OutcomeList({
  tasks,
  outcomes,
}: {
  tasks: readonly TaskOut[];
  outcomes: ReadonlyMap<string, Outcome>;
}): ReactNode {
  const finished = [...outcomes.values()].filter(({ kind }) => kind === 'done' || kind === 'refused').length;
  return (
    <>
      {outcomes.size > 0 && (
        <div>
          <Progress
            value={(100 * finished) / tasks.length}
            aria-label={words.progress(finished, tasks.length)}
          />
          <p className={css.progress} aria-live="polite">
            {words.progress(finished, tasks.length)}
          </p>
        </div>
      )}
      <ul className={css.outcomes} aria-label={words.list}>
        {tasks.map((task) => {
          const outcome = outcomes.get(task.id);
          return (
            <li key={task.id}>
              <TaskName request_id={task.request_id} />
              {outcome && <Badge tone={TONES[outcome.kind]}>{words.states[outcome.kind]}</Badge>}
              {outcome?.kind === 'refused' && <p>{whyOf(outcome.failure)}</p>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function whyOf(failure: unknown): string {
  const { title, message } = failureWords(failure);
  return message ?? title;
}
