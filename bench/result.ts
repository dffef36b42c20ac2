import type { Summary } from './summary.ts';
import type { Usage } from './usage.ts';

/** Milliseconds of CPU that one operation cost. Null: not to be had on this machine. */
export type CpuPerOperation = { server: number | null; database: number | null; bench: number };

/**
 * A number that travels between machines: ours against something measured in the same run. 1 is as good as what it is
 * held against, more is better. `target` is the least it should be, null where there is none.
 */
export type Ratio = { name: string; value: number; target: number | null };

/** A line of the table. */
export type Row = {
  /** Letter of the scenario. */
  scenario: string;
  name: string;
  /** Names the row in the baseline: stays the same from run to run. */
  key: string;
  measured: Summary;
  cpuMs: CpuPerOperation | null;
  memoryPeakMb: number | null;
  memoryAfterMb: number | null;
  floor: Summary | null;
  floorDatabaseCpuMs: number | null;
  ratios: Ratio[];
  /** What has to be known to read the numbers. */
  notes: string[];
};

export type Machine = {
  cpu: string;
  cores: number;
  memoryMb: number;
  node: string;
  postgres: string;
  pgbench: string | null;
};

export type Run = {
  startedAt: string;
  seconds: number;
  mode: 'quick' | 'full';
  callers: number;
  machine: Machine;
  rows: Row[];
  /** Scenarios that did not come to their end, and why; the others are not affected. */
  failures: { scenario: string; message: string }[];
};

/** A row without a floor, and without ratios so far. */
export function rowOf(
  named: Pick<Row, 'scenario' | 'key' | 'name'>,
  measured: Summary,
  usage: Usage | null,
): Row {
  return {
    ...named,
    measured,
    cpuMs: usage && {
      server: perOperation(usage.serverCpuSeconds, measured.count),
      database: perOperation(usage.databaseCpuSeconds, measured.count),
      bench: perOperation(usage.benchCpuSeconds, measured.count) ?? 0,
    },
    memoryPeakMb: usage?.memoryPeakMb ?? null,
    memoryAfterMb: usage?.memoryAfterMb ?? null,
    floor: null,
    floorDatabaseCpuMs: null,
    ratios: [],
    notes: [],
  };
}

/** Milliseconds. */
export function perOperation(seconds: number | null, count: number): number | null {
  return seconds === null || count === 0 ? null : (seconds * 1000) / count;
}
