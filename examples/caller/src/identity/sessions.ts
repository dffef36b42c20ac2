import { createHash, randomBytes } from 'node:crypto';
import type { Register } from '../register/open.ts';
import { findPerson, type Person } from './people.ts';

/** Somebody who is signed in. `formToken` is in every form that they are given, and in no cookie. */
export type Session = { hash: string; person: Person; formToken: string };

const HOURS = 12;

/** Signs `person` in; answers what the cookie is to hold, which is kept nowhere. */
export function openSession(register: Register, person: Person, now: Date): string {
  const secret = randomBytes(32).toString('base64url');
  const expires = new Date(now.getTime() + HOURS * 3_600_000).toISOString();
  register.prepare('delete from session where expires_at <= ?').run(now.toISOString());
  register
    .prepare('insert into session (hash, person, form_token, expires_at) values (?, ?, ?, ?)')
    .run(hashOf(secret), person.id, randomBytes(32).toString('base64url'), expires);
  return secret;
}

/** Who the cookie belongs to; null when it is none of ours, or too old. */
export function findSession(register: Register, secret: string, now: Date): Session | null {
  const row = register
    .prepare('select hash, person, form_token from session where hash = ? and expires_at > ?')
    .get(hashOf(secret), now.toISOString());
  const person = row && findPerson(String(row.person));
  return person ? { hash: String(row.hash), person, formToken: String(row.form_token) } : null;
}

export function closeSession(register: Register, session: Session): void {
  register.prepare('delete from session where hash = ?').run(session.hash);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
