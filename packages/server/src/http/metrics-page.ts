import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { unauthenticated } from '../identity/failure.ts';
import type { MetricsPage } from '../metrics/metrics.ts';
import { METRICS_PATH } from './served-paths.ts';

/** Serves the metrics to anybody or, with a token, to who bears it. No call budget is spent on them. */
export function serveMetrics(app: FastifyInstance, page: MetricsPage, token: string | null): void {
  app.get(METRICS_PATH, { config: { operation: 'metrics', quiet: true } }, async (request, reply) => {
    if (token !== null) requireToken(request.headers.authorization, token);
    return reply.type(page.contentType).send(await page.text());
  });
}

/** @throws IdentityFailure `unauthenticated` */
function requireToken(header: string | undefined, token: string): void {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  if (given === undefined || !timingSafeEqual(digest(given), digest(token)))
    throw unauthenticated(
      'the metrics are closed: send "Authorization: Bearer <token>" with the token that server.metrics_token holds',
    );
}

/** Of one length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
