import type { FastifyInstance } from 'fastify';
import { AweError } from '../awe-error.ts';

/** The calls that have come and are not answered yet. */
export type CallsInFlight = { size: () => number };

declare module 'fastify' {
  interface FastifyInstance {
    callsInFlight: CallsInFlight;
  }
}

/** Counts calls from their headers to the end of their answer, or to the moment their caller is gone. */
export function countCalls(app: FastifyInstance): CallsInFlight {
  const inFlight = new Set<string>();
  app.addHook('onRequest', async (request) => {
    inFlight.add(request.id);
  });
  const ended = async (request: { id: string }) => {
    inFlight.delete(request.id);
  };
  app.addHook('onResponse', ended);
  app.addHook('onRequestAbort', ended);
  return { size: () => inFlight.size };
}

/**
 * Past what the service can do at once more calls only make all of them wait, so they are turned away before anything
 * is done for them, and told when to come back. The queue in front of the database stays as long as this, and memory with
 * it.
 * @throws AweError `overloaded`
 */
export function refuseExcess(calls: CallsInFlight, most: number): void {
  if (calls.size() <= most) return;
  throw new AweError(
    'overloaded',
    `More than ${most} calls are in flight here. Nothing was done for this one: try again in a second, or ask another replica.`,
  );
}
