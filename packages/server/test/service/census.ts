import type { Stand } from './stand.ts';

/** How many rows every table holds, by its name: equal before and after a call that must leave nothing behind. */
export async function census(stand: Pick<Stand, 'sql'>): Promise<Record<string, number>> {
  const rows = await stand.sql<{ name: string; rows: number }>(`
    select table_name as name,
           (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', table_name), false, true, '')))[1]::text::int
             as rows
      from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'
     order by 1`);
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}
