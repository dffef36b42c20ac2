import type { TaskOut } from '@awe/contract/tasks';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { PersonName } from '../../blocks/person-name.tsx';
import { t } from '../../strings/t.ts';
import css from './task.module.css';
import type { ToldRequest } from './told-request.ts';

const words = t.inbox.pane;

/** What is asked of whom, and until when. */
export function TaskFacts({
  task,
  told,
}: {
  task: TaskOut;
  told: ToldRequest | null | undefined;
}): ReactNode {
  const { assignee, kind, stage_order, status, created_at, due_at, delegated_from, reassigned_from } = task;
  const stage = told?.stages.find(({ order }) => order === stage_order);
  const notes = [
    stage?.shape?.seats.get(assignee)?.required && words.required,
    kind === 'observer' && words.observer,
    status === 'expired' && words.expired,
  ].filter((each) => typeof each === 'string');
  return (
    <>
      <dl className={css.facts}>
        <Fact name={words.asked}>{t.inbox.row.stage(stage?.name ?? '', stage_order)}</Fact>
        <Fact name={words.requester}>
          {told?.requester ? <PersonName id={told.requester} /> : words.nobody}
        </Fact>
        {delegated_from && (
          <Fact name={words.standsIn}>
            <PersonName id={delegated_from} />
          </Fact>
        )}
        {reassigned_from && (
          <Fact name={words.tookOver}>
            <PersonName id={reassigned_from} />
          </Fact>
        )}
        <Fact name={words.since}>
          <Moment at={created_at} />
        </Fact>
        <Fact name={words.due}>{due_at ? <Moment at={due_at} show="absolute" /> : words.noDue}</Fact>
      </dl>
      {notes.map((note) => (
        <p key={note} className={css.note}>
          {note}
        </p>
      ))}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
