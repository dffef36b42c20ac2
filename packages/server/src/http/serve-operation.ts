import { Readable } from 'node:stream';
import type { Operation } from '@awe/contract/operation';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { admission } from './admission.ts';
import type { StreamedSuccess, Success, WrittenSuccess } from './handler.ts';
import { type JsonBody, NO_BODY, requireJsonType } from './json-body.ts';
import { nextPageLink } from './next-page.ts';
import { nothingThere } from './served-paths.ts';
import type { HttpServices } from './services.ts';
import { type Shaped, shapeCheck } from './shape.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the operation reads a body; any other body is thrown away unread. */
    takesBody?: boolean;
    /** Probes come every few seconds: their lines are for debugging only. */
    quiet?: boolean;
    /** What the operation is called in logs, metrics and traces. */
    operation?: string;
  }
}

/** A handler of any operation, once the table has been checked against the contract. */
export type AnyHandler = (
  services: HttpServices,
  call: Shaped & { caller: FastifyRequest['caller'] },
) => Promise<Success<unknown> | WrittenSuccess | StreamedSuccess>;

/**
 * Registers the route of an operation. Before its handler runs, in this order: the caller is let in (503, 401, 403), the
 * body is JSON and not too large (415, 413), and the shape is right (422).
 */
export function serveOperation(
  app: FastifyInstance,
  services: HttpServices,
  operation: Operation & { name: string },
  handler: AnyHandler,
): void {
  const check = shapeCheck(operation);
  const admit = admission(services, operation.access, app.callsInFlight);
  const { status } = operation.success;
  app.route({
    method: operation.method.toUpperCase(),
    url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: {
      operation: operation.name,
      takesBody: operation.body !== undefined,
      quiet: operation.tag === 'health',
    },
    onRequest: async (request) => {
      // An empty step in the path leads nowhere.
      if (Object.values(request.params as object).includes('')) throw nothingThere(request);
      await admit(request);
      if (operation.body) requireJsonType(request.headers);
      // The framework refuses what is no media type; of a body that nobody reads, the type does not matter.
      else delete request.headers['content-type'];
    },
    handler: async (request, reply) => {
      const { params, query, headers, caller } = request;
      const body = (request.body ?? NO_BODY) as JsonBody;
      const shaped = check({ params, query, headers, body });
      const success = await handler(services, { ...shaped, caller });
      reply.code(status);
      if ('text' in success) return reply.type('application/json; charset=utf-8').send(success.text);
      if ('lines' in success) return stream(reply, operation, success);
      return answer(reply, operation, shaped, success);
    },
  });
}

/** Nothing is read ahead of what the caller takes: one piece waits while another is on its way. */
function stream(
  reply: FastifyReply,
  { success: { mediaType } }: Operation,
  { lines }: StreamedSuccess,
): FastifyReply {
  return reply.type(`${mediaType}; charset=utf-8`).send(Readable.from(lines, { highWaterMark: 1 }));
}

function answer(
  reply: FastifyReply,
  { path, success: { schema } }: Operation,
  { query }: Shaped,
  { body, headers = {}, next = null }: Success<unknown>,
): FastifyReply {
  reply.headers(headers);
  if (next !== null) reply.header('link', nextPageLink(path, query as Record<string, unknown>, next));
  if (schema === null) return reply.send();
  return reply.type('application/json; charset=utf-8').send(body);
}
