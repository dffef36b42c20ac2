import { collectDefaultMetrics, Registry } from 'prom-client';

/** At 10 ms, the default, looking at the loop takes one percent of a core from an idle process. */
const LAG_EVERY_MS = 20;

let shared: Registry | null = null;

/**
 * CPU, memory, garbage collection, event loop lag. One registry for the whole process: each would watch the event loop and
 * the collector by observers that nothing ends.
 */
export function processMetrics(): Registry {
  if (shared === null) {
    shared = new Registry();
    collectDefaultMetrics({ register: shared, prefix: 'awe_', eventLoopMonitoringPrecision: LAG_EVERY_MS });
  }
  return shared;
}
