import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Tokens travel in a header that pages set themselves, never in cookies: so no credentials. */
const SHARED: FastifyCorsOptions = {
  origin: true,
  credentials: false,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-Request-Id'],
  exposedHeaders: [
    'Link',
    'Retry-After',
    'RateLimit-Limit',
    'RateLimit-Remaining',
    'RateLimit-Reset',
    'WWW-Authenticate',
    'X-AWE-Warnings',
    'X-Request-Id',
  ],
  maxAge: 600,
};
const NOT_SHARED: FastifyCorsOptions = { origin: false };

/**
 * Lets pages of these origins call the API from a browser, refusals included. Without any, nothing is registered and no
 * browser lets a page of another origin read an answer. Everybody else is answered as if there were no CORS: an OPTIONS
 * that is no preflight of theirs finds no such method.
 */
export function shareWith(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const known = new Set(origins);
  app.register(cors, {
    delegator: async (request: FastifyRequest) => (isShared(request, known) ? SHARED : NOT_SHARED),
  });
}

function isShared({ method, headers }: FastifyRequest, known: ReadonlySet<string>): boolean {
  if (headers.origin === undefined || !known.has(headers.origin)) return false;
  return method !== 'OPTIONS' || headers['access-control-request-method'] !== undefined;
}
