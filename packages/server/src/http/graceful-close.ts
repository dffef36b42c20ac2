import type { FastifyInstance } from 'fastify';

/** How often a stop looks whether the last call has ended; milliseconds. */
const LOOK_MS = 20;

/**
 * To be called before the app listens. Returns what closes it: no new connections, calls in flight may end, but no
 * longer than `patienceMs`. A connection that has sent nothing, or half of its headers, is nobody's call and holds up
 * nothing.
 */
export function gracefulClose(app: FastifyInstance): (patienceMs: number) => Promise<void> {
  const inFlight = new Set<string>();
  app.addHook('onRequest', async (request) => {
    inFlight.add(request.id);
  });
  app.addHook('onResponse', async (request) => {
    inFlight.delete(request.id);
  });
  app.addHook('onRequestAbort', async (request) => {
    inFlight.delete(request.id);
  });
  return async (patienceMs) => {
    const end = performance.now() + patienceMs;
    const look = setInterval(() => {
      if (inFlight.size === 0 || performance.now() > end) app.server.closeAllConnections();
      else app.server.closeIdleConnections();
    }, LOOK_MS);
    try {
      await app.close();
    } finally {
      clearInterval(look);
    }
  };
}
