import type { OverviewTasksOut } from '@awe/contract/overview';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import css from './ages.module.css';
import { inFigures } from './numbers.ts';
import page from './overview.module.css';

const words = t.overview.ages;

/** Open tasks by how long ago they were handed out: a bar of three parts, and what each stands for. */
export function Ages({ tasks, oldest }: { tasks: OverviewTasksOut; oldest: string | null }): ReactNode {
  const parts = [
    { name: words.day, count: tasks.open - tasks.older_than_a_day, tone: css.day },
    { name: words.week, count: tasks.older_than_a_day - tasks.older_than_a_week, tone: css.week },
    { name: words.longer, count: tasks.older_than_a_week, tone: css.longer },
  ];
  return (
    <Sheet title={words.title}>
      {tasks.open === 0 ? (
        <p className={page.nothing}>{words.none}</p>
      ) : (
        <>
          <div className={css.bar} aria-hidden>
            {parts
              .filter(({ count }) => count > 0)
              .map(({ name, count, tone }) => (
                <span key={name} className={tone} style={{ flexGrow: count }} />
              ))}
          </div>
          <dl className={css.parts}>
            {parts.map(({ name, count, tone }) => (
              <div key={name}>
                <dt>
                  <span className={`${css.dot} ${tone}`} aria-hidden />
                  {name}
                </dt>
                <dd>{inFigures(count)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {oldest !== null && (
        <p className={page.more}>
          <Link to="/requests/$requestId" params={{ requestId: oldest }}>
            {words.oldest}
          </Link>
        </p>
      )}
    </Sheet>
  );
}
