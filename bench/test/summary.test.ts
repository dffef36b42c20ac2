import { expect, it } from 'vitest';
import { percentile, summarise } from '../summary.ts';

it('gives the smallest value that a share of all does not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100]);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBe(0);
});

it('orders times by number and not as text', () => {
  expect(summarise([100, 9, 20], 2)).toEqual({
    count: 3,
    seconds: 2,
    perSecond: 1.5,
    p50: 20,
    p95: 100,
    p99: 100,
  });
});

it('has no rate where no time has passed', () => {
  expect(summarise([], 0)).toEqual({ count: 0, seconds: 0, perSecond: 0, p50: 0, p95: 0, p99: 0 });
});
