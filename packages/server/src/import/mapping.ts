import type { Fault } from '@awe/engine/fault';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { parseDocument } from 'yaml';
import { KNOWN_TABLES, STAYING_TABLES } from './known-tables.ts';

const words = Type.Record(Type.String(), Type.String());

const MappingFile = Type.Object(
  {
    tables: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object(
          {
            name: Type.Optional(Type.String()),
            columns: Type.Optional(words),
            values: Type.Optional(Type.Record(Type.String(), words)),
            ignore: Type.Optional(Type.Array(Type.String())),
          },
          { additionalProperties: false },
        ),
      ),
    ),
    times_without_zone: Type.Optional(Type.Literal('UTC')),
    secrets: Type.Optional(words),
  },
  { additionalProperties: false },
);

/**
 * How the source differs from what we know of it, as the operator says. `tables` by our names: what the table is called
 * there, its columns, the words in a column, and columns that do not matter. `secrets`: ids of callback secrets there, and
 * of those that stand for them here.
 */
export type Mapping = Static<typeof MappingFile>;

export const NO_MAPPING: Mapping = {};

/** Reads a mapping file. Gives every fault with its place in the file. */
export function readMapping(text: string): { mapping: Mapping; faults: Fault[] } {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    return {
      mapping: NO_MAPPING,
      faults: document.errors.map(({ message }) => ({
        path: 'mapping',
        message: message.split('\n')[0] ?? '',
      })),
    };
  }
  const value: unknown = document.toJS() ?? {};
  if (!Value.Check(MappingFile, value)) {
    const faults = [...Value.Errors(MappingFile, value)].map(({ instancePath, keyword, message }) => ({
      path: `mapping${instancePath.replaceAll('/', '.')}`,
      message: keyword === 'boolean' ? 'is nothing that a mapping can say' : message,
    }));
    return { mapping: NO_MAPPING, faults };
  }
  const known = [...Object.keys(KNOWN_TABLES), ...Object.keys(STAYING_TABLES)];
  const unknown = Object.keys(value.tables ?? {}).filter((name) => !known.includes(name));
  const faults = unknown.map((name) => ({
    path: `mapping.tables.${name}`,
    message: `is no table that is imported: they are ${known.join(', ')}`,
  }));
  return { mapping: value, faults };
}
