import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { DeliveryResult } from '../ledger/deliveries-record.ts';
import type { Outbound } from '../outbound/outbound.ts';

export type DeliveryMetrics = {
  /** Times each attempt of a webhook. */
  sender: (outbound: Pick<Outbound, 'notify'>) => Pick<Outbound, 'notify'>;
  /** Counts results once they are written. */
  recorded: (results: readonly DeliveryResult[]) => void;
};

export function deliveryMetrics(registry: Registry): DeliveryMetrics {
  const registers = [registry];
  const attempts = new Histogram({
    name: 'awe_delivery_attempt_duration_seconds',
    help: 'From the beginning of an attempt to the head of its answer, by the class of the answer; none: there was none',
    labelNames: ['answer'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const inFlight = new Gauge({
    name: 'awe_delivery_attempts_in_flight',
    help: 'Attempts under way; webhook.concurrency is the most',
    registers,
  });
  const results = new Counter({
    name: 'awe_delivery_results_total',
    help: 'Attempts written down, by outcome: delivered, retried later, exhausted, or released without an attempt',
    labelNames: ['outcome'],
    registers,
  });
  // There before it happens: see ALERTED in call-metrics.
  for (const outcome of ['delivered', 'retried', 'exhausted', 'released']) results.inc({ outcome }, 0);
  for (const answer of ['2xx', 'none']) attempts.zero({ answer });
  return {
    sender: (outbound) => ({
      notify: async (call) => {
        const startedAt = performance.now();
        let answer = 'none';
        inFlight.inc();
        try {
          const head = await outbound.notify(call);
          answer = `${Math.floor(head.status / 100)}xx`;
          return head;
        } finally {
          inFlight.dec();
          attempts.observe({ answer }, (performance.now() - startedAt) / 1000);
        }
      },
    }),
    recorded: (written) => {
      for (const result of written) results.inc({ outcome: outcomeOf(result) });
    },
  };
}

function outcomeOf(result: DeliveryResult): string {
  if (result.outcome !== 'failed') return result.outcome;
  return result.next_attempt_at === null ? 'exhausted' : 'retried';
}
