import type { AuditOut } from '@awe/contract/audit';
import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Pages } from '../../api/use-pages.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { LOCALE, t } from '../../strings/t.ts';
import css from './audit.module.css';
import { AuditEntry } from './audit-entry.tsx';

const SKELETONS = ['a', 'b', 'c', 'd', 'e'];

/** The deeds so far read, and a way to those before; `empty` when there are none. */
export function AuditLog({ pages, empty }: { pages: Pages<AuditOut>; empty: ReactNode }): ReactNode {
  const { rows, failure, isPending, hasMore, isLoadingMore, loadMore, retry } = pages;
  if (failure !== null && rows.length === 0) return <FailureNotice failure={failure} onRetry={retry} />;
  if (!isPending && rows.length === 0) return <Sheet flush>{empty}</Sheet>;
  const count = rows.length.toLocaleString(LOCALE);
  return (
    <>
      <Sheet flush>
        <ol className={css.log} aria-label={t.audit.list} aria-busy={isPending}>
          {isPending
            ? SKELETONS.map((each) => (
                <li key={each} className={css.entry}>
                  <Skeleton height="1.4rem" m="0.8rem" />
                </li>
              ))
            : rows.map((entry) => <AuditEntry key={entry.id} entry={entry} />)}
        </ol>
      </Sheet>
      <FailureNotice failure={failure} onRetry={retry} />
      <div className={css.more}>
        <span aria-live="polite">
          {isPending ? t.blocks.loading : hasMore ? t.blocks.shown(count) : t.blocks.allShown(count)}
        </span>
        {hasMore && (
          <Button variant="default" size="sm" onClick={loadMore} loading={isLoadingMore}>
            {t.blocks.loadMore}
          </Button>
        )}
      </div>
    </>
  );
}
