import { Histogram, type Registry } from 'prom-client';
import type { PeopleSources } from '../approvals/people-finder.ts';

type LookUp = PeopleSources['lookUp'];

/** Times the look-ups of people, by kind of rule and what they came to: named, empty or failed. */
export function lookupMetrics(registry: Registry): (lookUp: LookUp) => LookUp {
  const durations = new Histogram({
    name: 'awe_lookup_duration_seconds',
    help: 'Look-ups of people in Keycloak and by resolvers, by kind of rule and outcome: named, empty, failed',
    labelNames: ['kind', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [registry],
  });
  // There before it happens: see ALERTED in call-metrics.
  for (const kind of ['role', 'group', 'http']) durations.zero({ kind, outcome: 'failed' });
  return (lookUp) => async (lookup, context) => {
    const startedAt = performance.now();
    const answer = await lookUp(lookup, context);
    const outcome = !answer.ok ? 'failed' : answer.users.length === 0 ? 'empty' : 'named';
    durations.observe({ kind: lookup.rule_type, outcome }, (performance.now() - startedAt) / 1000);
    return answer;
  };
}
