import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A span as a collector gets it, with its attributes in one object. */
export type CollectedSpan = {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  attributes: Record<string, unknown>;
  isError: boolean;
};

/** An OpenTelemetry collector: takes OTLP over HTTP, in JSON. */
export type Collector = {
  url: string;
  spans: CollectedSpan[];
  /** What the sender says of itself. */
  resource: () => Record<string, unknown>;
  close: () => void;
};

type OtlpValue = { stringValue?: string; intValue?: number | string; boolValue?: boolean };
type OtlpAttributes = { key: string; value: OtlpValue }[];
type OtlpSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: OtlpAttributes;
  status: { code?: number };
};
type OtlpTraces = {
  resourceSpans: { resource: { attributes: OtlpAttributes }; scopeSpans: { spans: OtlpSpan[] }[] }[];
};

const ERROR_STATUS = 2;

export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  let resource: Record<string, unknown> = {};
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method !== 'POST' || request.url !== '/v1/traces') return response.writeHead(404).end();
    for (const each of (JSON.parse(body) as OtlpTraces).resourceSpans) {
      resource = plain(each.resource.attributes);
      spans.push(...each.scopeSpans.flatMap((scope) => scope.spans.map(toSpan)));
    }
    return response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    resource: () => resource,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function toSpan({ traceId, spanId, parentSpanId, name, attributes, status }: OtlpSpan): CollectedSpan {
  return {
    traceId,
    spanId,
    parentSpanId: parentSpanId || null,
    name,
    attributes: plain(attributes),
    isError: status.code === ERROR_STATUS,
  };
}

function plain(attributes: OtlpAttributes): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
