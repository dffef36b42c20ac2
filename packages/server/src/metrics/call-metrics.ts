import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** From a read by primary key to the longest that a caller waits; seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** There from the start: Prometheus sees no growth in a counter whose first sample is 1. */
const ALERTED = ['fault', 'overloaded', 'rate_limited'];

/** Counts and times calls, by the operation's name: what a caller writes never becomes a label. */
export function callMetrics(registry: Registry): (app: FastifyInstance) => void {
  const registers = [registry];
  const durations = new Histogram({
    name: 'awe_http_request_duration_seconds',
    help: 'From the headers of a call to the end of its answer, by operation and status',
    labelNames: ['operation', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const refusals = new Counter({
    name: 'awe_http_refusals_total',
    help: 'Calls that were refused, by kind: overloaded, rate_limited, conflict, unauthenticated, fault, ...',
    labelNames: ['kind'],
    registers,
  });
  for (const kind of ALERTED) refusals.inc({ kind }, 0);
  const abandoned = new Counter({
    name: 'awe_http_calls_abandoned_total',
    help: 'Calls whose caller was gone before the answer',
    registers,
  });

  return (app) => {
    new Gauge({
      name: 'awe_http_calls_in_flight',
      help: 'Calls that have come and are not answered yet; server.max_calls_in_flight is the most',
      registers,
      collect() {
        this.set(app.callsInFlight.size());
      },
    });
    app.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
      const operation = request.routeOptions.config?.operation ?? 'other';
      durations.observe({ operation, status: reply.statusCode }, reply.elapsedTime / 1000);
      if (request.refusal !== null) refusals.inc({ kind: request.refusal });
      done();
    });
    app.addHook('onRequestAbort', (_, done) => {
      abandoned.inc();
      done();
    });
  };
}
