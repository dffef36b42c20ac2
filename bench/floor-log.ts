import type { Timed } from './load.ts';

/** A transaction in pgbench's log, by microseconds. */
type Transaction = { client: string; start: number; end: number };

/**
 * What pgbench logged of each transaction (`client number latency script epoch microseconds`). Those that began in the first
 * `warmUpSeconds` are left out: every connection plans its statements then.
 */
export function readFloorLog(log: string, warmUpSeconds: number): Timed {
  const all = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Transaction => {
      const [client = '', , latency, , seconds, microseconds] = line.split(' ');
      const end = Number(seconds) * 1e6 + Number(microseconds);
      return { client, start: end - Number(latency), end };
    });
  const first = all.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const counted = all.filter(({ start }) => start >= first + warmUpSeconds * 1e6);
  const spans = new Map<string, { from: number; to: number }>();
  for (const { client, start, end } of counted) {
    const span = spans.get(client) ?? { from: start, to: end };
    spans.set(client, { from: Math.min(span.from, start), to: Math.max(span.to, end) });
  }
  const together = [...spans.values()].reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    times: counted.map(({ start, end }) => (end - start) / 1000),
    seconds: spans.size === 0 ? 0 : together / spans.size / 1e6,
    operations: all.length,
  };
}
