import type { Fault } from '@awe/engine/fault';
import {
  type ColumnKind,
  type FoundColumn,
  NAIVE_TIME,
  type PlacedColumn,
  type PlacedTable,
} from '../ledger/import-layout.ts';
import {
  KNOWN_TABLES,
  type KnownTable,
  type KnownTableName,
  STAYING_TABLES,
  type StayingTableName,
} from './known-tables.ts';
import type { Mapping } from './mapping.ts';

/** Where everything is in the source; null: a table that need not be there is not. */
export type Layout = {
  tables: Record<Exclude<KnownTableName, 'user_delegation'>, PlacedTable> & {
    user_delegation: PlacedTable | null;
  };
  /** By what they are called there. */
  staying: Partial<Record<StayingTableName, string>>;
};

const TEXTS = ['text', 'character varying', 'character'];

/** The types that PostgreSQL may give to what is read as this. Enumerations are user-defined types. */
const TYPES: Record<ColumnKind, readonly string[]> = {
  id: ['uuid', ...TEXTS],
  text: [...TEXTS, 'uuid', 'USER-DEFINED'],
  integer: ['integer', 'smallint', 'bigint'],
  boolean: ['boolean'],
  json: ['jsonb', 'json'],
  time: ['timestamp with time zone', NAIVE_TIME],
};

/**
 * Finds in `found` what is needed, with the names that `mapping` gives. Every table and column that is missing, of another
 * type, or not known is a fault: nothing may be imported then, because what it says could be misread.
 */
export function placeTables(
  found: readonly FoundColumn[],
  mapping: Mapping,
): { layout: Layout; faults: Fault[] } {
  const faults: Fault[] = [];
  const byTable = Map.groupBy(found, (each) => each.table);
  const nameOf = (table: string) => mapping.tables?.[table]?.name ?? table;

  const place = (table: KnownTableName): PlacedTable | null => {
    const known: KnownTable = KNOWN_TABLES[table];
    const name = nameOf(table);
    const columns = byTable.get(name);
    if (columns) return { name, columns: placeColumns(table, known, columns, mapping, faults) };
    if (known.isNeeded) {
      faults.push({
        path: name,
        message: `there is no such table: name the one that holds it in the mapping file, tables.${table}.name, or set the search_path in the address of the source`,
      });
    }
    return null;
  };

  const tables = Object.fromEntries(
    (Object.keys(KNOWN_TABLES) as KnownTableName[]).map((table) => [table, place(table)]),
  ) as Layout['tables'];
  const staying = Object.fromEntries(
    Object.keys(STAYING_TABLES)
      .map((table) => [table, nameOf(table)] as const)
      .filter(([, name]) => byTable.has(name)),
  );
  return { layout: { tables, staying }, faults };
}

function placeColumns(
  table: KnownTableName,
  { needed, taken, passed }: KnownTable,
  found: readonly FoundColumn[],
  mapping: Mapping,
  faults: Fault[],
): PlacedTable['columns'] {
  const { columns: renamed = {}, ignore = [] } = mapping.tables?.[table] ?? {};
  const left = new Map(found.map((each) => [each.column, each]));
  const placed: Record<string, PlacedColumn | null> = {};
  for (const [column, kind] of Object.entries({ ...needed, ...taken })) {
    const name = renamed[column] ?? column;
    const there = left.get(name);
    left.delete(name);
    placed[column] = there ? { name, kind, type: there.type } : null;
    if (!there) {
      if (column in needed || column in renamed) faults.push(missing(table, name, column));
      continue;
    }
    const path = `${there.table}.${name}`;
    if (!TYPES[kind].includes(there.type)) {
      faults.push({ path, message: `is ${there.type}, and can only be read as ${TYPES[kind].join(', ')}` });
    } else if (there.type === NAIVE_TIME && mapping.times_without_zone !== 'UTC') {
      faults.push({
        path,
        message:
          'is a time without a zone: if they are UTC, say "times_without_zone: UTC" in the mapping file',
      });
    }
  }
  for (const each of left.values()) {
    if (passed.includes(each.column) || ignore.includes(each.column)) continue;
    faults.push({
      path: `${each.table}.${each.column}`,
      message: `is not known, and could change what the other columns mean: say which column it is in the mapping file, tables.${table}.columns, or that it does not matter, tables.${table}.ignore`,
    });
  }
  return placed;
}

function missing(table: KnownTableName, name: string, column: string): Fault {
  return {
    path: `${table}.${name}`,
    message: `there is no such column: name the one that holds it in the mapping file, tables.${table}.columns.${column}`,
  };
}
