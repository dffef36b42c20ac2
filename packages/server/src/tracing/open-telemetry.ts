import { hostname } from 'node:os';
import process from 'node:process';
import { DiagLogLevel, diag, SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import { within } from '../webhooks/within.ts';
import { traceCalls } from './call-spans.ts';
import { deliverySpans } from './delivery-spans.ts';
import { configuredSampler } from './sampler.ts';
import { createSpans } from './spans.ts';
import { FLUSH_MS, type Tracing, type TracingOptions } from './tracing.ts';

/** Sends spans to the collector that the environment names, by OTLP over HTTP. Loaded only when there is one. */
export function startTracing({ env, build, log }: TracingOptions): Tracing {
  tellTroubles(log);
  const provider = new TracerProvider({
    sampler: configuredSampler(env),
    resource: defaultResource()
      .merge(
        resourceFromAttributes({
          'service.name': 'awe',
          'service.version': build.service_version,
          'service.instance.id': `${hostname()}:${process.pid}`,
        }),
      )
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const spans = createSpans(provider.getTracer('awe', build.service_version));
  return {
    ...deliverySpans(spans),
    traced:
      (name, work, attributesOf = () => ({})) =>
      (...args) =>
        spans.during(spans.begin(name, SpanKind.INTERNAL, attributesOf(...args)), () => work(...args)),
    calls: (app) => traceCalls(app, spans),
    resolvers: (outbound) => ({
      ...outbound,
      post: (call) => outbound.post({ ...call, headers: spans.named(call.headers, spans.current()) }),
    }),
    stop: async () => {
      await within(FLUSH_MS, provider.shutdown()).catch((error: unknown) =>
        log.warn({ err: error }, 'the last spans were not sent'),
      );
    },
  };
}

/** A collector that cannot be reached costs traces and a line in the log, never an approval. */
function tellTroubles(log: Logger): void {
  const tell = (message: string) => log.warn({ detail: message }, 'traces are not sent');
  const nothing = () => {};
  diag.setLogger(
    { error: tell, warn: tell, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
