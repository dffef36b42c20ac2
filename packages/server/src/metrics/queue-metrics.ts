import type { Instant } from '@awe/engine/instant';
import { Gauge, type Registry } from 'prom-client';
import type { QueueDepths } from '../ledger/queue-depths.ts';
import { within } from '../webhooks/within.ts';

export type QueueOptions = {
  read: (now: Instant) => Promise<QueueDepths>;
  now: () => Instant;
  /** How long a reading serves all scrapes, whoever they are from; milliseconds. */
  freshMs?: number;
  /** How long a scrape waits for the database before it is answered without; milliseconds. */
  patienceMs?: number;
};

/** Depths and ages of what waits in the database. While that is away they are left out, and `awe_database_up` is 0. */
export function queueMetrics(registry: Registry, options: QueueOptions): void {
  const registers = [registry];
  const current = sharedReading(options);
  new Gauge({
    name: 'awe_database_up',
    help: 'Whether the database answered the last reading of the queues',
    registers,
    async collect() {
      this.set((await current()) === null ? 0 : 1);
    },
  });
  new Gauge({
    name: 'awe_queue_depth',
    help: 'What waits in the database, counted up to 10000; every replica says the same',
    labelNames: ['queue'],
    registers,
    async collect() {
      this.reset();
      for (const [queue, { depth }] of Object.entries((await current()) ?? {})) this.set({ queue }, depth);
    },
  });
  new Gauge({
    name: 'awe_queue_oldest_due_seconds',
    help: 'For how long the entry that waits longest has been due; 0 when nothing is due',
    labelNames: ['queue'],
    registers,
    async collect() {
      this.reset();
      const now = Date.parse(options.now());
      for (const queue of ['deliveries_due', 'stages_activating', 'tasks_overdue'] as const) {
        const entry = (await current())?.[queue];
        if (entry) this.set({ queue }, entry.oldest === null ? 0 : (now - Date.parse(entry.oldest)) / 1000);
      }
    },
  });
}

/** One reading for all who ask while it is under way, and for some seconds after; null when there was none in time. */
function sharedReading({ read, now, freshMs = 10_000, patienceMs = 1_000 }: QueueOptions) {
  let reading: Promise<void> | null = null;
  let last: { at: number; depths: QueueDepths | null } | null = null;
  return async (): Promise<QueueDepths | null> => {
    if (last !== null && performance.now() - last.at < freshMs) return last.depths;
    reading ??= read(now())
      .catch(() => null)
      .then((depths) => {
        last = { at: performance.now(), depths };
        reading = null;
      });
    return (await within(patienceMs, reading)) ? (last?.depths ?? null) : null;
  };
}
