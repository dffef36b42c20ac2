import type { ReactNode } from 'react';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import type { UrgencyGroup } from './due-first.ts';
import css from './inbox.module.css';
import { TaskRow } from './task-row.tsx';

/** The tasks that wait, the most urgent first. */
export function TaskList({
  groups,
  open,
  selected,
  onSelect,
}: {
  groups: readonly UrgencyGroup[];
  /** The id of the task that is open beside the list. */
  open: string | undefined;
  selected: ReadonlySet<string>;
  onSelect: (id: string) => void;
}): ReactNode {
  return (
    <div data-inbox-list className={css.groups}>
      {groups.map(({ urgency, tasks }) => (
        <section key={urgency} aria-labelledby={`inbox-${urgency}`}>
          <h2 id={`inbox-${urgency}`} className={css.heading} data-urgency={urgency}>
            {t.inbox.groups[urgency]} <span>{tasks.length}</span>
          </h2>
          <Sheet flush>
            <ul className={css.list}>
              {tasks.map((task) => (
                <TaskRow
                  key={task.id}
                  task={task}
                  isOpen={task.id === open}
                  isSelected={selected.has(task.id)}
                  onSelect={() => onSelect(task.id)}
                />
              ))}
            </ul>
          </Sheet>
        </section>
      ))}
    </div>
  );
}
