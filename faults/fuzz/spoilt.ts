import fc, { type Arbitrary } from 'fast-check';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** Where a value stands: what holds it, and under which name. */
type Spot = { holder: Record<string, Json> | Json[]; name: string | number };

const WRONG_TYPES: readonly Json[] = [null, true, 0, -1, 1.5, 2 ** 31, 'text', '', [], {}, [null], { a: 1 }];
const EXTRA: readonly [string, Json][] = [
  ['unknown', 1],
  ['constructor', { prototype: {} }],
  ['toString', 'x'],
  ['', null],
  ['status', 'active'],
  ['id', 'x'],
];

/** The value with one thing about it changed: a member dropped, retyped, out of range, or one too many. */
export function spoilt(values: Arbitrary<unknown>): Arbitrary<string> {
  const change = fc.record({
    at: fc.nat({ max: 200 }),
    what: fc.constantFrom('drop' as const, 'retype' as const, 'add' as const),
    wrong: fc.constantFrom(...WRONG_TYPES),
    extra: fc.constantFrom(...EXTRA),
  });
  return fc.tuple(values, change).map(([value, { at, what, wrong, extra }]) => {
    const root = { body: structuredClone(value) as Json };
    const spots = spotsIn(root);
    const spot = spots[at % spots.length];
    if (spot && what === 'retype') put(spot, wrong);
    if (spot && what === 'drop' && spot.holder !== root) drop(spot);
    const found = spot && what === 'add' ? get(spot) : undefined;
    if (isRecord(found))
      Object.defineProperty(found, extra[0], { value: extra[1], enumerable: true, configurable: true });
    return JSON.stringify(root.body);
  });
}

/** The JSON text of the value with one of its members replaced by `literal`, which need not be JSON. */
export function spliced(value: unknown, at: number, literal: string): string {
  const mark = '\u{e000}';
  const root = { body: structuredClone(value) as Json };
  const spots = spotsIn(root);
  const spot = spots[at % spots.length];
  if (spot) put(spot, mark);
  return JSON.stringify(root.body).replace(JSON.stringify(mark), () => literal);
}

function spotsIn(root: Spot['holder']): Spot[] {
  return Object.entries(root).flatMap(([name, value]) => [
    { holder: root, name },
    ...(typeof value === 'object' && value !== null ? spotsIn(value) : []),
  ]);
}

function isRecord(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const get = ({ holder, name }: Spot): Json | undefined => (holder as Record<string, Json>)[name];

function put({ holder, name }: Spot, value: Json): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

function drop({ holder, name }: Spot): void {
  if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else delete holder[name];
}
