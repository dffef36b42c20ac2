import type { FastifyInstance } from 'fastify';
import { Gauge, Registry } from 'prom-client';
import type { Readiness } from '../http/services.ts';
import type { Pools } from '../pools.ts';
import type { BuildInfo } from '../version.ts';
import { type ApprovalMetrics, approvalMetrics } from './approval-metrics.ts';
import { callMetrics } from './call-metrics.ts';
import { type DeliveryMetrics, deliveryMetrics } from './delivery-metrics.ts';
import { type IdentityMetrics, identityMetrics } from './identity-metrics.ts';
import { lookupMetrics } from './lookup-metrics.ts';
import { poolMetrics } from './pool-metrics.ts';
import { processMetrics } from './process-metrics.ts';
import { type QueueOptions, queueMetrics } from './queue-metrics.ts';

/** Each member puts its meter around one part of the service; the counters live in this process alone. */
export type Metrics = ApprovalMetrics &
  DeliveryMetrics &
  IdentityMetrics & {
    lookUp: ReturnType<typeof lookupMetrics>;
    calls: (app: FastifyInstance) => void;
    page: MetricsPage;
  };

/** All there is to say, in Prometheus' text format. */
export type MetricsPage = { contentType: string; text: () => Promise<string> };

export type MetricsOptions = {
  build: BuildInfo;
  ready: () => Readiness;
  pools: Pools;
  queues: QueueOptions;
};

export function createMetrics({ build, ready, pools, queues }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: 'awe_build_info',
    help: 'What this build is; always 1',
    labelNames: ['version', 'commit', 'node'],
    registers,
  }).set({ version: build.service_version, commit: build.git_commit, node: process.version }, 1);
  new Gauge({
    name: 'awe_ready',
    help: 'Whether this replica takes calls: 0 while it starts and while it stops',
    registers,
    collect() {
      this.set(ready() === 'ready' ? 1 : 0);
    },
  });
  poolMetrics(registry, pools);
  queueMetrics(registry, queues);
  return {
    ...approvalMetrics(registry),
    ...deliveryMetrics(registry),
    ...identityMetrics(registry),
    lookUp: lookupMetrics(registry),
    calls: callMetrics(registry),
    page: {
      contentType: registry.contentType,
      text: () => Registry.merge([processMetrics(), registry]).metrics(),
    },
  };
}
