import type { FastifyInstance } from 'fastify';

/** Forbids what no page of ours needs, so that a mistake in one of them has less to reach. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: browsers would then hide the origin of our own forms too.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * Keeps other sites from acting with the session of whoever visits them: forms are only taken from pages of `origin`, signing
 * in included. The host is compared with ours and not with what the request says, which a site can choose by its DNS.
 */
export function ownPagesOnly(app: FastifyInstance, origin: () => string): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    const { host } = new URL(origin());
    if (request.method === 'GET' || request.method === 'HEAD') {
      // By another name of this machine: to the one that the forms are taken from.
      if (request.headers.host !== host) return reply.redirect(origin() + request.url);
      return;
    }
    if (request.headers.origin !== origin() || request.headers.host !== host) {
      return reply.code(403).type('text/plain').send('This form did not come from a page of the register.\n');
    }
  });
}
