/**
 * Whether one OpenAPI document still serves everybody who was written against another. `differences` lists, place by
 * place, what the published contract has and the served document lacks, has otherwise, or has made stricter.
 */
export type Json = { [key: string]: unknown };

/** input: clients send it, so it must not get stricter. output: clients read it, so it must not get looser. */
type Direction = 'input' | 'output';

type Comparison = { contract: Json; served: Json; found: string[]; compared: Set<string> };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Keywords that refuse values; on an input each is stricter than its absence. */
const NARROWING = [
  'type',
  'format',
  'enum',
  'const',
  'pattern',
  'not',
  'allOf',
  'oneOf',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'propertyNames',
  'patternProperties',
  'dependentRequired',
  'dependentSchemas',
  'prefixItems',
  'contains',
  'if',
];

export function differences(contract: Json, served: Json): string[] {
  const comparison: Comparison = { contract, served, found: [], compared: new Set() };
  same(comparison, 'openapi', contract.openapi, served.openapi);
  same(comparison, 'info.title', object(contract.info).title, object(served.info).title);
  const tags = list(served.tags).map(({ name }) => name);
  for (const { name } of list(contract.tags))
    if (!tags.includes(name)) comparison.found.push(`tags: ${name} is missing`);
  compareOperations(comparison, 'paths', 'input');
  compareOperations(comparison, 'webhooks', 'output');
  const { schemas, securitySchemes } = object(contract.components);
  for (const [name, scheme] of Object.entries(object(securitySchemes))) {
    const ours = object(object(object(served.components).securitySchemes)[name]);
    for (const [key, value] of Object.entries(object(scheme)))
      same(comparison, `securitySchemes.${name}.${key}`, value, ours[key]);
  }
  // What no operation reaches is something that clients read.
  for (const name of Object.keys(object(schemas))) {
    if (!comparison.compared.has(`input ${name}`)) compareComponent(comparison, name, 'output');
  }
  return comparison.found;
}

function compareOperations(comparison: Comparison, section: 'paths' | 'webhooks', sends: Direction) {
  for (const [path, item] of Object.entries(object(comparison.contract[section]))) {
    for (const method of METHODS.filter((name) => name in object(item))) {
      const place = `${section} ${method} ${path}`;
      const ours = object(object(comparison.served[section])[path])[method];
      if (ours === undefined) comparison.found.push(`${place}: is missing`);
      else compareOperation(comparison, place, object(object(item)[method]), object(ours), sends);
    }
  }
}

function compareOperation(comparison: Comparison, place: string, theirs: Json, ours: Json, sends: Direction) {
  const { found } = comparison;
  if (theirs.operationId !== undefined)
    same(comparison, `${place} operationId`, theirs.operationId, ours.operationId);
  same(comparison, `${place} security`, theirs.security ?? [], ours.security ?? []);
  for (const tag of strings(theirs.tags))
    if (!strings(ours.tags).includes(tag)) found.push(`${place}: tag ${tag} is missing`);
  compareParameters(comparison, place, list(theirs.parameters), list(ours.parameters), sends);
  if (theirs.requestBody !== undefined) {
    if (ours.requestBody === undefined) found.push(`${place} requestBody: is missing`);
    else {
      same(
        comparison,
        `${place} requestBody.required`,
        object(theirs.requestBody).required,
        object(ours.requestBody).required,
      );
      compareContent(comparison, `${place} requestBody`, theirs.requestBody, ours.requestBody, sends);
    }
  } else if (object(ours.requestBody).required === true) found.push(`${place} requestBody: became required`);
  const answers = sends === 'input' ? 'output' : 'input';
  for (const [status, response] of Object.entries(object(theirs.responses))) {
    const answer = object(ours.responses)[status];
    if (answer === undefined) found.push(`${place} ${status}: is missing`);
    else compareContent(comparison, `${place} ${status}`, response, answer, answers);
  }
}

function compareParameters(
  comparison: Comparison,
  place: string,
  theirs: Json[],
  ours: Json[],
  sends: Direction,
) {
  const id = (parameter: Json) => `${parameter.in} ${parameter.name}`;
  for (const parameter of theirs) {
    const where = `${place} ${id(parameter)}`;
    const match = ours.find((candidate) => id(candidate) === id(parameter));
    if (match === undefined) {
      comparison.found.push(`${where}: is missing`);
      continue;
    }
    same(comparison, `${where} required`, parameter.required, match.required);
    compareSchema(comparison, where, object(parameter.schema), object(match.schema), sends);
  }
  const known = theirs.map(id);
  for (const parameter of ours) {
    if (sends === 'input' && parameter.required === true && !known.includes(id(parameter))) {
      comparison.found.push(`${place} ${id(parameter)}: is new and required`);
    }
  }
}

function compareContent(
  comparison: Comparison,
  place: string,
  theirs: unknown,
  ours: unknown,
  direction: Direction,
) {
  for (const [type, media] of Object.entries(object(object(theirs).content))) {
    const match = object(object(ours).content)[type];
    if (match === undefined) comparison.found.push(`${place}: media type ${type} is missing`);
    else
      compareSchema(comparison, place, object(object(media).schema), object(object(match).schema), direction);
  }
}

function compareComponent(comparison: Comparison, name: string, direction: Direction) {
  const key = `${direction} ${name}`;
  if (comparison.compared.has(key)) return;
  comparison.compared.add(key);
  const theirs = object(object(comparison.contract.components).schemas)[name];
  const ours = object(object(comparison.served.components).schemas)[name];
  if (ours === undefined) comparison.found.push(`schema ${name}: is missing`);
  else compareSchema(comparison, `schema ${name}`, object(theirs), object(ours), direction);
}

function compareSchema(
  comparison: Comparison,
  place: string,
  theirs: Json,
  ours: Json,
  direction: Direction,
) {
  const { found } = comparison;
  if (theirs.$ref !== undefined || ours.$ref !== undefined) {
    same(comparison, `${place} $ref`, theirs.$ref, ours.$ref);
    const name = String(theirs.$ref).replace('#/components/schemas/', '');
    if (theirs.$ref === ours.$ref) compareComponent(comparison, name, direction);
    return;
  }
  for (const [keyword, value] of Object.entries(theirs)) {
    if (keyword === 'required') compareRequired(comparison, place, theirs, ours, direction);
    else if (keyword === 'anyOf')
      compareVariants(comparison, place, list(value), list(ours.anyOf), direction);
    else if (keyword === 'items')
      compareSchema(comparison, `${place}[]`, object(value), object(ours.items), direction);
    else if (keyword === 'properties') {
      for (const [name, property] of Object.entries(object(value))) {
        const match = object(ours.properties)[name];
        if (match === undefined) found.push(`${place}.${name}: is missing`);
        else compareSchema(comparison, `${place}.${name}`, object(property), object(match), direction);
      }
    } else same(comparison, `${place} ${keyword}`, value, ours[keyword]);
  }
  if (direction !== 'input') return;
  if (theirs.required === undefined) compareRequired(comparison, place, theirs, ours, direction);
  if (theirs.anyOf === undefined && ours.anyOf !== undefined) found.push(`${place}: anyOf is stricter`);
  if (theirs.items === undefined && ours.items !== undefined) found.push(`${place}: items is stricter`);
  const narrowing =
    ours.additionalProperties === undefined || ours.additionalProperties === true
      ? NARROWING
      : [...NARROWING, 'additionalProperties'];
  for (const keyword of narrowing) {
    if (keyword in ours && !(keyword in theirs)) found.push(`${place}: ${keyword} is stricter`);
  }
}

function compareRequired(
  { found }: Comparison,
  place: string,
  theirs: Json,
  ours: Json,
  direction: Direction,
) {
  const [wanted, got] = [strings(theirs.required), strings(ours.required)];
  for (const name of wanted) if (!got.includes(name)) found.push(`${place}.${name}: is no longer required`);
  if (direction === 'output') return;
  for (const name of got) if (!wanted.includes(name)) found.push(`${place}.${name}: became required`);
}

function compareVariants(
  comparison: Comparison,
  place: string,
  theirs: Json[],
  ours: Json[],
  direction: Direction,
) {
  if (theirs.length !== ours.length) {
    comparison.found.push(`${place}: anyOf has ${ours.length} variants, not ${theirs.length}`);
    return;
  }
  for (const [index, variant] of theirs.entries()) {
    compareSchema(comparison, `${place}|${index}`, variant, ours[index] ?? {}, direction);
  }
}

function same({ found }: Comparison, place: string, theirs: unknown, ours: unknown) {
  const [wanted, got] = [JSON.stringify(theirs), JSON.stringify(ours)];
  if (wanted !== got) found.push(`${place}: is ${got}, not ${wanted}`);
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(object) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
