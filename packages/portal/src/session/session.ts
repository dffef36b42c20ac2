import { useSyncExternalStore } from 'react';
import type { Identity } from './identity.ts';
import { type AssigneeClaim, type Principal, principalOf } from './principal.ts';

/**
 * starting: nothing is known yet. out: nobody is signed in. in: somebody is. ended: the service refuses the token of
 * `principal`, who can sign in again while the page stays as it is.
 */
export type SessionState =
  | { kind: 'starting' }
  | { kind: 'out'; identity: Identity }
  | { kind: 'in' | 'ended'; identity: Identity; principal: Principal };

let state: SessionState = { kind: 'starting' };
let bearer: string | null = null;
let assigneeClaim: AssigneeClaim = 'sub';
let waiting: ((token: string | null) => void)[] = [];
let renewing: Promise<string | null> | null = null;
const listeners = new Set<() => void>();

/** The session as a component sees it. */
export function useSession(): SessionState {
  return useSyncExternalStore(listen, () => state);
}

/** Who is signed in. Only below the shell, which is not there otherwise. */
export function usePrincipal(): Principal {
  const session = useSession();
  if (session.kind === 'starting' || session.kind === 'out') throw new Error('nobody is signed in');
  return session.principal;
}

/** The bearer token of whoever is signed in. */
export function token(): string | null {
  return bearer;
}

/** Resumes what was left by this tab's last page. */
export async function startSession(identity: Identity, claim: AssigneeClaim): Promise<void> {
  assigneeClaim = claim;
  identity.onRenewed((fresh) => admit(identity, fresh));
  admit(identity, await identity.resume());
}

/** From now on with this token; null: nobody is signed in. Calls that waited for it go on. */
export function admit(identity: Identity, fresh: string | null): void {
  const principal = fresh === null ? null : principalOf(fresh, assigneeClaim);
  bearer = principal === null ? null : fresh;
  change(principal === null ? { kind: 'out', identity } : { kind: 'in', identity, principal });
  const released = waiting;
  waiting = [];
  for (const resolve of released) resolve(bearer);
}

/**
 * The service has refused `refused`: a token that it may take instead, renewed silently or by the person, who is asked to
 * sign in again. Null: nobody is signed in any more.
 */
export function renewToken(refused: string | null): Promise<string | null> {
  if (refused !== bearer || state.kind === 'starting' || state.kind === 'out') return Promise.resolve(bearer);
  renewing ??= renewOnce(state.identity).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewOnce(identity: Identity): Promise<string | null> {
  const silent = await identity.renewSilently();
  if (silent !== null) {
    admit(identity, silent);
    return bearer;
  }
  if (state.kind === 'in') change({ ...state, kind: 'ended' });
  return new Promise((resolve) => waiting.push(resolve));
}

export async function signOut(): Promise<void> {
  if (state.kind === 'starting' || state.kind === 'out') return;
  const { identity } = state;
  await identity.signOut();
  admit(identity, null);
}

function change(to: SessionState): void {
  state = to;
  for (const heard of listeners) heard();
}

function listen(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}
