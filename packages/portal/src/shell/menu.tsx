import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePrincipal } from '../session/session.ts';
import { t } from '../strings/t.ts';
import css from './menu.module.css';
import { menuOf } from './pages-in-menu.ts';
import { useWaiting } from './waiting.ts';

/** The ways to all pages that whoever is signed in may open. */
export function Menu({ onChoose }: { onChoose?: () => void }): ReactNode {
  const principal = usePrincipal();
  return (
    <nav aria-label={t.shell.navigation}>
      {menuOf(principal).map(({ label, pages }) => (
        <div key={label} className={css.group}>
          <div className={css.heading}>{label}</div>
          <ul className={css.list}>
            {pages.map(({ to, label: name, icon: Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  className={css.link ?? ''}
                  activeOptions={{ exact: to === '/', includeSearch: false }}
                  {...(onChoose && { onClick: onChoose })}
                >
                  <Icon size={19} stroke={1.7} aria-hidden />
                  {name}
                  {to === '/inbox' && <WaitingCount />}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function WaitingCount(): ReactNode {
  const waiting = useWaiting();
  if (waiting === null) return null;
  return (
    <span className={css.count}>
      <span aria-hidden>{waiting}</span>
      <VisuallyHidden>{t.shell.waiting(waiting)}</VisuallyHidden>
    </span>
  );
}
