import type { FastifyInstance, FastifyReply } from 'fastify';
import { signInPage } from '../pages/sign-in.ts';
import type { Register } from '../register/open.ts';
import { writeCookie } from './cookie.ts';
import { findPerson } from './people.ts';
import { closeSession, openSession } from './sessions.ts';
import { send, signedIn } from './visit.ts';

/**
 * In development people say who they are, and are believed. For real, `GET /sign-in` sends them to the identity provider, its
 * callback opens the session, and the access token is kept with it (tokens.ts); all the rest stays as it is.
 */
export function signIn(app: FastifyInstance, register: Register, origin: () => string): void {
  const secure = () => origin().startsWith('https:');

  app.get<{ Querystring: { to?: string } }>('/sign-in', async (request, reply) =>
    send(reply, { page: signInPage(ownAddress(request.query.to, origin())) }),
  );

  app.post('/sign-in', async (request, reply): Promise<FastifyReply> => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const to = ownAddress(form.get('to') ?? undefined, origin());
    const person = findPerson(form.get('person') ?? '');
    if (person === null) return send(reply, { status: 422, page: signInPage(to) });
    writeCookie(reply, openSession(register, person, new Date()), secure());
    return send(reply, { seeOther: to });
  });

  app.post('/sign-out', async (request, reply) => {
    writeCookie(reply, null, secure());
    return signedIn(register, ({ session }) => {
      closeSession(register, session);
      return { seeOther: '/sign-in' };
    })(request, reply);
  });
}

/** Where to go after signing in: a whole address, because a path such as `//elsewhere` is none of ours. */
function ownAddress(to: string | undefined, origin: string): string {
  const url = URL.canParse(to ?? '/', origin) ? new URL(to ?? '/', origin) : new URL(origin);
  return url.origin === origin ? url.href : origin;
}
