import { isDateTime } from '@awe/contract/date-time';
import { Ajv } from 'ajv';

const ajv = new Ajv({ allErrors: true, strict: false, formats: { 'date-time': isDateTime } });

/** What is wrong with `value`; also members that the schema does not know, which the service would pass over. */
export function faultsOf(schema: object, value: unknown): string[] {
  const validate = ajv.compile(closed(schema) as object);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
  );
}

/** The schema with every object that lists its members closed to others. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  return 'properties' in schema && !('additionalProperties' in schema)
    ? { ...members, additionalProperties: false }
    : members;
}
