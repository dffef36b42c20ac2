import type { Operation } from '@awe/contract/operation';
import fc, { type Arbitrary } from 'fast-check';
import type { Part, Shape } from './call.ts';
import { HOSTILE_QUERIES } from './hostile.ts';
import { PLAUSIBLE } from './plausible.ts';
import { type Schema, valuesOf } from './schema-values.ts';

/** Filters that fit the schema, some that do not, and some that mean harm. */
export function anyQuery({ query }: Operation): Arbitrary<Part<string>> {
  const good = query
    ? valuesOf(query as Schema, PLAUSIBLE).map((values) => goodQuery(values as object))
    : null;
  const strange = fc.constantFrom(...HOSTILE_QUERIES).map((value): Part<string> => {
    const known = Object.keys(query?.properties ?? {}).some((each) => value.startsWith(`${each}=`));
    return { value: `?${value}`, shape: known ? 'unknown' : 'right' };
  });
  const { maximum } = (query?.properties.limit ?? { maximum: 500 }) as { maximum: number };
  const badLimit = fc.constantFrom('0', String(maximum + 1), '-1', 'ten', '1.5', '1e2', '9'.repeat(20)).map(
    (value): Part<string> => ({
      value: `?limit=${value}`,
      shape: query?.properties.limit ? 'wrong' : 'right',
    }),
  );
  const badText = fc.constantFrom('status', 'user_id', 'assignee', 'artifact_id').map(
    (each): Part<string> => ({
      value: `?${each}=a%00b`,
      shape: query?.properties[each] ? 'wrong' : 'right',
    }),
  );
  const none = fc.constant<Part<string>>({ value: '', shape: 'right' });
  // Many filters together find nothing, and then nothing is known that later calls could be about.
  const usual = good ? fc.oneof(none, good) : none;
  return fc.oneof(
    { arbitrary: usual, weight: 12 },
    { arbitrary: fc.oneof(strange, badLimit, badText), weight: good ? 3 : 1 },
  );
}

function goodQuery(values: object): Part<string> {
  let shape: Shape = 'right';
  const pieces = Object.entries(values).flatMap(([name, value]) => {
    if (value === null) return [];
    // A cursor is for the search that it came from; what the schema calls text may still be none that can be stored.
    if (name === 'cursor' || /[^\x20-\x7e]/.test(String(value))) shape = 'unknown';
    const template = String(value);
    return [`${name}=${template.startsWith('{{') ? template : encodeURIComponent(template.toWellFormed())}`];
  });
  return { value: pieces.length > 0 ? `?${pieces.join('&')}` : '', shape };
}
