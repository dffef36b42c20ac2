import type { SourceRequest, SourceRow } from '../ledger/import-source.ts';
import type { KnownTableName } from './known-tables.ts';
import type { Mapping } from './mapping.ts';

/** The rows of a table with the words that the mapping gives for those of the source. */
export function worded(rows: readonly SourceRow[], table: KnownTableName, mapping: Mapping): SourceRow[] {
  const values = Object.entries(mapping.tables?.[table]?.values ?? {});
  if (values.length === 0) return [...rows];
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      values.map(([column, words]) => [column, words[String(row[column])] ?? row[column] ?? null]),
    ),
  }));
}

export function wordedRequest(
  { request, tasks, decisions, events }: SourceRequest,
  mapping: Mapping,
): SourceRequest {
  return {
    request: worded([request], 'approval_request', mapping)[0] ?? request,
    tasks: worded(tasks, 'approval_task', mapping),
    decisions: worded(decisions, 'approval_decision', mapping),
    events: worded(events, 'approval_event', mapping),
  };
}
