import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type TextMapGetter } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Spans } from './spans.ts';

const HEADERS: TextMapGetter<FastifyRequest['headers']> = {
  get: (headers, name) => headers[name],
  keys: (headers) => Object.keys(headers),
};

/** A span for each call, probes and scrapes left out, and its trace's id on the lines of its log. */
export function traceCalls(app: FastifyInstance, spans: Spans): void {
  const open = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', (request, reply, done) => {
    const { url: route, config } = request.routeOptions;
    if (config?.quiet) return done();
    const span = spans.begin(
      route === undefined ? request.method : `${request.method} ${route}`,
      SpanKind.SERVER,
      {
        'http.request.method': request.method,
        ...(route !== undefined && { 'http.route': route }),
        ...(config?.operation !== undefined && { 'awe.operation': config.operation }),
        'awe.call_id': request.id,
      },
      spans.propagator.extract(ROOT_CONTEXT, request.headers, HEADERS),
    );
    open.set(request, span);
    request.log = reply.log = request.log.child({ trace_id: span.spanContext().traceId });
    spans.within(span, done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const span = open.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (request.refusal !== null) span?.setAttribute('error.type', request.refusal);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
  app.addHook('onRequestAbort', (request, done) => {
    open.get(request)?.setAttribute('error.type', 'abandoned').end();
    done();
  });
}
