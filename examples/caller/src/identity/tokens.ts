import type { TokenSource } from '@awe/client';
import type { Person } from './people.ts';

/** Where tokens come from: the one place to change when people and services sign in for real. */
export type Tokens = {
  /**
   * The register's own. For real: the client credentials grant. Keep what it gives until shortly before it expires, and get
   * another when the client asks with `refresh: true`.
   */
  ofRegister: TokenSource;
  /** A person's, which AWE decides by. For real: the access token that their sign-in with OpenID Connect left in the session. */
  of: (person: Person) => TokenSource;
};

/**
 * Tokens that say who somebody is and prove nothing. Only a service in development believes them, and it then listens on
 * this machine alone.
 */
export const developmentTokens: Tokens = {
  ofRegister: unsigned('land-register'),
  of: (person) => unsigned(person.id),
};

function unsigned(subject: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: subject })}.`;
}
