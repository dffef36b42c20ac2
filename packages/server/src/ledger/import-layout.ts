import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** What a column holds, and so how it is read. */
export type ColumnKind = 'id' | 'text' | 'integer' | 'boolean' | 'json' | 'time';

/** Where a column that we know is in the source, and PostgreSQL's name of its type there. */
export type PlacedColumn = { name: string; kind: ColumnKind; type: string };

/** A time without a zone, to be read as UTC. */
export const NAIVE_TIME = 'timestamp without time zone';

/** A table that we know, as the source has it: by our names of its columns, null for those that it has not. */
export type PlacedTable = { name: string; columns: Readonly<Record<string, PlacedColumn | null>> };

export type FoundColumn = { table: string; column: string; type: string };

/** The columns of every table in the schema that a query without one reaches, as `information_schema` tells them. */
export async function readColumns(source: Kysely<Tables>): Promise<FoundColumn[]> {
  const { rows } = await sql<FoundColumn>`
    select table_name as "table", column_name as "column", data_type as type
    from information_schema.columns
    where table_schema = current_schema()
    order by table_name, ordinal_position`.execute(source);
  return rows;
}
