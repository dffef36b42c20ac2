import type { SchemaObject } from './openapi-document.ts';

// An object with a method of this name is taken for a promise; this is a keyword, and said as one.
const THEN = 'then';

/** When `property` is one of `words`, the schema `consequence` holds too. */
export function when(property: string, words: readonly string[], consequence: SchemaObject): SchemaObject {
  return {
    if: { required: [property], properties: { [property]: { enum: [...words] } } },
    [THEN]: consequence,
  };
}
