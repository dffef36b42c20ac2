import { SLA_MONITOR } from '@awe/engine/approval';
import { unauthenticated } from './failure.ts';

/** Who is calling. `subject` is the id that tasks carry: the claim that `auth.assignee_claim` names. */
export type Principal = {
  subject: string;
  sub: string;
  email: string | null;
  roles: ReadonlySet<string>;
  isAdmin: boolean;
  /** Admins are viewers too. */
  isViewer: boolean;
};

export type Claims = Record<string, unknown>;

const MAX_ID_LENGTH = 255;

/**
 * What a believed token says about its bearer.
 * @throws IdentityFailure `unauthenticated` when an id is missing or could not be stored
 */
export function principalFrom(claims: Claims, assigneeClaim: 'sub' | 'preferred_username'): Principal {
  const sub = idClaim(claims, 'sub');
  const roles = rolesOf(claims);
  const isAdmin = roles.has('AWE_ADMIN');
  return {
    subject: assigneeClaim === 'sub' ? sub : idClaim(claims, assigneeClaim),
    sub,
    email: typeof claims.email === 'string' && isStorable(claims.email) ? claims.email : null,
    roles,
    isAdmin,
    isViewer: isAdmin || roles.has('AWE_VIEWER'),
  };
}

function idClaim(claims: Claims, name: string): string {
  const id = claims[name];
  if (id === undefined || id === null)
    throw unauthenticated(`the token has no "${name}" claim, which names its bearer`);
  if (typeof id !== 'string') throw unauthenticated(`the token's "${name}" claim is not a string`);
  if (id.trim() === '') throw unauthenticated(`the token's "${name}" claim is blank`);
  if (id === SLA_MONITOR)
    throw unauthenticated(`the token's "${name}" claim is "${SLA_MONITOR}", which is the service's own name`);
  if (!isStorable(id)) {
    throw unauthenticated(
      `the token's "${name}" claim is longer than ${MAX_ID_LENGTH} characters, or holds NUL or half a surrogate pair`,
    );
  }
  return id;
}

function isStorable(text: string): boolean {
  return text.length <= MAX_ID_LENGTH && text.isWellFormed() && !text.includes('\0');
}

/** `realm_access.roles` and every `resource_access.*.roles`; whatever has another shape grants nothing. */
function rolesOf(claims: Claims): Set<string> {
  const holders = [
    claims.realm_access,
    ...(isObject(claims.resource_access) ? Object.values(claims.resource_access) : []),
  ];
  const lists = holders.map((holder) => (isObject(holder) ? holder.roles : null));
  return new Set(
    lists.flatMap((list) => (Array.isArray(list) ? list.filter((role) => typeof role === 'string') : [])),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
