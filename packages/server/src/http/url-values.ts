import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { TObject } from 'typebox';

type Values = Record<string, unknown>;

/** The query of a URL; of a name that comes twice the last one counts, as in the reference implementation. */
export function parseQuery(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/**
 * The values that a schema knows, out of a path or query. Texts that are integers become numbers where the schema wants
 * some. A filter that is there but empty (`?status=`) counts as not given, as forms send it.
 */
export function urlValues(schema: TObject, given: unknown): Values {
  const values: Values = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    const text = Object.hasOwn(given as Values, name) ? (given as Values)[name] : undefined;
    if (typeof text !== 'string') continue;
    const isInteger = 'type' in property && property.type === 'integer';
    if (isInteger) values[name] = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : text;
    else if (text !== '') values[name] = text;
  }
  return values;
}

/** The headers that a schema knows, under the names it gives them. */
export function headerValues(schema: TObject, headers: IncomingHttpHeaders): Values {
  const values: Values = {};
  for (const name of Object.keys(schema.properties)) {
    const value = headers[name.toLowerCase()];
    if (value !== undefined) values[name] = typeof value === 'string' ? utf8(value) : value;
  }
  return values;
}

/** Node reads headers as Latin-1; what was sent as UTF-8 is taken for what it says. */
function utf8(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}
