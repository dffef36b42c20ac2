import { COMPONENTS } from './components.ts';
import type { SchemaObject } from './openapi-document.ts';

/** A schema in which every named component stands as a `$ref`, itself included. */
export function schemaWithRefs(schema: object): SchemaObject {
  const title = 'title' in schema ? schema.title : undefined;
  if (typeof title === 'string' && Object.hasOwn(COMPONENTS, title))
    return { $ref: `#/components/schemas/${title}` };
  return componentSchema(schema);
}

/** A schema written out, with every named component inside it as a `$ref`. */
export function componentSchema(schema: object): SchemaObject {
  const written: Record<string, unknown> = { ...schema };
  if (isObject(written.items)) written.items = schemaWithRefs(written.items);
  if (Array.isArray(written.anyOf)) written.anyOf = written.anyOf.map(schemaWithRefs);
  if (isObject(written.properties)) {
    written.properties = Object.fromEntries(
      Object.entries(written.properties).map(([name, property]) => [name, schemaWithRefs(property)]),
    );
  }
  return written;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
