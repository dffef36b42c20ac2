import type { ReactNode } from 'react';
import css from './sheet.module.css';

/** A piece of paper that content lies on. `flush`: its content reaches the edge, as tables do. */
export function Sheet({
  title,
  flush = false,
  children,
}: {
  title?: string;
  flush?: boolean;
  children: ReactNode;
}): ReactNode {
  return (
    <section className={flush ? css.sheet : `${css.sheet} ${css.padded}`}>
      {title && <h2 className={css.title}>{title}</h2>}
      {children}
    </section>
  );
}
