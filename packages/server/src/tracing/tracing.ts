import type { Changes } from '@awe/engine/draft';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Outbound } from '../outbound/outbound.ts';
import type { BuildInfo } from '../version.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Follows calls through the service. Without a collector each member gives back what it was given. */
export type Tracing = {
  /** The function, with a span around each of its calls. */
  traced: <Args extends unknown[], Result>(
    name: string,
    work: (...args: Args) => Promise<Result>,
    attributesOf?: (...args: Args) => Attributes,
  ) => (...args: Args) => Promise<Result>;
  /** A span for each call of the API, below the caller's when it names one (`traceparent`). */
  calls: (app: FastifyInstance) => void;
  /** Names the present span to whoever is asked. */
  resolvers: (outbound: Outbound) => Outbound;
  /** A span for each attempt of a webhook, below the call that wrote its event when that was here, and named to the receiver. */
  sender: (outbound: Pick<Outbound, 'notify'>) => Pick<Outbound, 'notify'>;
  /** To be told of what was committed, before it is sent. */
  committed: (changes: Changes) => void;
  /** Sends what was not sent yet; takes {@link FLUSH_MS} at most. */
  stop: () => Promise<void>;
};

/** For the collector to take the last spans, within the 30 s of a shutdown; milliseconds. */
export const FLUSH_MS = 3_000;

export const NO_TRACING: Tracing = {
  traced: (_, work) => work,
  calls: () => {},
  resolvers: (outbound) => outbound,
  sender: (outbound) => outbound,
  committed: () => {},
  stop: async () => {},
};

export type TracingOptions = { env: NodeJS.ProcessEnv; build: BuildInfo; log: Logger };

/** Traces when the standard variables of OpenTelemetry name a collector; otherwise none of its code is loaded. */
export async function openTracing(options: TracingOptions): Promise<Tracing> {
  if (!isConfigured(options.env)) return NO_TRACING;
  const { startTracing } = await import('./open-telemetry.ts');
  return startTracing(options);
}

function isConfigured(env: NodeJS.ProcessEnv): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}
