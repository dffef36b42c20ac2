import { readFile } from 'node:fs/promises';
import { figure } from './report.ts';
import type { Row, Run } from './result.ts';

/** The tables of docs/performance.md from a run's JSON: `node bench/markdown.ts bench/last-run.json`. */
function tables({ rows }: Run): string {
  const ratios = rows.flatMap((row) =>
    row.ratios.map(({ name, value, target }) => {
      const verdict =
        target === null ? '' : `${target.toFixed(2)}, ${value >= target ? 'met' : '**missed**'}`;
      return line([row.scenario, row.name, name, value.toFixed(2), verdict]);
    }),
  );
  return [
    line(['', 'what', 'ratio', 'value', 'target']),
    line(['---', '---', '---', '---:', '---']),
    ...ratios,
    '',
    line([
      '',
      'what',
      '/s',
      'p50',
      'p95',
      'p99',
      'CPU server',
      'CPU PostgreSQL',
      'memory MB',
      'floor /s',
      'floor p50',
    ]),
    line(['---', '---', ...Array.from({ length: 9 }, () => '---:')]),
    ...rows.map(figures),
    '',
  ].join('\n');
}

function figures({ scenario, name, measured, cpuMs, memoryPeakMb, memoryAfterMb, floor }: Row): string {
  const numbers = [measured.perSecond, measured.p50 || null, measured.p95 || null, measured.p99 || null];
  const memory = memoryPeakMb === null ? '–' : `${memoryPeakMb} → ${memoryAfterMb}`;
  return line([
    scenario,
    name,
    ...[...numbers, cpuMs?.server, cpuMs?.database].map(figure),
    memory,
    ...[floor?.perSecond, floor?.p50].map(figure),
  ]);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

const path = process.argv[2] ?? new URL('last-run.json', import.meta.url);
process.stdout.write(tables(JSON.parse(await readFile(path, 'utf8'))));
