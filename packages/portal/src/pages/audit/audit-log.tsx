import type { AuditOut } from '@awe/contract/audit';
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Pages } from '../../api/use-pages.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { PagesFoot } from '../../blocks/pages-foot.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import css from './audit.module.css';
import { AuditEntry } from './audit-entry.tsx';

const SKELETONS = ['a', 'b', 'c', 'd', 'e'];

/** The deeds so far read, and a way to those before; `empty` when there are none. */
export function AuditLog({ pages, empty }: { pages: Pages<AuditOut>; empty: ReactNode }): ReactNode {
  const { rows, failure, isPending, retry } = pages;
  if (failure !== null && rows.length === 0) return <FailureNotice failure={failure} onRetry={retry} />;
  if (!isPending && rows.length === 0) return <Sheet flush>{empty}</Sheet>;
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
      <PagesFoot pages={pages} />
    </>
  );
}
