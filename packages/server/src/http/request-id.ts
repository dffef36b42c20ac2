import type { IncomingMessage } from 'node:http';

/** What callers name their calls by. Anything else could forge lines of a log, or fill it. */
const SAFE = /^[\w.:@/+=~-]{1,128}$/;

/** The id that the caller gave in X-Request-Id, where it is safe to repeat, or a new one. */
export function requestIdOf(newId: () => string) {
  return (request: Pick<IncomingMessage, 'headers'>): string => {
    const given = request.headers['x-request-id'];
    return typeof given === 'string' && SAFE.test(given) ? given : newId();
  };
}
