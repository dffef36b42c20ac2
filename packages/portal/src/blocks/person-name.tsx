import type { ReactNode } from 'react';
import { usePrincipal } from '../session/session.ts';
import { t } from '../strings/t.ts';
import css from './person-name.module.css';

/** Somebody, as tasks name them; says when it is the viewer, and for whom they stand in. */
export function PersonName({
  id,
  delegatedFrom,
}: {
  id: string;
  delegatedFrom?: string | null | undefined;
}): ReactNode {
  const { id: own } = usePrincipal();
  return (
    <span className={css.person}>
      <span className={css.mark} aria-hidden>
        {/\p{L}|\d/u.exec(id.replace(/^u-/, ''))?.[0] ?? '?'}
      </span>
      <span className={css.name}>
        {id}
        {id === own && <span className={css.aside}> ({t.blocks.you})</span>}
        {delegatedFrom && <span className={css.aside}> {t.blocks.delegateOf(delegatedFrom)}</span>}
      </span>
    </span>
  );
}
