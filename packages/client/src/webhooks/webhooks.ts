import { fastifyPlugin } from './fastify.ts';
import { type NodeHandler, nodeHandler } from './node.ts';
import { fetchBody } from './raw-body.ts';
import { answererOf, type ReceiveOptions, type WebhookAnswer } from './receive.ts';

export { type Dedup, type Handled, memoryDedup } from './dedup.ts';
export type { EventFacts, EventOf, OtherEvent, WebhookEvent, WebhookEventType } from './event.ts';
export type { WebhookHeaders } from './headers.ts';
export { BodyTaken, type Handlers, type ReceiveOptions } from './receive.ts';
export { type RefusalCode, WebhookRefused } from './refused.ts';
export { type VerifyOptions, verifyWebhook } from './verify.ts';

/** The same receiver for each kind of server. */
export type Receiver = {
  /** `createServer(receive.node)`; the promise is kept when the answer is sent, and never broken. */
  node: NodeHandler;
  /** `app.post('/approvals', receive.express)`, above any body parser. */
  express: NodeHandler;
  /** `app.register(receive.fastify, { url: '/approvals' })`. The parsers of other routes stay as they are. */
  fastify: ReturnType<typeof fastifyPlugin>;
  /** `app.post('/approvals', receive.hono)` */
  hono: (context: { req: { raw: Request } }) => Promise<Response>;
  /** For Deno, Bun, workers and whatever else speaks `fetch`. */
  fetch: (request: Request) => Promise<Response>;
};

const DEFAULT_MAX_BYTES = 1_048_576;

/**
 * A receiver of webhooks: it believes what is signed with one of the secrets, hands each event to its handler, and answers
 * 2xx when the handler has finished. When it throws the answer is 500, and the service sends the event again.
 * @throws RangeError when there is no secret, or an empty one, or a tolerance that lets nothing pass
 */
export function receiveWebhooks<Context = undefined>(options: ReceiveOptions<Context>): Receiver {
  const answer = answererOf(options);
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const node = nodeHandler(answer, maxBytes);
  const fetch = async (request: Request) => {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    return responseOf(
      await answer(async () => ({ body: await fetchBody(request, maxBytes), headers: request.headers })),
    );
  };
  return {
    node,
    express: node,
    fastify: fastifyPlugin(answer, maxBytes),
    hono: ({ req }) => fetch(req.raw),
    fetch,
  };
}

function responseOf({ status, body, retryAfter }: WebhookAnswer): Response {
  const headers = {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  };
  return new Response(JSON.stringify(body), { status, headers });
}
