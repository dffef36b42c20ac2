import type { Pair } from './pair-stages.ts';

/**
 * The pairs that run at another place among those that both versions have: as few as explain the order, which are those
 * outside of a longest run that kept it.
 */
export function movedStages(pairs: readonly Pair[]): ReadonlySet<Pair> {
  const sorted = pairs.toSorted((a, b) => a.before.stage_order - b.before.stage_order);
  const runs: Pair[][] = [];
  for (const pair of sorted) {
    const behind = runs.filter((run) => (run.at(-1)?.after.stage_order ?? 0) < pair.after.stage_order);
    runs.push([...longest(behind), pair]);
  }
  const kept = new Set(longest(runs));
  return new Set(pairs.filter((pair) => !kept.has(pair)));
}

function longest(runs: readonly Pair[][]): Pair[] {
  return runs.reduce<Pair[]>((best, run) => (run.length > best.length ? run : best), []);
}
