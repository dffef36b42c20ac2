import type { JsonObject, JsonValue } from '@awe/engine/policy';
import type { RuleGroupType, RuleType } from 'react-querybuilder';
import { formatQuery } from 'react-querybuilder/formatQuery';
import { parseJsonLogic } from 'react-querybuilder/parseJsonLogic';
import { sameJson } from '../draft/same-json.ts';

/** A condition as lines and groups of lines. */
export type Query = RuleGroupType;

const ORDERING: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'between', 'notBetween']);
const UNARY: ReadonlySet<string> = new Set(['null', 'notNull']);

/** Whether an operator compares with nothing. */
export function isUnary(operator: string): boolean {
  return UNARY.has(operator);
}

/** Whether an operator compares with a list. */
export function takesList(operator: string): boolean {
  return operator === 'in' || operator === 'notIn';
}

export function emptyQuery(): Query {
  return { combinator: 'and', rules: [{ field: '', operator: '=', value: '' }] };
}

/** A condition that nobody has begun to write. */
export function emptyCondition(): JsonObject {
  return logicOf(emptyQuery()) ?? {};
}

/** The logic of a query; a single line stands for itself. */
export function logicOf(query: Query): JsonObject | null {
  const logic: unknown = formatQuery(query, { format: 'jsonlogic', parseNumbers: false });
  return typeof logic === 'object' && logic !== null ? (unwrapped(logic as JsonObject) as JsonObject) : null;
}

/** The query of a condition; null when lines cannot say all of it, which is when the way back gives something else. */
export function queryOf(logic: JsonValue): Query | null {
  if (typeof logic !== 'object' || logic === null || Array.isArray(logic)) return null;
  try {
    const query = parseJsonLogic(logic as Parameters<typeof parseJsonLogic>[0], {
      listsAsArrays: true,
      jsonLogicOperations: { in: membership },
    });
    const back = logicOf(query);
    return back !== null && isFlat(query) && sameJson(back, unwrapped(logic)) ? query : null;
  } catch {
    return null;
  }
}

/** The library does not read a list that is still empty. */
function membership(operands: JsonValue): RuleType {
  const [first = null, second = null] = Array.isArray(operands) ? operands : [];
  return Array.isArray(second)
    ? { field: fieldIn(first), operator: 'in', value: second }
    : { field: fieldIn(second), operator: 'contains', value: first };
}

function fieldIn(operand: JsonValue): string {
  const isField = typeof operand === 'object' && operand !== null && !Array.isArray(operand);
  return isField && typeof operand.var === 'string' ? operand.var : '';
}

/** Whether a line lacks its field, or a value that its comparison cannot do without. */
export function hasGaps(logic: JsonValue): boolean {
  const query = queryOf(logic);
  return query !== null && linesOf(query).some(isUnfinished);
}

function isUnfinished({ field, operator, value, valueSource }: RuleType): boolean {
  if (field.trim() === '') return true;
  if (takesList(operator)) return Array.isArray(value) && value.length === 0;
  if (valueSource === 'field' || ORDERING.has(operator)) return String(value ?? '').trim() === '';
  return false;
}

function linesOf({ rules }: Query): RuleType[] {
  return rules.flatMap((rule) => (typeof rule === 'string' ? [] : 'rules' in rule ? linesOf(rule) : [rule]));
}

/** Conditions on the elements of a list have no line of their own here. */
function isFlat(query: Query): boolean {
  return linesOf(query).every(({ match, operator, value, valueSource }) => {
    if (match !== undefined || operator === 'between' || operator === 'notBetween') return false;
    return takesList(operator) ? Array.isArray(value) && valueSource !== 'field' : !Array.isArray(value);
  });
}

/** `and` and `or` of one thing are that thing. */
function unwrapped(logic: JsonValue): JsonValue {
  if (typeof logic !== 'object' || logic === null || Array.isArray(logic)) return logic;
  const only = logic.and ?? logic.or;
  if (Object.keys(logic).length !== 1 || !Array.isArray(only) || only.length !== 1) return logic;
  return unwrapped(only[0] ?? null);
}
