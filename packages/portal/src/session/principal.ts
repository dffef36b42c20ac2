/** Who is signed in, as the token says; the service judges by the same claims. */
export type Principal = {
  /** As tasks name this person. */
  id: string;
  name: string;
  email: string | null;
  isAdmin: boolean;
  /** Admins are viewers too. */
  isViewer: boolean;
};

/** Which claim holds the id that tasks carry. */
export type AssigneeClaim = 'sub' | 'preferred_username';

type Claims = Record<string, unknown>;

/** Reads a token without judging it; null when it is no JWT. */
export function principalOf(token: string, assigneeClaim: AssigneeClaim): Principal | null {
  const claims = claimsOf(token);
  if (claims === null) return null;
  const id = text(claims[assigneeClaim]) ?? text(claims.sub);
  if (id === null) return null;
  const roles = rolesOf(claims);
  const isAdmin = roles.has('AWE_ADMIN');
  return {
    id,
    name: text(claims.name) ?? text(claims.preferred_username) ?? id,
    email: text(claims.email),
    isAdmin,
    isViewer: isAdmin || roles.has('AWE_VIEWER'),
  };
}

function claimsOf(token: string): Claims | null {
  try {
    const encoded = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

function rolesOf({ realm_access, resource_access }: Claims): Set<string> {
  const lists = [realm_access, ...Object.values((resource_access as object | undefined) ?? {})];
  return new Set(lists.flatMap((each) => (each as { roles?: string[] } | undefined)?.roles ?? []));
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
