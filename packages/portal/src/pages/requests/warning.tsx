import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './warning.module.css';

/** Something to be read before going on. `wait`: it may pass. `bad`: it will not. */
export function Warning({
  tone,
  title,
  children,
}: {
  tone: 'wait' | 'bad';
  title?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <div className={css.warning} data-tone={tone} role={tone === 'bad' ? 'alert' : 'note'}>
      <IconAlertTriangle size={18} className={css.icon} aria-hidden />
      <div className={css.text}>
        {title && <div className={css.title}>{title}</div>}
        {children}
      </div>
    </div>
  );
}
