import { measureFloor } from './floor.ts';
import type { Timed } from './load.ts';
import { perOperation, type Row, rowOf } from './result.ts';
import type { Setting } from './setting.ts';
import { summarise } from './summary.ts';
import { addUsage, startMeter, type Usage } from './usage.ts';

export type Comparison = Pick<Row, 'scenario' | 'key' | 'name'> & {
  databaseUrl: string;
  serverPids: readonly number[];
  /** One turn of the load on the service: this share of it. */
  load: (share: number) => Promise<Timed>;
  /** Waits until the service has done what the load left behind, before somebody else is measured. */
  quiet?: () => Promise<void>;
  /** pgbench's script for the same work. */
  floor: string;
  /** Least ratio of our throughput to the floor's; null: no target. */
  target: number | null;
};

type Measured = { timed: Timed; usage: Usage };

/**
 * Service, floor, service, …, floor, service: on a machine whose speed changes from one moment to the next both meet the
 * same moments. Each is summed up over all its turns, which together last the setting's seconds.
 */
export async function besideFloor(setting: Setting, comparison: Comparison): Promise<Row> {
  const { pgbench, callers, rounds } = setting;
  const { databaseUrl, floor } = comparison;
  const floors: Measured[] = [];
  const loads: Measured[] = [];
  const turns = rounds + 1;
  for (let turn = 0; turn < turns; turn += 1) {
    const load = () => comparison.load(1 / turns);
    loads.push(await metered(comparison.serverPids, databaseUrl, load));
    if (turn === rounds || pgbench === null) continue;
    await comparison.quiet?.();
    const measure = () => measureFloor(pgbench, databaseUrl, floor, callers, setting.seconds / turns);
    floors.push(await metered([], databaseUrl, measure));
  }
  await comparison.quiet?.();
  return compared(comparison, loads, floors);
}

function compared(comparison: Comparison, loads: Measured[], floors: Measured[]): Row {
  const { scenario, key, name, target } = comparison;
  const row = rowOf({ scenario, key, name }, total(loads), usageOf(loads));
  if (floors.length === 0) return { ...row, notes: ['no floor: this machine has no pgbench'] };
  const floor = total(floors);
  const operations = floors.reduce((sum, { timed }) => sum + timed.operations, 0);
  const cpu = usageOf(floors)?.databaseCpuSeconds ?? null;
  const value = row.measured.perSecond / floor.perSecond;
  return {
    ...row,
    floor,
    floorDatabaseCpuMs: perOperation(cpu, operations),
    ratios: [{ name: 'throughput / floor', value, target }],
  };
}

/** Measures what a load costs while it runs. */
export async function metered(
  serverPids: readonly number[],
  databaseUrl: string,
  load: () => Promise<Timed>,
): Promise<Measured> {
  const meter = await startMeter(serverPids, databaseUrl);
  let timed: Timed | null = null;
  let usage: Usage;
  try {
    timed = await load();
  } finally {
    usage = await meter.stop();
  }
  return { timed, usage };
}

function total(parts: Measured[]) {
  return summarise(
    parts.flatMap(({ timed }) => timed.times),
    parts.reduce((sum, { timed }) => sum + timed.seconds, 0),
  );
}

function usageOf(parts: Measured[]): Usage | null {
  return parts
    .map(({ usage }) => usage)
    .reduce<Usage | null>((sum, each) => (sum ? addUsage(sum, each) : each), null);
}
