import type { FastifyError, FastifyInstance } from 'fastify';

/** What cannot be answered is said in a line. Our own faults are told to the log, and not to whoever came. */
export function failures(app: FastifyInstance): void {
  app.setNotFoundHandler((_, reply) => {
    reply.code(404).type('text/plain').send('The register has no such page.\n');
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const { statusCode: status = 500 } = error;
    if (status >= 500) console.error(`${request.method} ${request.url}:`, error);
    const said =
      status < 500 ? error.message : 'Something went wrong here. Nothing was half done: try again.';
    reply.code(status).type('text/plain').send(`${said}\n`);
  });
}
