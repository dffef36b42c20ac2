import { timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Html, textOf } from '../pages/html.ts';
import type { Register } from '../register/open.ts';
import { readCookie } from './cookie.ts';
import { findSession, type Session } from './sessions.ts';

/** Somebody who is signed in, looking at a page or sending a form. */
export type Visit = {
  session: Session;
  /** From the path. */
  param: (name: string) => string;
  /** From the form, without blanks at the ends; empty when it is not there. */
  field: (name: string) => string;
  query: URLSearchParams;
};

/** What a visit is answered: a page, or after a form the address of the page to look at. */
export type Answer = { status?: number; page: Html } | { seeOther: string };

/** Runs `answer` for those who are signed in; others are asked to. A form is only taken with the token that it was given. */
export function signedIn(register: Register, answer: (visit: Visit) => Answer | Promise<Answer>) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const session = findSession(register, readCookie(request) ?? '', new Date());
    if (session === null) {
      const back = request.method === 'GET' ? request.url : '/';
      return reply.redirect(`/sign-in?to=${encodeURIComponent(back)}`, 303);
    }
    const visit = visitOf(session, request);
    if (request.method === 'POST' && !same(visit.field('form_token'), session.formToken)) {
      return reply
        .code(403)
        .type('text/plain')
        .send('This form is not of this session: go back and load the page again.\n');
    }
    return send(reply, await answer(visit));
  };
}

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if ('seeOther' in answer) return reply.redirect(answer.seeOther, 303);
  return reply
    .code(answer.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(textOf(answer.page));
}

function visitOf(session: Session, request: FastifyRequest): Visit {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  const params = request.params as Record<string, string | undefined>;
  return {
    session,
    param: (name) => params[name] ?? '',
    field: (name) => form.get(name)?.trim() ?? '',
    query: new URLSearchParams(request.url.split('?')[1] ?? ''),
  };
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
