import type { SchemaObject } from './openapi-document.ts';

/** What each JSONLogic operator does, for an editor to say beside it. The engine's table has the same names. */
export const OPERATOR_DESCRIPTIONS: Readonly<Record<string, string>> = {
  var: 'A value of the context by its dotted path, "applicant.district"; ["path", default] when it may be absent.',
  missing: 'Those of the paths given that the context does not have, as a list.',
  missing_some:
    '[n, paths]: an empty list when at least n of the paths are there, else those that are missing.',
  if: '[condition, then, condition, then, …, else]: the value behind the first condition that holds.',
  '?:': 'The same as if.',
  and: 'The first operand that does not hold, else the last one.',
  or: 'The first operand that holds, else the last one.',
  '!': 'Not: true when the operand does not hold.',
  '!!': 'Whether the operand holds: 0, "", [], null and false do not.',
  '==': 'Equal, after both are made comparable: 1 equals "1". === is stricter.',
  '!=': 'Not equal, after both are made comparable.',
  '===': 'Equal and of the same type.',
  '!==': 'Not equal, or not of the same type.',
  '<': 'Less than; with three operands: between. An absent operand is an error, so that the stage is not skipped.',
  '<=': 'At most; with three operands: between. An absent operand is an error.',
  '>': 'Greater than. An absent operand is an error.',
  '>=': 'At least. An absent operand is an error.',
  '+': 'The sum. An absent operand is an error.',
  '-': 'The difference, or the negative of one operand. An absent operand is an error.',
  '*': 'The product. An absent operand is an error.',
  '/': 'The quotient. An absent operand is an error.',
  '%': 'What is left after a division. An absent operand is an error.',
  min: 'The least of the operands. An absent operand is an error.',
  max: 'The greatest of the operands. An absent operand is an error.',
  in: '[item, list or text]: whether it is in there.',
  cat: 'The operands as one text.',
  substr: '[text, start, length?]: a part of the text; from the end when negative.',
  merge: 'The operands as one flat list.',
  map: '[list, logic]: the logic’s value for each element; in it {"var": ""} is the element.',
  filter: '[list, logic]: the elements for which the logic holds.',
  reduce: '[list, logic, initial]: one value from all; in it {"var": "current"} and {"var": "accumulator"}.',
  all: '[list, logic]: whether it holds for every element; false for an empty list.',
  some: '[list, logic]: whether it holds for one element at least.',
  none: '[list, logic]: whether it holds for no element.',
  log: 'Its operand, unchanged.',
};

/** JSONLogic: a plain value, a list, or an object with one operator. */
export function logicSchema(): SchemaObject {
  return {
    description: 'JSONLogic over the context of the request: a value, a list, or one operation.',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(OPERATOR_DESCRIPTIONS).map(([name, description]) => [
        name,
        { description, allOf: [{ $ref: '#/definitions/logic' }] },
      ]),
    ),
    items: { $ref: '#/definitions/logic' },
  };
}
