import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Machine } from './result.ts';

export function describeMachine(postgres: string, pgbench: string | null): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryMb: Math.round(totalmem() / 1024 / 1024),
    node: process.version,
    postgres,
    pgbench: pgbench && execFileSync(pgbench, ['--version'], { encoding: 'utf8' }).trim(),
  };
}
