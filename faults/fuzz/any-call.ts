import type { Operation } from '@awe/contract/operation';
import { OPERATIONS, type OperationName } from '@awe/contract/operations';
import fc, { type Arbitrary } from 'fast-check';
import { anyQuery } from './any-query.ts';
import { anySteps, idOf, pathOf } from './any-steps.ts';
import { type Body, type Call, type Part, type Shape, shapeOfAll } from './call.ts';
import { HOSTILE_HEADERS, HOSTILE_TYPES, hostileBody } from './hostile.ts';
import { PLAUSIBLE } from './plausible.ts';
import { type Plausible, type Schema, valuesOf } from './schema-values.ts';
import { spoilt } from './spoilt.ts';
import { STRAYS, type Stray, strayed } from './stray-paths.ts';
import { anyWho } from './who.ts';

type Headers = readonly (readonly [string, string])[];

const JSON_TYPE: Headers = [['Content-Type', 'application/json']];
/** The state of a thing in which an operation has something to do. */
const WANTED: Partial<Record<OperationName, string>> = {
  editDraft: 'draft',
  activate: 'draft',
  deactivate: 'active',
  createRequest: 'active',
  cancelRequest: 'in_review',
  claimTask: 'open',
  decide: 'open',
  reassignTask: 'open',
  retryDelivery: 'exhausted',
  retryIncident: 'deliveries_exhausted',
};
/** Of these, a thing in another state is a refusal of its own, which must come in every round. */
const OFTEN_ELSEWHERE = new Set<OperationName>(['editDraft', 'retryDelivery']);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'REPORT'];

/** Any call of an operation: right, nearly right or hostile in each of its parts. */
export function anyCall(name: OperationName): Arbitrary<Call> {
  const operation: Operation = OPERATIONS[name];
  const body = operation.body ? valuesOf(operation.body as Schema, plausibleFor(name), '') : null;
  const aboutTask = name === 'claimTask' || name === 'decide';
  const parts = fc.record({
    steps: anySteps(operation),
    query: anyQuery(operation),
    headers: headersOf(operation),
    body: body ? bodies(body) : strangeBodies,
    type: mostly(fc.constant({ value: JSON_TYPE, shape: 'right' as Shape }), typed, 12),
    who: anyWho(operation.access, aboutTask),
    astray: mostly(fc.constant<Stray | null>(null), fc.constantFrom(...STRAYS), 25),
    method: mostly(fc.constant<string | null>(null), fc.constantFrom(...METHODS), 40),
    extra: mostly(
      fc.constant<Headers>([]),
      fc.constantFrom(...HOSTILE_HEADERS).map((one) => [one]),
      12,
    ),
    pick: fc.nat({ max: 12 }),
    wanted: mostly(fc.constant(wantedBy(name)), fc.constant(null), OFTEN_ELSEWHERE.has(name) ? 2 : 12),
  });
  return parts.map(({ steps, query, headers, type, extra, who, pick, wanted, ...rest }) => {
    const path = pathOf(
      operation,
      steps.map((step) => step.value),
    );
    const carries = rest.body.kind !== 'none';
    return {
      operation: name,
      method: rest.method ?? operation.method.toUpperCase(),
      path: `${rest.astray === null ? path : strayed(path, rest.astray)}${query.value}`,
      headers: [...headers.value, ...(carries ? type.value : []), ...extra],
      body: rest.body,
      who,
      shape:
        rest.astray === null
          ? shapeOfAll([...steps.map((step) => step.shape), query.shape, headers.shape])
          : 'unknown',
      type: carries ? type.shape : 'right',
      id: rest.astray === null ? idOf(steps) : 'unknown',
      pick,
      wanted,
    };
  });
}

/** A cursor is wanted of the same list. */
function wantedBy(name: OperationName): string | null {
  const { path, query }: Operation = OPERATIONS[name];
  return query?.properties.cursor ? path : (WANTED[name] ?? null);
}

function mostly<Value>(usual: Arbitrary<Value>, other: Arbitrary<Value>, weight: number): Arbitrary<Value> {
  // What goes wrong with an unusual part may go wrong with the usual one too: the smaller call.
  return fc.oneof({ withCrossShrink: true }, { arbitrary: usual, weight }, { arbitrary: other, weight: 1 });
}

/** In the body, the key of the policy that the path names; of a policy to come, one that nobody has. */
function plausibleFor(name: OperationName): Plausible {
  const key =
    name === 'createPolicy'
      ? mostly(fc.constant('fuzz-{{fresh}}'), fc.constant('{{policy.key}}'), 12)
      : mostly(fc.constant('{{policy.key}}'), fc.constant('another-key'), 6);
  return { ...PLAUSIBLE, 'PolicyCreate.policy_key': key };
}

function bodies(values: Arbitrary<unknown>): Arbitrary<Body> {
  return fc.oneof(
    { arbitrary: values.map((value): Body => ({ kind: 'json', text: JSON.stringify(value) })), weight: 12 },
    { arbitrary: spoilt(values).map((text): Body => ({ kind: 'json', text })), weight: 4 },
    { arbitrary: hostileBody(values), weight: 4 },
  );
}

/** For an operation that reads none. */
const strangeBodies = mostly(fc.constant<Body>({ kind: 'none' }), hostileBody(fc.constant({})), 8);

function headersOf({ headers }: Operation): Arbitrary<Part<Headers>> {
  const none: Part<Headers> = { value: [], shape: 'right' };
  const name = Object.keys(headers?.properties ?? {})[0];
  if (name === undefined) return fc.constant(none);
  const key = (value: string, shape: Shape): Part<Headers> => ({ value: [[name, value]], shape });
  const good = (PLAUSIBLE[name] as Arbitrary<string>).map((value) => key(value, 'right'));
  const bad = fc.oneof(
    fc.constantFrom('', 'k'.repeat(256)).map((value) => key(value, 'wrong')),
    fc.constantFrom('a\tb', '\u00ff', ' k ', 'k'.repeat(255), "'--").map((value) => key(value, 'unknown')),
  );
  return fc.oneof(
    { arbitrary: fc.constant(none), weight: 14 },
    { arbitrary: good, weight: 4 },
    { arbitrary: bad, weight: 1 },
  );
}

const typed = fc.constantFrom(...HOSTILE_TYPES).map(([value, shape]): Part<Headers> => ({ value, shape }));
