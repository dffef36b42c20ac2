import type { FastifyInstance } from 'fastify';

/** How often a stop looks whether the last call has ended; milliseconds. */
const LOOK_MS = 20;

/**
 * Closes the app: no new connections, calls in flight may end, but no longer than `patienceMs`. A connection that has
 * sent nothing, or half of its headers, is nobody's call and holds up nothing.
 */
export async function closeGracefully(app: FastifyInstance, patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs;
  const look = setInterval(() => {
    if (app.callsInFlight.size() === 0 || performance.now() > end) app.server.closeAllConnections();
    else app.server.closeIdleConnections();
  }, LOOK_MS);
  try {
    await app.close();
  } finally {
    clearInterval(look);
  }
}
