import type { ValidationError } from '@awe/contract/validation-error';
import type { ErrorObject } from 'ajv';

type Place = 'body' | 'path' | 'query' | 'header';
type Described = Pick<ValidationError, 'msg' | 'type' | 'ctx'>;

const MAX_SHOWN_INPUT = 200;

const TYPES: Readonly<Record<string, { type: string; what: string }>> = {
  string: { type: 'string_type', what: 'string' },
  integer: { type: 'int_type', what: 'integer' },
  number: { type: 'float_type', what: 'number' },
  boolean: { type: 'bool_type', what: 'boolean' },
  object: { type: 'dict_type', what: 'dictionary' },
  array: { type: 'list_type', what: 'list' },
};

/** One fault that Ajv found in `root`, in the words of the contract's ValidationError. */
export function shapeEntry(error: ErrorObject, place: Place, root: unknown): ValidationError {
  const { loc, value } = locate(error.instancePath, root);
  if (error.keyword === 'required') {
    return {
      loc: [place, ...loc, String(error.params.missingProperty)],
      msg: 'Field required',
      type: 'missing',
    };
  }
  return { loc: [place, ...loc], ...describe(error, place, value), ...shownInput(value) };
}

/** The value as it was sent, where it is short and plain: objects may hold what nobody should see again. */
export function shownInput(value: unknown): { input?: unknown } {
  if (typeof value === 'string') {
    return {
      input: value.length > MAX_SHOWN_INPUT ? `${value.slice(0, MAX_SHOWN_INPUT)}…`.toWellFormed() : value,
    };
  }
  return value === null || typeof value === 'boolean' || typeof value === 'number' ? { input: value } : {};
}

function describe({ keyword, params }: ErrorObject, place: Place, value: unknown): Described {
  switch (keyword) {
    case 'type':
      return describeType(params.type, place, value);
    case 'minimum':
      return {
        type: 'greater_than_equal',
        msg: `Input should be greater than or equal to ${params.limit}`,
        ctx: { ge: params.limit },
      };
    case 'maximum':
      return {
        type: 'less_than_equal',
        msg: `Input should be less than or equal to ${params.limit}`,
        ctx: { le: params.limit },
      };
    case 'minLength':
      return {
        type: 'string_too_short',
        msg: `String should have at least ${params.limit} character${params.limit === 1 ? '' : 's'}`,
        ctx: { min_length: params.limit },
      };
    case 'maxLength':
      return {
        type: 'string_too_long',
        msg: `String should have at most ${params.limit} characters`,
        ctx: { max_length: params.limit },
      };
    case 'enum': {
      const expected = inWords(params.allowedValues);
      return { type: 'literal_error', msg: `Input should be ${expected}`, ctx: { expected } };
    }
    case 'format':
      return {
        type: 'datetime_parsing',
        msg: 'Input should be a moment in RFC 3339 with its offset, such as 2026-04-23T10:00:00Z',
      };
    default:
      throw new Error(`the contract uses the keyword ${keyword}, and nothing says how to explain its faults`);
  }
}

function describeType(types: string | string[], place: Place, value: unknown): Described {
  const wanted = (Array.isArray(types) ? types : [types]).find((type) => type !== 'null') ?? '';
  const known = TYPES[wanted];
  if (!known) throw new Error(`the contract uses the type ${wanted}, and nothing says how to explain it`);
  const msg = `Input should be a valid ${known.what}`;
  if (wanted !== 'integer') return { type: known.type, msg };
  if (place !== 'body') {
    return { type: 'int_parsing', msg: `${msg}, unable to parse string as an integer` };
  }
  return typeof value === 'number'
    ? { type: 'int_from_float', msg: `${msg}, got a number with a fractional part` }
    : { type: known.type, msg };
}

function inWords(words: string[]): string {
  const quoted = words.map((word) => `'${word}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

/** Follows a JSON pointer; positions in lists become numbers. */
function locate(pointer: string, root: unknown): { loc: (string | number)[]; value: unknown } {
  const loc: (string | number)[] = [];
  let value = root;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    loc.push(Array.isArray(value) ? Number(name) : name);
    value = (value as Record<string, unknown>)[name];
  }
  return { loc, value };
}
