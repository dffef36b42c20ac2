import { OPERATION_LIST, type OperationName } from '@awe/contract/operations';

/** How often each operation answered with each status, and calls that reached none. */
export type Tally = {
  count: (where: OperationName | 'nowhere' | 'socket', status: number) => void;
  total: () => number;
  /** How often an operation answered with a status. */
  seen: (where: OperationName, status: number) => number;
  calls: (where: OperationName) => number;
  table: () => string;
};

export function createTally(): Tally {
  const counts = new Map<string, Map<number, number>>();
  let total = 0;
  const statuses = () =>
    [...new Set([...counts.values()].flatMap((row) => [...row.keys()]))].sort((a, b) => a - b);
  const sum = (row: Map<number, number>, fits: (status: number) => boolean) =>
    [...row].reduce((so, [status, count]) => (fits(status) ? so + count : so), 0);
  return {
    count: (where, status) => {
      const row = counts.get(where) ?? new Map<number, number>();
      counts.set(where, row);
      row.set(status, (row.get(status) ?? 0) + 1);
      total += 1;
    },
    total: () => total,
    calls: (where) => sum(counts.get(where) ?? new Map(), () => true),
    seen: (where, status) => counts.get(where)?.get(status) ?? 0,
    table: () => {
      const columns = statuses();
      const lines = [
        ['operation', 'calls', '2xx', ...columns.map((status) => (status === 0 ? 'none' : String(status)))],
      ];
      for (const name of [...OPERATION_LIST.map(([each]) => each), 'nowhere', 'socket']) {
        const row = counts.get(name);
        if (!row) continue;
        const calls = sum(row, () => true);
        const good = Math.round((sum(row, (status) => status >= 200 && status < 300) / calls) * 100);
        lines.push([
          name,
          String(calls),
          `${good}%`,
          ...columns.map((status) => String(row.get(status) ?? '·')),
        ]);
      }
      return aligned(lines);
    },
  };
}

function aligned(lines: string[][]): string {
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return `${lines.map((line) => line.map(cell).join('  ')).join('\n')}\n`;
}
