import { isDelivered } from '@awe/engine/event';
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Spans } from './spans.ts';
import type { Tracing } from './tracing.ts';

/** Events whose origin is remembered here; an attempt of any other begins a trace of its own. */
const REMEMBERED = 10_000;

/** Joins attempts of webhooks to the calls that wrote their events, by the id that every attempt carries. */
export function deliverySpans(spans: Spans): Pick<Tracing, 'sender' | 'committed'> {
  const origins = new Map<string, Context>();
  return {
    committed: ({ request, events }) => {
      if (request.callback_url === null) return;
      for (const { id, event_type } of events) if (isDelivered(event_type)) origins.set(id, spans.current());
      for (const oldest of origins.keys()) {
        if (origins.size <= REMEMBERED) break;
        origins.delete(oldest);
      }
    },
    sender: (outbound) => ({
      notify: (call) => {
        const eventId = call.headers['X-Approval-Event-Id'] ?? '';
        const origin = origins.get(eventId) ?? ROOT_CONTEXT;
        const span = spans.begin(
          'deliver webhook',
          SpanKind.CLIENT,
          {
            'http.request.method': 'POST',
            // Path and query may carry secrets.
            'server.address': URL.parse(call.url)?.hostname ?? '',
            'awe.event_id': eventId,
          },
          origin,
        );
        const headers = spans.named(call.headers, trace.setSpan(origin, span));
        return spans.during(span, async () => {
          const head = await outbound.notify({ ...call, headers });
          span.setAttribute('http.response.status_code', head.status);
          if (head.status < 200 || head.status > 299) span.setStatus({ code: SpanStatusCode.ERROR });
          return head;
        });
      },
    }),
  };
}
