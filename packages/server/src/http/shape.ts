import type { IncomingHttpHeaders } from 'node:http';
import { isDateTime } from '@awe/contract/date-time';
import type { Operation } from '@awe/contract/operation';
import type { ValidationError } from '@awe/contract/validation-error';
import { Ajv, type ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';
import { ShapeFault } from './call-fault.ts';
import { hostileValues, textProblem } from './hostile-values.ts';
import type { JsonBody } from './json-body.ts';
import { plainSchema } from './plain-schema.ts';
import { shapeEntry, shownInput } from './shape-entry.ts';
import { overlongTexts } from './text-limits.ts';
import { headerValues, urlValues } from './url-values.ts';

/** A call as it came in. */
export type Given = { params: unknown; query: unknown; headers: IncomingHttpHeaders; body: JsonBody };
/** The same with the right shape; what the operation does not declare is undefined. */
export type Shaped = { params: unknown; query: unknown; headers: unknown; body: unknown };

type Place = 'path' | 'query' | 'header';

/** The answer stays readable, and smaller than what provoked it can make it. */
const MAX_ENTRIES = 1_000;
const MAX_HEADER_LENGTH = 255;

const formats = { 'date-time': isDateTime };
const bodies = new Ajv({ allErrors: true, formats });
const urls = new Ajv({ allErrors: true, formats, useDefaults: true });

/**
 * Prepares the check of an operation's calls. The check answers the values of path, query, headers and body, defaults
 * of path and query filled in; fields that the contract does not know are left alone.
 * @throws ShapeFault (from the returned function) with every fault, wherever in the call
 */
export function shapeCheck(operation: Operation): (given: Given) => Shaped {
  const { params, query, headers, body } = operation;
  const checkParams = params && valuesCheck('path', params);
  const checkQuery = query && valuesCheck('query', query);
  const checkHeaders = headers && valuesCheck('header', headers);
  const checkBody = body && bodyCheck(body);
  return (given) => {
    const faults: ValidationError[] = [];
    const shaped: Shaped = {
      params: checkParams?.(urlValues(params as never, given.params), faults),
      query: checkQuery?.(urlValues(query as never, given.query), faults),
      headers: checkHeaders?.(headerValues(headers as never, given.headers), faults),
      body: checkBody?.(given.body, faults),
    };
    if (faults.length > 0) throw new ShapeFault(bounded(faults));
    return shaped;
  };
}

type Check<Value> = (value: Value, faults: ValidationError[]) => unknown;

function valuesCheck(place: Place, schema: TSchema): Check<Record<string, unknown>> {
  const validate = urls.compile(plainSchema(schema));
  return (values, faults) => {
    const where = (name: string) => [place, place === 'header' ? name.toLowerCase() : name];
    for (const [name, value] of Object.entries(values)) {
      // What is no id is simply not found, whatever is in it.
      if (typeof value !== 'string' || place === 'path' || name === 'request_id') continue;
      const problem = place === 'header' ? headerProblem(value) : textProblem(value);
      if (problem) faults.push({ loc: where(name), ...problem });
    }
    collect(validate, values, place, faults);
    return values;
  };
}

function bodyCheck(schema: TSchema): Check<JsonBody> {
  const validate = bodies.compile(plainSchema(schema));
  return (body, faults) => {
    switch (body.kind) {
      case 'none':
        faults.push({ loc: ['body'], msg: 'Field required', type: 'missing' });
        return undefined;
      case 'malformed':
        faults.push(body.fault);
        return undefined;
      case 'value':
        faults.push(...hostileValues(body, MAX_ENTRIES), ...overlongTexts(body.value));
        collect(validate, body.value, 'body', faults);
        return body.value;
    }
  };
}

function collect(
  validate: ValidateFunction,
  value: unknown,
  place: Place | 'body',
  faults: ValidationError[],
): void {
  if (validate(value)) return;
  for (const error of validate.errors ?? []) faults.push(shapeEntry(error, place, value));
}

/** Printable, and short enough for an index. */
function headerProblem(value: string): Omit<ValidationError, 'loc'> | null {
  if (value === '') {
    return {
      type: 'string_too_short',
      msg: 'String should have at least 1 character',
      ctx: { min_length: 1 },
    };
  }
  if (value.length > MAX_HEADER_LENGTH) {
    return {
      type: 'string_too_long',
      msg: `String should have at most ${MAX_HEADER_LENGTH} characters`,
      ctx: { max_length: MAX_HEADER_LENGTH },
      ...shownInput(value),
    };
  }
  return /\p{Cc}/u.test(value)
    ? { type: 'string_pattern_mismatch', msg: 'String should contain printable characters only' }
    : null;
}

function bounded(faults: ValidationError[]): ValidationError[] {
  if (faults.length <= MAX_ENTRIES) return faults;
  const left = faults.length - MAX_ENTRIES;
  const note = {
    loc: ['body'],
    type: 'too_many_faults',
    msg: `There are ${left} faults more; correct these first`,
  };
  return [...faults.slice(0, MAX_ENTRIES), note];
}
