import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Pages } from '../api/use-pages.ts';
import css from './data-table.module.css';
import { FailureNotice } from './failure-notice.tsx';
import { PagesFoot } from './pages-foot.tsx';
import { Sheet } from './sheet.tsx';

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** `end` for numbers and buttons. */
  align?: 'start' | 'end';
  /** Any CSS width; as much as the content needs unless given. */
  width?: string;
};

const SKELETON_ROWS = 5;

/**
 * Rows as the server pages them. Shows that they are loading, that there are none (`empty`), why they could not be read,
 * and a way to the next page. `caption` names the table to those who cannot see it.
 */
export function DataTable<Row>({
  caption,
  columns,
  pages,
  rowKey,
  empty,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  pages: Pages<Row>;
  rowKey: (row: Row) => string;
  /** A `NothingHere`. */
  empty: ReactNode;
}): ReactNode {
  const { rows, failure, isPending, retry } = pages;
  if (failure !== null && rows.length === 0) return <FailureNotice failure={failure} onRetry={retry} />;
  if (!isPending && rows.length === 0) return <Sheet flush>{empty}</Sheet>;
  return (
    <>
      <Sheet flush>
        <table className={css.table} aria-label={caption} aria-busy={isPending}>
          <thead>
            <tr>
              {columns.map(({ key, header, align, width }) => (
                <th key={key} scope="col" className={align === 'end' ? css.end : undefined} style={{ width }}>
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {isPending ? (
              <SkeletonRows columns={columns} />
            ) : (
              rows.map((row) => (
                <tr key={rowKey(row)}>
                  {columns.map(({ key, header, cell, align }) => (
                    <td key={key} data-label={header} className={align === 'end' ? css.end : undefined}>
                      <div>{cell(row)}</div>
                    </td>
                  ))}
                </tr>
              ))
            )}
          </tbody>
        </table>
        {failure !== null && (
          <div className={css.failure}>
            <FailureNotice failure={failure} onRetry={retry} />
          </div>
        )}
      </Sheet>
      <PagesFoot pages={pages} />
    </>
  );
}

function SkeletonRows({ columns }: { columns: readonly { key: string; header: string }[] }): ReactNode {
  return Array.from({ length: SKELETON_ROWS }, (_, row) => (
    <tr key={String(row)}>
      {columns.map(({ key, header }) => (
        <td key={key} data-label={header}>
          <Skeleton height="1rem" width={row % 2 === 0 ? '70%' : '55%'} />
        </td>
      ))}
    </tr>
  ));
}
