import { IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './nothing-here.module.css';

/** An empty place: what it is empty of, and what to do next. */
export function NothingHere({
  title,
  text,
  icon,
  action,
}: {
  title: string;
  text: string;
  icon?: ReactNode;
  action?: ReactNode;
}): ReactNode {
  return (
    <div className={css.nothing}>
      <div className={css.icon} aria-hidden>
        {icon ?? <IconInbox size={26} stroke={1.6} />}
      </div>
      <div className={css.title}>{title}</div>
      <p className={css.text}>{text}</p>
      {action && <div className={css.action}>{action}</div>}
    </div>
  );
}
