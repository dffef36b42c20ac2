import { type Answerer, BodyTaken } from './receive.ts';

type FastifyRequest = {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

type FastifyReply = {
  code(status: number): FastifyReply;
  header(name: string, value: string): FastifyReply;
  send(body: unknown): FastifyReply;
};

/** What is used of a Fastify app. */
type FastifyApp = {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    type: string,
    options: { parseAs: 'buffer' },
    parser: (request: never, body: Uint8Array, done: (error: null, body: unknown) => void) => void,
  ): unknown;
  post(
    url: string,
    options: { bodyLimit: number },
    handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  ): unknown;
};

/**
 * A plugin: what it does to parsers holds inside it alone, as long as nobody wraps it in `fastify-plugin`. To the compiler
 * it takes any object: the real app is typed by more generics than a structure could repeat.
 */
export function fastifyPlugin(answer: Answerer, maxBytes: number) {
  return async (instance: object, { url = '/' }: { url?: string } = {}): Promise<void> => {
    const app = instance as FastifyApp;
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    app.post(url, { bodyLimit: maxBytes }, async (request, reply) => {
      const answered = await answer(async () => ({ body: bytesOf(request.body), headers: request.headers }));
      if (answered.retryAfter !== undefined) reply.header('retry-after', String(answered.retryAfter));
      return reply.code(answered.status).send(answered.body);
    });
  };
}

function bytesOf(body: unknown): Uint8Array {
  // No body has no parser either.
  if (body === undefined || body === null) return new Uint8Array(0);
  if (body instanceof Uint8Array) return body;
  throw new BodyTaken(
    'The body was parsed before the receiver got it, and its signature covers the bytes as they came. Register the ' +
      'receiver as it is: app.register(receive.fastify, { url: "/approvals" }).',
  );
}
