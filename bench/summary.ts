/** What a load came to: how many in how long; how long each took in milliseconds. */
export type Summary = {
  count: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
};

/** `times`: milliseconds of each operation that ended within `seconds`. */
export function summarise(times: readonly number[], seconds: number): Summary {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    seconds,
    perSecond: seconds > 0 ? sorted.length / seconds : 0,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
  };
}

/** The smallest value that `share` of all are not greater than; 0 when there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
