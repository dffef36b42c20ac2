import type { TaskOut } from '@awe/contract/tasks';
import { Button, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { useNow } from '../../blocks/use-now.ts';
import { t } from '../../strings/t.ts';
import { useClaim } from './claim.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { dueFirst } from './due-first.ts';
import css from './inbox.module.css';
import { KeyLegend } from './key-legend.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { TaskList } from './task-list.tsx';
import { TaskPane } from './task-pane.tsx';
import type { Action } from './use-decisions.ts';
import { useInboxKeys } from './use-inbox-keys.ts';
import { useOpenTask } from './use-open-task.ts';
import { useSelection } from './use-selection.ts';
import type { WaitingTasks } from './use-waiting-tasks.ts';

type Asked = { action: Action; tasks: readonly TaskOut[] };

/** The list of tasks, the one that is open, and what is done with them. `onAsked` hears which are being decided. */
export function Workbench({
  tasks,
  hasMore,
  onAsked,
}: WaitingTasks & { onAsked: (tasks: readonly TaskOut[]) => void }): ReactNode {
  const groups = dueFirst(tasks, useNow());
  const ordered = groups.flatMap((group) => group.tasks);
  const byId = new Map(ordered.map((task) => [task.id, task]));
  const place = useOpenTask(ordered.map(({ id }) => id));
  const selection = useSelection(ordered);
  const claim = useClaim();
  const [asked, setAsked] = useState<Asked | null>(null);
  const openTask = byId.get(place.open ?? '');
  const currentTask = () => byId.get(place.current() ?? '');
  const ask = (action: Action, about: readonly (TaskOut | undefined)[]) => {
    const found = about.filter((each) => each !== undefined);
    if (found.length === 0) return;
    setAsked({ action, tasks: found });
    onAsked(found);
  };
  const decided = (ids: readonly string[]) => {
    setAsked(null);
    onAsked([]);
    const gone = new Set(ids);
    selection.drop(gone);
    place.leave(gone);
  };
  const decide = (action: Action) => () =>
    ask(action, selection.tasks.length > 0 ? selection.tasks : [currentTask()]);
  const withCurrent = (deed: (task: TaskOut) => void) => () => {
    const task = currentTask();
    if (task) deed(task);
  };
  useInboxKeys({
    j: () => place.move(1),
    k: () => place.move(-1),
    ArrowDown: () => place.move(1),
    ArrowUp: () => place.move(-1),
    a: decide('approve'),
    r: decide('reject'),
    b: decide('abstain'),
    c: withCurrent(({ id, status }) => {
      if (status === 'open') claim.mutate({ params: { task_id: id } });
    }),
    x: withCurrent(({ id }) => selection.toggle(id)),
    Escape: () => (place.open === undefined ? selection.clear() : place.close()),
  });
  return (
    <>
      {hasMore && (
        <Text c="dimmed" mb="md">
          {t.inbox.more(tasks.length)}
        </Text>
      )}
      <div className={css.bench} data-open={place.open !== undefined || undefined}>
        <div className={css.waiting}>
          <TaskList groups={groups} open={place.open} selected={selection.ids} onSelect={selection.toggle} />
          <SelectionBar
            count={selection.tasks.length}
            ofAll={ordered.length}
            onAsk={(action) => ask(action, selection.tasks)}
            onAll={selection.all}
            onClear={selection.clear}
          />
          <KeyLegend />
        </div>
        {place.open !== undefined && (
          <div className={css.beside}>
            {openTask ? (
              <TaskPane
                key={openTask.id}
                task={openTask}
                claim={claim}
                onAsk={(action) => ask(action, [openTask])}
                onClose={place.close}
              />
            ) : (
              <Gone onClose={place.close} />
            )}
          </div>
        )}
      </div>
      {asked && <DecideDialog {...asked} onClose={decided} />}
    </>
  );
}

/** At an address of a task that was decided meanwhile, or is somebody else’s. */
function Gone({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Sheet>
      <NothingHere
        title={t.inbox.pane.gone}
        text={t.inbox.pane.goneText}
        action={<Button onClick={onClose}>{t.inbox.pane.back}</Button>}
      />
    </Sheet>
  );
}
