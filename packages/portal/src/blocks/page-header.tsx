import { type ReactNode, useEffect, useRef } from 'react';
import { t } from '../strings/t.ts';
import css from './page-header.module.css';

/** The first page of a visit is read from its top. */
let isFirst = true;

/**
 * The heading of a page; every page has one. It is the window’s title too, and where the focus goes when one page leads
 * to another, so that whoever reads by ear hears where they are.
 */
export function PageHeader({
  title,
  lead,
  above,
  actions,
}: {
  title: string;
  lead?: ReactNode;
  /** A way back, or a kind: small, above the title. */
  above?: ReactNode;
  actions?: ReactNode;
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t.shell.product}`;
  }, [title]);
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  return (
    <header className={css.header}>
      <div className={css.text}>
        {above}
        <h1 ref={heading} tabIndex={-1} className={css.title}>
          {title}
        </h1>
        {lead && <p className={css.lead}>{lead}</p>}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </header>
  );
}
