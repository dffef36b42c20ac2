type Schema = Readonly<Record<string, unknown>>;

/** What a validator looks at; the rest explains itself to people. */
const KEYWORDS = [
  'type',
  'enum',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'required',
  'additionalProperties',
  'default',
];

/**
 * A schema of the contract as machines like it: `anyOf [X, null]` becomes X with `nullable`, so that one fault is one
 * error. A word list says its type by its words.
 */
export function plainSchema(schema: object): Schema {
  const given = schema as Schema;
  const written: Record<string, unknown> = { ...onlyOption(given) };
  for (const keyword of KEYWORDS) {
    if (given[keyword] !== undefined) written[keyword] = given[keyword];
  }
  if (written.enum !== undefined) delete written.type;
  if (isObject(given.items)) written.items = plainSchema(given.items);
  if (isObject(given.properties)) {
    written.properties = Object.fromEntries(
      Object.entries(given.properties).map(([name, property]) => [name, plainSchema(property as object)]),
    );
  }
  return written;
}

function onlyOption({ anyOf }: Schema): Schema {
  if (!Array.isArray(anyOf)) return {};
  const options = (anyOf as Schema[]).filter((option) => option.type !== 'null');
  const [only, ...more] = options;
  if (!only || more.length > 0) throw new Error('a schema offers a choice other than a value or null');
  return { ...plainSchema(only), nullable: true };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
