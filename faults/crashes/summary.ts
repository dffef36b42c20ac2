import type { RoundResult } from './round.ts';

const COUNTED = ['calls', 'acknowledged', 'unknown', 'deliveries', 'duplicates', 'lost'] as const;
type Counted = Record<(typeof COUNTED)[number], number>;

/** One line for a round that has ended. `place` counts from 1. */
export function roundLine(result: RoundResult, place: number, rounds: number): string {
  const told = COUNTED.map((name) => `${name} ${result[name]}`).join(', ');
  const verdict = result.faults.length === 0 ? 'well' : `${result.faults.length} FAULTS`;
  const head = `${String(place).padStart(String(rounds).length)}/${rounds} ${result.fault.padEnd(13)}`;
  return `${head} seed ${result.seed}  ${result.seconds.toFixed(1)} s  ${verdict}  (${told})`;
}

/** The whole run as a table of text, a line for each kind of fault and one for all. */
export function summaryTable(results: readonly RoundResult[]): string {
  const byFault = Map.groupBy(results, ({ fault }) => fault);
  const lines = [...byFault].map(([fault, own]) => row(fault, own));
  const table = [['fault', 'rounds', ...COUNTED, 'faulty rounds'], ...lines, row('all', results)];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  return table
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}

function row(name: string, results: readonly RoundResult[]): string[] {
  const sums = results.reduce<Counted>(
    (sum, result) => {
      for (const each of COUNTED) sum[each] += result[each];
      return sum;
    },
    { calls: 0, acknowledged: 0, unknown: 0, deliveries: 0, duplicates: 0, lost: 0 },
  );
  const faulty = results.filter(({ faults }) => faults.length > 0).length;
  return [name, results.length, ...COUNTED.map((each) => sums[each]), faulty].map(String);
}
