import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Database, openDatabase } from './database.ts';
import { NAIVE_TIME, type PlacedColumn, type PlacedTable } from './import-layout.ts';
import type { Tables } from './tables.ts';

/** A row of the source by our names of its columns. JSON comes as its text, times as instants, what is not there as null. */
export type SourceRow = Readonly<Record<string, string | number | boolean | null>>;

/** A request of the source with all that belongs to it, each list oldest first. */
export type SourceRequest = {
  request: SourceRow;
  tasks: SourceRow[];
  decisions: SourceRow[];
  events: SourceRow[];
};

/** The tables that requests are read from. */
export type RequestTables = Record<'request' | 'task' | 'decision' | 'event', PlacedTable>;

const CONNECT_TIMEOUT_MS = 10_000;
/** Somebody else's tables may lack an index: a page of requests then reads whole tables. */
const STATEMENT_TIMEOUT_MS = 600_000;

/** The database to import from. Whatever is asked of it, nothing can be written there. */
export function openSource(url: string): Database {
  return openDatabase({
    url,
    poolSize: 1,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    session: { default_transaction_read_only: 'on' },
    onError: () => {},
  });
}

/** Runs `work` on one snapshot: what the old service still writes meanwhile is not seen, neither whole nor in part. */
export function onSnapshot<Result>(
  source: Database,
  work: (snapshot: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  return source.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(work);
}

/** All rows of a small table. */
export async function readAll(source: Kysely<Tables>, table: PlacedTable): Promise<SourceRow[]> {
  const { rows } = await sql<SourceRow>`
    select ${columnsOf(table)} from ${sql.table(table.name)} t order by ${at(table, 'id')}`.execute(source);
  return rows;
}

/** How many rows a table has. */
export async function countRows(source: Kysely<Tables>, table: string): Promise<number> {
  const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(
    source,
  );
  return rows[0]?.rows ?? 0;
}

/**
 * Requests after the id `after` (null: from the first), `limit` at most. What belongs to them is read by their ids in a
 * statement for each table, so that a table without an index is read once a page and not once a request.
 */
export async function readRequests(
  source: Kysely<Tables>,
  tables: RequestTables,
  after: string | null,
  limit: number,
): Promise<SourceRequest[]> {
  const { request, task, decision, event } = tables;
  const later = after === null ? sql`true` : sql`${at(request, 'id')} > ${after}`;
  const { rows: requests } = await sql<SourceRow>`
    select ${columnsOf(request)} from ${sql.table(request.name)} t
    where ${later} order by ${at(request, 'id')} limit ${limit}`.execute(source);
  const ids = requests.map((row) => row.id);
  const of = (table: PlacedTable, where: RawBuilder<unknown>) =>
    sql<SourceRow>`
      select ${columnsOf(table)} from ${sql.table(table.name)} t
      where ${where} order by ${at(table, 'created_at')}, ${at(table, 'id')}`.execute(source);
  const { rows: tasks } = await of(task, among(task, 'request_id', ids));
  const { rows: decisions } = await of(
    decision,
    among(
      decision,
      'task_id',
      tasks.map((row) => row.id),
    ),
  );
  const { rows: events } = await of(event, among(event, 'request_id', ids));

  const taskRequests = new Map(tasks.map((row) => [row.id, row.request_id]));
  const tasksOf = Map.groupBy(tasks, (row) => row.request_id);
  const decisionsOf = Map.groupBy(decisions, (row) => taskRequests.get(row.task_id ?? ''));
  const eventsOf = Map.groupBy(events, (row) => row.request_id);
  return requests.map((row) => ({
    request: row,
    tasks: tasksOf.get(row.id) ?? [],
    decisions: decisionsOf.get(row.id) ?? [],
    events: eventsOf.get(row.id) ?? [],
  }));
}

function at({ columns }: PlacedTable, column: string): RawBuilder<unknown> {
  const placed = columns[column];
  if (!placed)
    throw new Error(`nothing can be ordered or found by ${column}, which the source does not have`);
  return sql.ref(`t.${placed.name}`);
}

/** As a set to join: a list in `any` would be searched from its start for every row of a table without an index. */
function among(table: PlacedTable, column: string, ids: readonly unknown[]): RawBuilder<unknown> {
  const list = table.columns[column]?.type === 'uuid' ? sql`${ids}::uuid[]` : sql`${ids}::text[]`;
  return sql`${at(table, column)} in (select unnest(${list}))`;
}

function columnsOf({ columns }: PlacedTable): RawBuilder<unknown> {
  return sql.join(
    Object.entries(columns).map(
      ([name, placed]) => sql`${placed === null ? sql`null` : readable(placed)} as ${sql.id(name)}`,
    ),
  );
}

function readable({ name, kind, type }: PlacedColumn): RawBuilder<unknown> {
  const column = sql.ref(`t.${name}`);
  switch (kind) {
    case 'time':
      return type === NAIVE_TIME ? sql`(${column} at time zone 'UTC')` : column;
    case 'integer':
      return sql`${column}::bigint`;
    case 'boolean':
      return column;
    default:
      return sql`${column}::text`;
  }
}
