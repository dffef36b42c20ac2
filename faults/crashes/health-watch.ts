import { setTimeout as delay } from 'node:timers/promises';
import type { Stand } from './stand.ts';

/** One look at the health of one service; milliseconds of a monotonic clock. `status` is null when nobody answered. */
export type Probe = { service: number; start: number; end: number; status: number | null };

export type HealthWatch = { probes: Probe[]; stop: () => Promise<void> };

const BETWEEN_MS = 40;

/** Asks each service for its health, over and over, also while it is down. */
export function watchHealth(stand: Stand): HealthWatch {
  const probes: Probe[] = [];
  let stopped = false;
  const watch = async (service: number) => {
    while (!stopped) {
      const life = stand.services[service];
      const start = performance.now();
      const status = life?.isRunning() && life.url !== null ? await probe(life.url) : null;
      // Of a life that ended meanwhile somebody else may have the port by now.
      const heard = life?.isRunning() ? status : null;
      probes.push({ service, start, end: performance.now(), status: heard });
      await delay(BETWEEN_MS);
    }
  };
  const watching = Promise.all(stand.services.map((_, service) => watch(service)));
  return {
    probes,
    stop: async () => {
      stopped = true;
      await watching;
    },
  };
}

async function probe(url: string): Promise<number | null> {
  try {
    const response = await fetch(`${url}/v1/awe/health`, { signal: AbortSignal.timeout(20_000) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
