import type { Operation } from '@awe/contract/operation';
import fc, { type Arbitrary } from 'fast-check';
import type { Call, Part } from './call.ts';
import { HOSTILE_STEPS } from './hostile.ts';

/** One step of a path, percent-encoded or a template. */
export type Step = Part<string> & { id: Call['id'] };

const KEPT: Readonly<Record<string, string>> = {
  policy_key: '{{policy.key}}',
  version: '{{policy.version}}',
  request_id: '{{request.id}}',
  task_id: '{{task.id}}',
  delegation_id: '{{delegation.id}}',
  delivery_id: '{{delivery.id}}',
  incident_id: '{{incident.id}}',
  secret_id: '{{secret.id}}',
};
const NOBODYS = ['01970000-0000-7000-8000-00000000dead', 'no-such-thing', '0', "'--"];

/** Steps of the path that were told of, that nobody has, or that mean harm. */
export function anySteps({ params }: Operation): Arbitrary<Step[]> {
  const names = Object.keys(params?.properties ?? {});
  const kept = names.map((name): Step => ({ value: KEPT[name] ?? 'x', shape: 'right', id: 'kept' }));
  if (names.length === 0) return fc.constant([]);
  const last = names.at(-1);
  const madeUp = fc.constantFrom(...NOBODYS).map((value): Step[] => {
    if (last !== 'version') return [{ value, shape: 'right', id: 'made up' }];
    return [
      { value: encodeURIComponent(value), shape: 'right', id: 'made up' },
      { value: '1', shape: 'right', id: 'made up' },
    ];
  });
  const hostile = fc
    .constantFrom(...HOSTILE_STEPS)
    .map((value): Step[] => [...kept.slice(0, -1), { value, shape: 'unknown', id: 'unknown' }]);
  const noNumber = fc
    .constantFrom('x', '1.0', '1e3', '%00', 'one')
    .map((value): Step[] => [
      ...kept.slice(0, -1),
      { value, shape: last === 'version' ? 'wrong' : 'unknown', id: 'unknown' },
    ]);
  return fc.oneof(
    { arbitrary: fc.constant(kept), weight: 16 },
    { arbitrary: madeUp, weight: 2 },
    { arbitrary: hostile, weight: 1 },
    { arbitrary: noNumber, weight: 1 },
  );
}

/** Where the id comes from that the steps make together. */
export function idOf(steps: Step[]): Call['id'] {
  if (steps.some((step) => step.id === 'unknown')) return 'unknown';
  return steps.some((step) => step.id === 'made up') ? 'made up' : 'kept';
}

export function pathOf({ path }: Operation, steps: string[]): string {
  let next = 0;
  return path.replaceAll(/\{\w+\}/g, () => {
    next += 1;
    return steps[next - 1] ?? 'x';
  });
}
