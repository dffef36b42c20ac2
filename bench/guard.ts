import type { Run } from './result.ts';

/**
 * Ratios of a recorded run, by the row's key and the ratio's name. Times are not recorded: they say more about the machine
 * than about us. Quick and full runs measure different sizes, and are held against their own kind.
 */
export type Baseline = Partial<Record<Run['mode'], Record<string, number>>>;

/** Runs on one small machine differ by a third; what is below this share of the record has changed. */
const MARGIN = 0.6;

export function ratiosOf(run: Pick<Run, 'rows'>): Record<string, number> {
  const pairs = run.rows.flatMap((row) =>
    row.ratios.map(({ name, value }) => [`${row.key}: ${name}`, Number(value.toFixed(3))] as const),
  );
  return Object.fromEntries(pairs);
}

/** A line for each ratio of this run that is far below the recorded one. What either run lacks is not compared. */
export function regressions(run: Pick<Run, 'rows' | 'mode'>, baseline: Baseline): string[] {
  const recorded = baseline[run.mode] ?? {};
  return Object.entries(ratiosOf(run)).flatMap(([name, value]) => {
    const before = recorded[name];
    if (before === undefined || value >= before * MARGIN) return [];
    return [
      `${name} is ${value.toFixed(2)}, recorded ${before.toFixed(2)}, allowed ${(before * MARGIN).toFixed(2)}`,
    ];
  });
}

/** The baseline with this run's ratios; those of scenarios that were not run stay. */
export function recorded(run: Pick<Run, 'rows' | 'mode'>, baseline: Baseline): Baseline {
  return { ...baseline, [run.mode]: { ...baseline[run.mode], ...ratiosOf(run) } };
}
