import { Gauge, type Registry } from 'prom-client';
import type { Pools } from '../pools.ts';

/** How the database connections of this replica are used, by what they are for. */
export function poolMetrics(registry: Registry, { close: _, ...pools }: Pools): void {
  const registers = [registry];
  const each = Object.entries(pools).map(([name, { pool }]) => ({ name, pool }));
  new Gauge({
    name: 'awe_database_connections',
    help: 'Open database connections, by pool and state',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const { name, pool } of each) {
        this.set({ pool: name, state: 'idle' }, pool.idleCount);
        this.set({ pool: name, state: 'busy' }, pool.totalCount - pool.idleCount);
      }
    },
  });
  new Gauge({
    name: 'awe_database_waiting',
    help: 'Statements that wait for a connection, by pool',
    labelNames: ['pool'],
    registers,
    collect() {
      for (const { name, pool } of each) this.set({ pool: name }, pool.waitingCount);
    },
  });
  new Gauge({
    name: 'awe_database_connections_max',
    help: 'Most connections of a pool; database.pool_size is shared out to them',
    labelNames: ['pool'],
    registers,
    collect() {
      for (const { name, pool } of each) this.set({ pool: name }, pool.options.max);
    },
  });
}
