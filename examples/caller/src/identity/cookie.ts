import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'register_session';

/** What the session cookie of a request holds. */
export function readCookie(request: FastifyRequest): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === NAME && value) return value;
  }
  return null;
}

/** Out of the reach of scripts, and not sent along with the forms of other sites. Null takes it away. */
export function writeCookie(reply: FastifyReply, value: string | null, secure: boolean): void {
  const rest = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  reply.header('set-cookie', value === null ? `${NAME}=; Max-Age=0; ${rest}` : `${NAME}=${value}; ${rest}`);
}
