import { runSql } from './cluster.ts';

/** Milliseconds between the times in the ids of two copies. */
const STEP_MS = 100;
/** Milliseconds since 1970 in the ids: October 2025, before anything that the service writes itself. */
const START = 1_760_000_000_000;
/** Rows that are copies of sound ones need no check of their references; only a superuser may say so. */
const UNCHECKED = `
  select set_config('session_replication_role', 'replica', false)
  where (select rolsuper from pg_roles where rolname = current_user)`;

/** SQL for the v7 id of copy `n` (a bigint); `kind`, 0–4095, tells rows of the same copy apart. Ids rise with `n`. */
export function idOf(n: string, kind: string): string {
  const time = `to_hex(${START} + ${n} * ${STEP_MS})`;
  return `(lpad(${time}, 12, '0') || '7' || lpad(to_hex(${kind}), 3, '0') || '8' || lpad(to_hex(${n}), 15, '0'))::uuid`;
}

/** The same id, made here. */
export function idFor(n: number, kind: number): string {
  const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
  const digits = `${hex(START + n * STEP_MS, 12)}7${hex(kind, 3)}8${hex(n, 15)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export type Copying = {
  table: string;
  /** Which rows are copied, in terms of `t`. */
  template: string;
  /** Copies `n` from and to, both included. */
  from: number;
  to: number;
  /** Further rows of each copy, such as `generate_series(0, 4) as slot`. */
  each?: string;
  /** SQL for the columns that differ from the template's. */
  set: Record<string, string>;
};

/** Copies rows that the service wrote, so that the copies are whatever it writes. */
export async function copyRows(databaseUrl: string, ...copyings: Copying[]): Promise<void> {
  const statements = [UNCHECKED];
  for (const { table, template, from, to, each, set } of copyings) {
    const columns = await runSql<{ name: string }>(
      databaseUrl,
      `select quote_ident(attname) as name from pg_attribute
       where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
       order by attnum`,
    );
    const names = columns.map(({ name }) => name);
    statements.push(
      `insert into ${table} (${names.join(', ')})
       select ${names.map((name) => set[name] ?? `t.${name}`).join(', ')}
       from generate_series(${from}::bigint, ${to}::bigint) as n${each ? ` cross join ${each}` : ''}
       cross join ${table} t
       where ${template}`,
    );
  }
  await runSql(databaseUrl, ...statements);
}
