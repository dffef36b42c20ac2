import type { JsonObject } from '@awe/engine/policy';
import Type, { type TObject, type TProperties, type TSchema, type TSchemaOptions } from 'typebox';

/**
 * An object that the document lists under `components.schemas` as `name`. The name is kept as its `title`, which is
 * how the document knows where to write a `$ref`; validators get the whole object instead and need no registry.
 */
export function component<Properties extends TProperties>(
  name: string,
  description: string,
  properties: Properties,
): TObject<Properties> {
  return Type.Object(properties, { title: name, description });
}

/** `schema` or null, written as `anyOf` as the published contract does, not as a list of types. */
export function nullable<Schema extends TSchema>(schema: Schema, options: TSchemaOptions = {}) {
  return Type.Union([schema, Type.Null()], options);
}

/** A moment: UTC, ISO 8601, milliseconds, `Z` when the service wrote it; RFC 3339 with any offset when it reads it. */
export function moment(description: string) {
  return Type.String({ format: 'date-time', description });
}

export function nullableMoment(description: string) {
  return nullable(Type.String({ format: 'date-time' }), { description });
}

/** An object whose fields belong to somebody else. */
export function freeObject(options: TSchemaOptions = {}) {
  return Type.Unsafe<JsonObject>({ type: 'object', additionalProperties: true, ...options });
}

/** The word must be one of `words`, and its type says so too. */
export function oneOf<const Words extends readonly string[]>(words: Words, options: TSchemaOptions = {}) {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: [...words], ...options });
}
