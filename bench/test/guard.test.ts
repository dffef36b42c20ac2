import { expect, it } from 'vitest';
import { recorded, regressions } from '../guard.ts';
import { rowOf } from '../result.ts';
import { summarise } from '../summary.ts';

/** A quick run of the flow at this share of its floor. */
function runAt(value: number) {
  const row = rowOf({ scenario: 'a', key: 'flow', name: 'flow' }, summarise([10], 1), null);
  const ratios = [{ name: 'throughput / floor', value, target: 1 }];
  return { mode: 'quick' as const, rows: [{ ...row, ratios }] };
}

it('lets a run pass that is somewhat below its record, or above it', () => {
  const baseline = recorded(runAt(1), {});
  expect(regressions(runAt(0.6), baseline)).toEqual([]);
  expect(regressions(runAt(2), baseline)).toEqual([]);
});

it('names a ratio that is far below its record, with both figures', () => {
  expect(regressions(runAt(0.5), recorded(runAt(1), {}))).toEqual([
    'flow: throughput / floor is 0.50, recorded 1.00, allowed 0.60',
  ]);
});

it('compares nothing with what was never recorded, nor a quick run with a full one', () => {
  expect(regressions(runAt(0.1), {})).toEqual([]);
  expect(regressions({ ...runAt(0.1), mode: 'full' }, recorded(runAt(1), {}))).toEqual([]);
});

it('keeps the record of what this run did not measure', () => {
  const before = { quick: { 'inbox: p50': 0.9 }, full: { 'flow: throughput / floor': 1.4 } };
  expect(recorded(runAt(1.2345), before)).toEqual({
    quick: { 'inbox: p50': 0.9, 'flow: throughput / floor': 1.234 },
    full: { 'flow: throughput / floor': 1.4 },
  });
});
