import type { Identity } from './identity.ts';

export type DevelopmentRole = 'AWE_ADMIN' | 'AWE_VIEWER' | 'none';
export type DevelopmentUser = { id: string; role: DevelopmentRole };

const CURRENT = 'awe.development.user';
const RECENT = 'awe.development.recent';
const KEPT = 6;

/** A token that nobody signed, which development identity believes. */
export function unsignedToken({ id, role }: DevelopmentUser): string {
  const roles = role === 'none' ? [] : [role];
  const claims = { sub: id, preferred_username: id, realm_access: { roles } };
  return `${encoded({ alg: 'none' })}.${encoded(claims)}.`;
}

/** Whoever was switched to in this tab. */
export function developmentUser(): DevelopmentUser | null {
  return parsed<DevelopmentUser>(sessionStorage.getItem(CURRENT)) ?? null;
}

/** Who was switched to lately, the last one first. */
export function recentUsers(): readonly DevelopmentUser[] {
  return parsed<DevelopmentUser[]>(localStorage.getItem(RECENT)) ?? [];
}

/** Remembers the user for this tab, and among the recent ones. */
export function keepDevelopmentUser(user: DevelopmentUser): void {
  sessionStorage.setItem(CURRENT, JSON.stringify(user));
  const others = recentUsers().filter(({ id, role }) => id !== user.id || role !== user.role);
  localStorage.setItem(RECENT, JSON.stringify([user, ...others].slice(0, KEPT)));
}

export function createDevelopmentIdentity(): Identity {
  const current = async () => {
    const user = developmentUser();
    return user && unsignedToken(user);
  };
  return {
    kind: 'development',
    resume: current,
    // These tokens never expire: whoever refuses one would refuse the next.
    renewSilently: async () => null,
    signIn: async () => undefined,
    signInBeside: async () => (await current()) ?? '',
    signOut: async () => sessionStorage.removeItem(CURRENT),
    onRenewed: () => undefined,
  };
}

function encoded(value: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function parsed<Value>(text: string | null): Value | null {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
