import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Attributes } from './tracing.ts';

/** Beginning, nesting and naming spans. Nothing here is global: each service of a process has its own. */
export type Spans = {
  propagator: W3CTraceContextPropagator;
  current: () => Context;
  /** Below `parent`, or below the present span. */
  begin: (name: string, kind: SpanKind, attributes: Attributes, parent?: Context) => Span;
  /** Does `work` with the span as the present one. */
  within: <Result>(span: Span, work: () => Result) => Result;
  /** The same until the promise settles; the span ends then, as failed when it rejects. */
  during: <Result>(span: Span, work: () => Promise<Result>) => Promise<Result>;
  /** `headers`, and those that name a span to whoever gets them. */
  named: (headers: Record<string, string>, context: Context) => Record<string, string>;
};

export function createSpans(tracer: Tracer): Spans {
  const present = new AsyncLocalStorage<Context>();
  const propagator = new W3CTraceContextPropagator();
  const current = () => present.getStore() ?? ROOT_CONTEXT;
  const within: Spans['within'] = (span, work) => present.run(trace.setSpan(current(), span), work);
  return {
    propagator,
    current,
    begin: (name, kind, attributes, parent = current()) =>
      tracer.startSpan(name, { kind, attributes: { ...attributes } }, parent),
    within,
    during: async (span, work) => {
      try {
        return await within(span, work);
      } catch (error) {
        // Its message may quote what callers sent; the log has it.
        span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
    named: (headers, context) => {
      const carrier = { ...headers };
      propagator.inject(context, carrier, { set: (to, name, value) => Object.assign(to, { [name]: value }) });
      return carrier;
    },
  };
}
