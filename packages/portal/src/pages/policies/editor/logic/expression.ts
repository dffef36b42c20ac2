import type { JsonObject, JsonValue } from '@awe/engine/policy';
import { sameJson } from '../draft/same-json.ts';
import { hasGaps, queryOf } from './query.ts';

/** Whom an expression names, in the forms that need no JSON. */
export type Expression =
  | { kind: 'field'; field: string }
  | { kind: 'choice'; condition: JsonObject; people: string[]; otherwise: string[] }
  | { kind: 'raw'; logic: JsonValue };

/** The form that says all of `logic`. */
export function expressionOf(logic: JsonValue): Expression {
  const operands = operation(logic);
  const raw: Expression = { kind: 'raw', logic };
  const read = operands ? (readField(operands) ?? readChoice(operands)) : null;
  return read !== null && sameJson(expressionLogic(read), logic) ? read : raw;
}

export function expressionLogic(expression: Expression): JsonValue {
  switch (expression.kind) {
    case 'field':
      return { var: expression.field };
    case 'choice':
      return { if: [expression.condition, expression.people, expression.otherwise] };
    case 'raw':
      return expression.logic;
  }
}

/** Whether an expression is unfinished in a way that the engine takes for meant. */
export function expressionHasGaps(logic: JsonValue): boolean {
  const expression = expressionOf(logic);
  if (expression.kind === 'field') return expression.field.trim() === '';
  return expression.kind === 'choice' && hasGaps(expression.condition);
}

function operation(logic: JsonValue): JsonObject | null {
  return typeof logic === 'object' && logic !== null && !Array.isArray(logic) ? logic : null;
}

function readField({ var: field }: JsonObject): Expression | null {
  return typeof field === 'string' ? { kind: 'field', field } : null;
}

function readChoice({ if: cases }: JsonObject): Expression | null {
  if (!Array.isArray(cases) || cases.length !== 3) return null;
  const [condition = null, people, otherwise] = cases;
  const logic = operation(condition);
  if (logic === null || queryOf(logic) === null || !isNames(people) || !isNames(otherwise)) return null;
  return { kind: 'choice', condition: logic, people, otherwise };
}

function isNames(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
