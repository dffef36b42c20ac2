import type { Ratio, Row, Run } from './result.ts';

const COLUMNS = [
  '',
  'what',
  '/s',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'CPU ms: server',
  'PG',
  'bench',
  'MB',
  'floor /s',
  'floor p50',
];

/** The run as people read it. */
export function report(run: Run): string {
  const { machine } = run;
  const lines = [
    `${machine.cpu}, ${machine.cores} cores shared by service, PostgreSQL and bench, ${machine.memoryMb} MB, Node ${machine.node}`,
    machine.postgres,
    machine.pgbench ??
      'pgbench is not on this machine: no floor. It comes with PostgreSQL (Debian: postgresql-contrib).',
    `${run.mode} run of ${run.startedAt}: ${run.callers} callers, ${run.seconds} s a load`,
    '',
    ...table([COLUMNS, ...run.rows.map(cells)]),
    '',
    ...ratioLines(run.rows),
    '',
    ...noteLines(run.rows),
    ...run.failures.map(({ scenario, message }) => `${scenario}  FAILED: ${message}`),
  ];
  return `${lines.join('\n')}\n`;
}

function cells(row: Row): string[] {
  const { measured, cpuMs, floor } = row;
  const memory = row.memoryPeakMb === null ? '–' : `${row.memoryPeakMb} → ${row.memoryAfterMb}`;
  return [
    row.scenario,
    row.name,
    figure(measured.perSecond),
    ...[measured.p50, measured.p95, measured.p99].map((ms) => (ms === 0 ? '–' : figure(ms))),
    figure(cpuMs?.server),
    figure(cpuMs?.database),
    figure(cpuMs?.bench),
    memory,
    figure(floor?.perSecond),
    figure(floor?.p50),
  ];
}

export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 2);
}

function table(rows: readonly string[][]): string[] {
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function ratioLines(rows: readonly Row[]): string[] {
  return rows.flatMap((row) =>
    row.ratios.map(
      (ratio) => `${row.scenario}  ${row.name}: ${ratio.name} = ${ratio.value.toFixed(2)}${verdict(ratio)}`,
    ),
  );
}

function verdict({ value, target }: Ratio): string {
  if (target === null) return '';
  return value >= target ? `  (target ${target.toFixed(2)}: met)` : `  (target ${target.toFixed(2)}: MISSED)`;
}

function noteLines(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => row.notes.map((note) => `${row.scenario}  ${row.name}: ${note}`));
}
