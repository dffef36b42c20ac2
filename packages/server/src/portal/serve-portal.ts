import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { portalPolicy } from '../http/content-policy.ts';
import { nothingThere } from '../http/served-paths.ts';
import { LOOK_AGAIN_SECONDS, noticePage } from './notice-page.ts';
import type { Portal } from './portal.ts';
import { PORTAL_DIST } from './portal-files.ts';

/** One year, the longest that is customary: the names of these files change with their content. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
/** The API’s own paths, which answer in the envelope whoever calls them. */
const NOT_PAGES = /^\/(v1|metrics)(\/|$)/;

/**
 * The portal at `/`. Whatever a browser opens that is no other path of this service leads to it, because its pages have
 * addresses of their own; everybody else is told that nothing is there. `issuer` is null in development identity.
 */
export function servePortal(app: FastifyInstance, portal: Portal, issuer: string | null): void {
  const policy = portalPolicy(issuer);
  const config = { takesBody: false, quiet: true };
  app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: PORTAL_DIST,
      serve: false,
      preCompressed: true,
      cacheControl: false,
      suppressWarning: true,
    });
    const page = (reply: FastifyReply) => {
      reply.header('content-security-policy', policy);
      const state = portal.state();
      if (state === 'built') return reply.header('cache-control', ASK_AGAIN).sendFile('index.html');
      if (state === 'building') reply.header('retry-after', LOOK_AGAIN_SECONDS);
      return reply.code(503).type('text/html; charset=utf-8').send(noticePage(state));
    };
    scope.get('/', { config }, (_, reply) => page(reply));
    scope.get('/*', { config }, (request, reply) => {
      if (!opensPage(request)) throw nothingThere(request);
      return page(reply);
    });
    scope.get<{ Params: { '*': string } }>('/assets/*', { config }, (request, reply) => {
      if (portal.state() !== 'built') throw nothingThere(request);
      return reply
        .header('content-security-policy', policy)
        .header('cache-control', FOR_EVER)
        .sendFile(`assets/${request.params['*']}`);
    });
  });
}

function opensPage({ raw, headers }: FastifyRequest): boolean {
  return (headers.accept ?? '').includes('text/html') && !NOT_PAGES.test(raw.url ?? '');
}
