import type { Pool } from 'pg';
import { MIGRATION_TABLES } from './migrate.ts';

type TableRow = { name: string; columns: string[]; constraints: string[]; indexes: string[] };

/**
 * From the catalogs, with the definitions PostgreSQL itself writes. NOT NULL belongs to the column: PostgreSQL 18 lists
 * it among the constraints too (contype `n`), older ones do not. An index behind a constraint is written as that.
 */
const TABLES = `
  select c.relname as name,
         array(
           select concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
                            case when a.attnotnull then 'not null' end,
                            'default ' || pg_get_expr(d.adbin, d.adrelid))
             from pg_attribute a
             left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            order by a.attnum
         ) as columns,
         array(
           select 'constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
             from pg_constraint k
            where k.conrelid = c.oid and k.contype <> 'n'
            order by k.contype <> 'p', k.conname collate "C"
         ) as constraints,
         array(
           select pg_get_indexdef(i.indexrelid)
             from pg_index i
             join pg_class x on x.oid = i.indexrelid
            where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
            order by x.relname collate "C"
         ) as indexes
    from pg_class c
   where c.relkind in ('r', 'p') and c.relnamespace = quote_ident(current_schema())::regnamespace and c.relname <> all ($1)
   order by c.relname collate "C"`;

const HEADER = `-- The schema that the migrations add up to, as PostgreSQL describes it. Generated: npm run schema
`;

/** The whole schema as text, the same for the same schema on every PostgreSQL we support, whatever order it came about in. */
export async function dumpSchema(pool: Pool): Promise<string> {
  const { rows } = await pool.query<TableRow>(TABLES, [Object.values(MIGRATION_TABLES)]);
  return [HEADER, ...rows.map(writeTable)].join('\n');
}

function writeTable({ name, columns, constraints, indexes }: TableRow): string {
  const body = [...columns, ...constraints].map((line) => `  ${line}`).join(',\n');
  const rest = indexes.map((index) => `${index.replace(/ ON [^ .]+\./, ' ON ')};\n`).join('');
  return `create table ${name} (\n${body}\n);\n${rest}`;
}
