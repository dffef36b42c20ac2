import fc, { type Arbitrary } from 'fast-check';

/** A JSON Schema as the contract writes it: the keywords that its values depend on. */
export type Schema = {
  type?: string;
  title?: string;
  enum?: readonly string[];
  anyOf?: readonly Schema[];
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  examples?: readonly unknown[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
};

/** Values that mean something, by `Component`, `Component.property` or `property`: more likely than what the schema alone allows. */
export type Plausible = Readonly<Record<string, Arbitrary<unknown>>>;

const PLAUSIBLE = 30;

/** Any value that a schema of the contract takes, mostly with a meaning where one is known. */
export function valuesOf(schema: Schema, plausible: Plausible, place = ''): Arbitrary<unknown> {
  const property = place.split('.').at(-1) ?? '';
  const meant = plausible[place] ?? plausible[property] ?? plausible[schema.title ?? ''];
  const any = allowedBy(schema, plausible);
  return meant ? fc.oneof({ arbitrary: meant, weight: PLAUSIBLE }, { arbitrary: any, weight: 1 }) : any;
}

function allowedBy(schema: Schema, plausible: Plausible): Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((option) => valuesOf(option, plausible)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return textsOf(schema);
    case 'integer':
      return integersOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, plausible), { maxLength: 3 });
    case 'object':
      return schema.properties ? objectsOf(schema, plausible) : freeObjects;
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const freeObjects = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });

function textsOf({ format, minLength = 0, examples = [] }: Schema): Arbitrary<string> {
  if (format === 'date-time') {
    const years = { min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z') };
    return fc.date({ ...years, noInvalidDate: true }).map((date) => date.toISOString());
  }
  const any = fc.oneof(
    fc.string({ minLength, maxLength: minLength + 40 }),
    fc.string({ unit: 'grapheme', minLength, maxLength: minLength + 12 }),
  );
  return examples.length > 0 ? fc.oneof(any, fc.constantFrom(...(examples as string[]))) : any;
}

function integersOf({ minimum, maximum }: Schema): Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: minimum ?? -10, max: maximum ?? Math.max(100, minimum ?? 0) }),
    fc.integer({ min: minimum ?? -2_147_483_648, max: maximum ?? 2_147_483_647 }),
  );
}

function objectsOf(schema: Schema, plausible: Plausible): Arbitrary<Record<string, unknown>> {
  const { properties = {}, required = [], title } = schema;
  const members = Object.entries(properties).map(([name, property]) => [
    name,
    valuesOf(property, plausible, title === undefined ? name : `${title}.${name}`),
  ]);
  return fc.record(Object.fromEntries(members) as Record<string, Arbitrary<unknown>>, {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}
