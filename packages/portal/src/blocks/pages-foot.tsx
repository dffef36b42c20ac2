import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Pages } from '../api/use-pages.ts';
import { LOCALE, t } from '../strings/t.ts';
import css from './pages-foot.module.css';

/** Below a list: how many are shown, and the way to more. */
export function PagesFoot({ pages }: { pages: Pages<unknown> }): ReactNode {
  const { rows, isPending, hasMore, isLoadingMore, loadMore } = pages;
  const count = rows.length.toLocaleString(LOCALE);
  return (
    <div className={css.foot}>
      <span aria-live="polite">
        {isPending ? t.blocks.loading : hasMore ? t.blocks.shown(count) : t.blocks.allShown(count)}
      </span>
      {hasMore && (
        <Button variant="default" size="sm" onClick={loadMore} loading={isLoadingMore}>
          {t.blocks.loadMore}
        </Button>
      )}
    </div>
  );
}
