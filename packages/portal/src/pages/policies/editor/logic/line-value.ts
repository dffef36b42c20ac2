import type { JsonValue } from '@awe/engine/policy';

/** What the value of a line is; `field`: what another field holds. */
export type ValueKind = 'number' | 'text' | 'truth' | 'field';

/** The kind of what is there; a list is of the kind of its first element. */
export function kindOf(value: JsonValue | undefined, source: string | undefined): ValueKind {
  const [sample] = Array.isArray(value) ? value : [value];
  if (source === 'field') return 'field';
  return typeof sample === 'number' ? 'number' : typeof sample === 'boolean' ? 'truth' : 'text';
}

/** `value` as one of `kind`, or as a list of it; a number that is none stays text, and is then found unfinished. */
export function asKind(value: JsonValue | undefined, kind: ValueKind, list: boolean): JsonValue {
  const items = Array.isArray(value)
    ? value
    : value === undefined || value === null || value === ''
      ? []
      : [value];
  const cast = items.map((item) => castTo(item, kind));
  return list ? cast : (cast[0] ?? (kind === 'truth' ? true : ''));
}

function castTo(value: JsonValue, kind: ValueKind): JsonValue {
  if (kind === 'truth') return value === true || value === 'true';
  const text = String(value);
  return kind === 'number' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
