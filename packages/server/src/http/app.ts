import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { duringCall } from '../correlation.ts';
import { answerError } from './answer-error.ts';
import { answerHeaders } from './answer-headers.ts';
import { bodyBytes } from './body-bytes.ts';
import { countCalls } from './calls-in-flight.ts';
import { shareWith } from './cross-origin.ts';
import { serveDocs } from './docs.ts';
import { jsonBody, NO_BODY } from './json-body.ts';
import { answerMalformedCall } from './malformed-call.ts';
import { requireHost } from './named-host.ts';
import { limitRate } from './rate-limit.ts';
import { requestIdOf } from './request-id.ts';
import { serveOperations } from './routes.ts';
import { nothingThere } from './served-paths.ts';
import type { HttpServices } from './services.ts';
import { parseQuery } from './url-values.ts';
import { PLAIN_WEB_RULES, type WebRules } from './web-rules.ts';

/** Longer than any path that fits into Node's headers: an id that is too long is simply not found. */
const MAX_PARAM_LENGTH = 65_536;
/** Longer than the idle timeouts of common load balancers (60 s), so that it is they who close; milliseconds. */
const KEEP_ALIVE_MS = 72_000;
const MAX_LOGGED_PATH = 200;

/**
 * The whole HTTP interface over the services given: every operation of the contract, the document and its pages. More
 * may be registered on it before it listens. `close()` finishes what is in flight.
 */
export function createApp(services: HttpServices, web: WebRules = PLAIN_WEB_RULES): FastifyInstance {
  const { clock, limits, log } = services;
  const headers = answerHeaders(web);
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    answerError(error, request, reply, services);

  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf(clock.newId),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      // Node swaps the two when this one is the longer, as it is by default, and then waits for bodies that long.
      headersTimeout: limits.requestTimeoutMs,
      // Node looks for calls that take too long only this often.
      connectionsCheckingInterval: Math.min(limits.requestTimeoutMs, 5_000),
      // Node's own refusal has no body; ours is in the envelope.
      requireHostHeader: false,
    },
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, querystringParser: parseQuery },
    clientErrorHandler: answerMalformedCall(services, headers),
    frameworkErrors: (error, request, reply) => {
      reply.headers(headers).header('x-request-id', request.id);
      answer(error, request, reply);
      logAnswer(request, reply);
    },
  });

  app.server.maxConnections = web.maxConnections;
  // Node would refuse, without a body, whoever expects more than 100-continue; HTTP lets a server pass over it.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.decorateRequest('caller', null);
  app.decorateRequest('refusal', null);
  app.addHook('onRequest', (request, _, done) => duringCall(request.id, done));
  app.decorate('callsInFlight', countCalls(app));
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers).header('x-request-id', request.id);
  });
  shareWith(app, web.corsOrigins);
  limitRate(app, web.callsPerMinute);
  // After what the plugins above add, so that pages of other origins may read a refusal too.
  app.after(() => {
    app.addHook('onRequest', async (request) => {
      requireHost(request, web.localHostOnly);
      // Before anybody reads a body that was sent to nowhere.
      if (request.is404) throw nothingThere(request);
    });
  });
  app.addHook('onResponse', async (request, reply) => logAnswer(request, reply));
  app.setErrorHandler(answer);
  app.setNotFoundHandler((request) => {
    throw nothingThere(request);
  });
  readBodies(app, limits.bodyBytes);

  serveOperations(app, services);
  serveDocs(app, services.version.service_version);
  return app;
}

/** JSON for operations that take a body, whatever its type is called; anything else is thrown away. */
function readBodies(app: FastifyInstance, limit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: NodeJS.ReadableStream) => {
    const bytes = await bodyBytes(payload as FastifyRequest['raw'], limit);
    return request.routeOptions.config.takesBody ? jsonBody(bytes) : NO_BODY;
  });
}

/** One line for each call; without its query, body and headers, which may name people and hold tokens. */
function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const path = (request.raw.url ?? '').split('?', 1)[0]?.slice(0, MAX_LOGGED_PATH);
  const line = {
    operation: request.routeOptions.config?.operation ?? null,
    method: request.method,
    path,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    subject: request.caller?.subject ?? null,
    ...(request.refusal !== null && { refusal: request.refusal }),
  };
  if (request.routeOptions.config?.quiet) request.log.debug(line, 'answered');
  else request.log.info(line, 'answered');
}
