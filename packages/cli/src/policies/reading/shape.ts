import { quote } from '@awe/engine/fault';
import { Ajv, type AnySchemaObject, type ErrorObject } from 'ajv';
import { didYouMean } from './did-you-mean.ts';
import type { Steps } from './steps.ts';

/** What is wrong with the shape of a value. `hint` says what was probably meant, or is empty. */
export type ShapeFault = { steps: Steps; message: string; hint: string };

const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, validateFormats: false });

/** Prepares the question whether values have the shape of a schema, for one whose faults nobody is told. */
export function shapeTest(schema: AnySchemaObject): (value: unknown) => boolean {
  const validate = ajv.compile(schema);
  return (value) => validate(value) === true;
}

/** Prepares the check of values against a schema; it finds every fault at once, one for each place. */
export function shapeCheck(schema: AnySchemaObject): (value: unknown) => ShapeFault[] {
  const validate = ajv.compile(schema);
  return (value) => {
    if (validate(value)) return [];
    // Of an `if` the faults of its consequence tell everything.
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
    const faults = new Map<string, ShapeFault>();
    for (const error of errors) {
      const fault = explained(error, stepsOfPointer(error.instancePath, value));
      const place = JSON.stringify(fault.steps);
      if (!faults.has(place)) faults.set(place, fault);
    }
    return [...faults.values()];
  };
}

function explained({ keyword, params, data, parentSchema }: ErrorObject, steps: Steps): ShapeFault {
  const at = (message: string, hint = ''): ShapeFault => ({ steps, message, hint });
  switch (keyword) {
    case 'required':
      return {
        steps: [...steps, String(params.missingProperty)],
        message: 'is missing',
        hint: '',
      };
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const known = Object.keys((parentSchema?.properties as object | undefined) ?? {});
      const hint = didYouMean(
        name,
        known.filter((each) => !Object.hasOwn(Object(data), each)),
      );
      const way = hint === '' && known.length < 12 ? `: there are ${known.join(', ')}` : hint;
      return { steps: [...steps, name], message: `${quote(name)} is no key that is known here`, hint: way };
    }
    case 'enum': {
      const words = (params.allowedValues as unknown[]).filter((word) => word !== null).map(String);
      const given = typeof data === 'string' ? quote(data) : typeof data;
      return at(`${given} is none of ${words.join(', ')}`, didYouMean(String(data), words));
    }
    case 'type':
      return at(`must be ${inWords(params.type)}, is ${nameOf(data)}`);
    case 'minimum':
    case 'exclusiveMinimum':
      return at(`must be ${params.limit} at least`);
    case 'maximum':
      return at(`must be ${params.limit} at most`);
    case 'pattern':
      return at(`has not the form it must have${description(parentSchema)}`);
    case 'maxLength':
      return at(`must have at most ${params.limit} characters`);
    case 'minItems':
    case 'minProperties':
    case 'minLength':
      return at('must not be empty');
    case 'maxProperties':
      return at('an operation has one operator: combine several with "and" or "or"');
    default:
      throw new Error(`nothing says how to explain the faults of the keyword ${keyword}`);
  }
}

function description(schema: AnySchemaObject | undefined): string {
  return typeof schema?.description === 'string' ? `: ${schema.description}` : '';
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
  null: 'null',
};

function inWords(types: string | readonly string[]): string {
  return [types]
    .flat()
    .map((type) => TYPES[type])
    .join(' or ');
}

function nameOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a number with a fraction';
  return TYPES[typeof value] ?? typeof value;
}

/** The steps of a JSON pointer in `root`; positions in lists become numbers. */
function stepsOfPointer(pointer: string, root: unknown): Steps {
  let value = root;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const at = Array.isArray(value) ? Number(name) : name;
      value = (value as Record<string | number, unknown>)[at];
      return at;
    });
}
